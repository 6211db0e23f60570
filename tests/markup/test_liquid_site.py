"""Jekyll's own lists: texts that loop over the posts, tags and pages of the site."""

from __future__ import annotations

from lxml import html as parser

POST = '---\ntitle: "{0}"\ntags: [all, t{0}]\n---\nText *{0}*.\n'
SITE = {
    "_config.yml": "title: Site\npaginate: 2\nurl: https://a.example\nbaseurl: /b\n",
    **{f"_posts/2015-01-0{number}-p.md": POST.format(number) for number in (1, 2, 3)},
}
LOOP = "{% for post in site.posts %}\n* [{{ post.title }}]({{ post.url }}) {{ post.date | date: '%Y' }}\n{% endfor %}\n"


def links(html: str) -> list[tuple[str, str]]:
    """Return the text and the address of the links in a page's own text."""
    found = parser.document_fromstring(html).xpath("//main//div[contains(@class, 'prose')]//a")
    return [(one.text_content(), one.get("href")) for one in found]


def of(*numbers: int) -> list[tuple[str, str]]:
    return [(f"{number}", f"/b/2015/01/0{number}/p.html") for number in numbers]


def test_a_page_lists_all_posts(made):
    made.write(SITE | {"all.md": f"---\ntitle: All\n---\n{LOOP}"})
    page = made.body("/b/all.html")
    assert links(page) == of(3, 2, 1)
    assert "2015" in page
    assert made.run("check").exit_code == 0
    assert links(made.freeze()["all.html"].decode()) == of(3, 2, 1)


def test_a_front_page_lists_the_first_posts_with_their_beginnings_and_leads_to_ours(made):
    text = (
        "---\nlayout: default\n---\n{% for post in paginator.posts %}\n<a href='{{ site.baseurl }}{{ post.url }}'>"
        "{{ post.title }}</a>{{ post.excerpt }}{% endfor %}\n"
        "{% if paginator.next_page %}<a href='{{ paginator.next_page_path }}'>Older</a>{% endif %}\n"
    )
    made.write(SITE | {"index.html": text})
    page = made.body("/b/")
    assert links(page) == [*of(3, 2), ("Older", "/b/page/2/")]
    assert "<em>3</em>" in page
    assert made.body("/b/page/2/")
    assert parser.document_fromstring(page).xpath("//h1/text()") == ["Site"]


def test_a_page_lists_tags_with_their_posts_and_all_pages(made):
    text = (
        "{% for tag in site.tags %}{{ tag[0] }}:{{ tag[1].size }}; {% endfor %}\n\n"
        "{% for page in site.pages %}[{{ page.title }}]({{ page.url }}){% endfor %}\n"
    )
    made.write(SITE | {"tags.md": f"---\ntitle: Tags\n---\n{text}"})
    page = made.body("/b/tags.html")
    assert all(one in page for one in ("all:3;", "t1:1;", "t2:1;", "t3:1;"))
    assert links(page) == [("Tags", "/b/tags.html")]


def test_a_list_is_made_anew_when_a_post_comes(made):
    made.write(SITE | {"all.md": f"---\ntitle: All\n---\n{LOOP}"})
    made.body("/b/all.html")
    made.write({"_posts/2015-01-04-p.md": POST.format(4)})
    assert links(made.body("/b/all.html")) == of(4, 3, 2, 1)


def test_a_post_may_list_posts_itself_among_them(made):
    text = f'---\ntitle: "4"\n---\n{LOOP}{{% for post in site.posts %}}{{{{ post.content }}}}{{% endfor %}}\n'
    made.write(SITE | {"_posts/2015-01-04-p.md": text})
    assert links(made.body("/b/2015/01/04/p.html")) == of(4, 3, 2, 1)


def test_a_line_of_liquid_is_no_title(made):
    made.write(SITE | {"all.md": f"---\n---\n{LOOP}"})
    assert parser.document_fromstring(made.body("/b/all.html")).xpath("//h1/text()") == ["All"]
