"""Pages: whatever isn't a post."""

from __future__ import annotations

import re
from urllib.parse import unquote

import jinja2
import pytest
from lxml import html as parser


def test_a_page_shows_its_title_once_and_its_text(made):
    made.write({"pages/about.md": "# About *me*\n\nWords.\n"})
    page = parser.document_fromstring(made.body("/about/"))
    assert page.xpath("//h1/text()") == ["About me"]
    assert page.xpath("//main//p/text()") == ["Words."]
    assert page.findtext(".//title") == "About me · Blog"


@pytest.mark.parametrize(
    ("file", "url"),
    [
        ("pages/about.md", "/about/"),
        ("pages/About Me.md", "/about-me/"),
        ("pages/about/index.md", "/about/"),
        ("pages/a/b/c.txt", "/a/b/c/"),
        ("pages/a/b/index.html", "/a/b/"),
        ("pages/größe.markdown", "/gr%C3%B6%C3%9Fe/"),
        ("content/about.md", "/about/"),
        ("about.md", "/about/"),
    ],
)
def test_a_page_s_address_is_its_path(made, file, url):
    made.write({file: "<p>Words.</p>\n"})
    assert "<p>Words.</p>" in made.body(url)
    assert f"{unquote(url)[1:]}index.html" in made.freeze()


def test_a_slug_or_url_moves_a_page(made):
    made.write(
        {
            "pages/a/b.md": "---\ntitle: B\nslug: bee\n---\n\nText.\n",
            "pages/c.md": "---\ntitle: C\nurl: /see/me.html\n---\n\nText.\n",
        }
    )
    assert made.body("/a/bee/")
    assert made.body("/see/me.html")
    assert {"a/bee/index.html", "see/me.html"} <= made.freeze().keys()


def test_a_layout_picks_a_template(made):
    made.write(
        {
            "pages/a.md": "---\ntitle: A\nlayout: wide\n---\n\nText.\n",
            "pages/index.md": "---\ntitle: Home\nlayout: home\n---\n\nText.\n",
            "posts/p.md": "# A post\n",
            "templates/layouts/wide.html": "wide: {{ page.title }} {{ html }}",
        }
    )
    assert made.body("/a/") == "wide: A <p>Text.</p>\n"
    home = made.body("/")
    assert "Recent posts" in home
    assert '"/posts/p/"' in home


def test_a_layout_that_is_not_there_gives_the_plain_page_and_a_problem(made):
    made.write({"pages/a.md": "---\ntitle: A\nlayout: ../../secret\n---\n\nText.\n"})
    assert "<h1>A</h1>" in made.body("/a/")
    result = made.run("check")
    assert result.exit_code == 1
    assert result.output.startswith("pages/a.md:3: there is no templates/layouts/../../secret.html")


def test_the_front_page_s_title_is_the_title_of_the_window(made):
    made.write({"pages/index.md": "# Welcome\n\nText.\n"})
    assert parser.document_fromstring(made.body("/")).findtext(".//title") == "Welcome"


def test_a_page_is_marked_as_current_in_the_menu_on_itself_only(made):
    made.write({f"pages/{name}.md": f"---\ntitle: {name}\nmenu: main\n---\n\nText.\n" for name in ("A", "B")})
    page = parser.document_fromstring(made.body("/a/"))
    assert page.xpath("//nav//a[@aria-current='page']/text()") == ["A"]


WHOLE = "<!DOCTYPE html>\n<html><head><title>Mine</title></head><body>By hand</body></html>\n"


@pytest.mark.parametrize(
    ("file", "url", "frozen"),
    [
        ("pages/sub/page.html", "/sub/page.html", "sub/page.html"),
        ("posts/x.html", "/posts/x.html", "posts/x.html"),
        ("pages/old/index.html", "/old/", "old/index.html"),
        ("pages/index.html", "/", "index.html"),
    ],
)
def test_a_whole_html_page_is_published_as_it_is_where_a_host_would_show_it(made, file, url, frozen):
    made.write({file: WHOLE, "posts/a.md": "# A\n"})
    response = made.app().test_client().get(url, buffered=True)
    assert (response.status_code, response.mimetype, response.get_data(as_text=True)) == (200, "text/html", WHOLE)
    assert made.freeze()[frozen].decode() == WHOLE


def test_template_code_in_a_text_is_text(made):
    made.write({"pages/a.md": "---\ntitle: '{{ 7*7 }}'\n---\n\n{{ 7*7 }} {% include 'x' %} {# gone? #}\n"})
    page = made.body("/a/")
    assert "49" not in page
    assert "{{ 7*7 }} {% include 'x' %} {# gone? #}" in parser.document_fromstring(page).text_content()


def test_a_layout_with_a_mistake_says_where(made):
    made.write(
        {"pages/a.md": "---\ntitle: A\nlayout: broken\n---\n\nText.\n", "templates/layouts/broken.html": "{% if %}"}
    )
    with pytest.raises(jinja2.TemplateSyntaxError):
        made.app().test_client().get("/a/")


def test_no_heading_has_the_id_of_an_element_of_the_theme(made):
    made.write({"pages/x.md": "# X\n\n## Main\n\n## Top\n\n## Y {#theme:main}\n\n## Z {#main}\n"})
    ids = re.findall(r' id="([^"]*)"', made.body("/x/"))
    assert sorted(ids) == sorted(set(ids))
    assert ids.count("theme:main") == 1
    assert 'href="#theme:main"' in made.body("/x/")


ZOLA = {
    "config.toml": 'base_url = "https://a.example"\ntitle = "Site"\ndefault_language = "en"\n[languages.fr]\n',
    "content/_index.md": "Welcome.\n",
    "content/blog/_index.md": '+++\ntitle = "Blog"\n+++\nIntro.\n',
    "content/blog/one.md": '+++\ntitle = "One"\ndate = 2020-01-01\n+++\nFirst.\n',
    "content/blog/deep/two.md": '+++\ntitle = "Two"\ndate = 2020-01-02\n+++\nSecond.\n',
    "content/blog/un.fr.md": '+++\ntitle = "Un"\ndate = 2020-01-03\n+++\nPremier.\n',
    "content/else/three.md": '+++\ntitle = "Three"\ndate = 2020-01-04\n+++\nThird.\n',
    "content/docs/_index.md": '+++\ntitle = "Docs"\n+++\n',
    "content/docs/b.md": '+++\ntitle = "Bee"\n+++\n',
    "content/docs/a/index.md": '+++\ntitle = "Ay"\n+++\n',
    "content/docs/a/more.md": '+++\ntitle = "More"\n+++\n',
}


def titles(html: str) -> list[str]:
    return parser.document_fromstring(html).xpath("//section[contains(@class, 'listed')]//h2/a/text()")


def test_a_section_s_page_has_its_text_and_what_lies_below_it(made):
    made.write(ZOLA)
    page = made.body("/blog/")
    assert "<p>Intro.</p>" in page
    assert "<p>Second.</p>" in page
    assert titles(page) == ["Two", "One"]
    assert titles(made.body("/")) == ["Three", "Two", "One"]
    assert made.freeze()["blog/index.html"].decode() == page.replace("http://127.0.0.1:8000", "")


def test_a_section_without_posts_lists_its_pages(made):
    made.write(ZOLA)
    page = parser.document_fromstring(made.body("/docs/"))
    assert page.xpath("//ul[@class='rows']//a/text()") == ["Ay", "Bee"]


def test_a_long_section_s_list_ends_and_leads_to_the_archive(made):
    made.write(ZOLA)
    made.settings(posts_per_page=1)
    page = made.body("/blog/")
    assert titles(page) == ["Two"]
    assert '<p class="more"><a href="/archive/">' in page
    assert "/archive/" not in made.body("/docs/").partition("</main>")[0]


def test_a_section_s_page_is_made_anew_when_something_comes_below_it(made):
    made.write(ZOLA)
    client = made.app().test_client()
    before = client.get("/blog/").text
    made.write({"content/else/four.md": '+++\ntitle = "Four"\ndate = 2020-01-05\n+++\nFourth.\n'})
    assert made.body("/blog/") == before
    made.write({"content/blog/five.md": '+++\ntitle = "Five"\ndate = 2020-01-05\n+++\nFifth.\n'})
    assert titles(made.body("/blog/")) == ["Five", "Two", "One"]


def test_a_section_s_page_of_another_engine_has_no_list(made):
    made.write({"pages/a/_index.md": "# A\n", "pages/a/b.md": "# B\n", "posts/p.md": "# P\n"})
    assert "listed" not in made.body("/a/")


@pytest.mark.parametrize(
    "files",
    [
        {
            "_config.yml": "title: Site\n",
            "index.html": "---\nlayout: blog\n---\n",
            "_posts/2015-01-02-a.md": "---\n---\nA\n",
        },
        {"pages/index.md": "---\ntitle: Welcome\n---\n", "posts/a.md": "# A\n\nText.\n"},
    ],
)
def test_a_front_page_without_a_text_lists_the_posts(made, files):
    made.write(files)
    assert titles(made.body("/")) == ["A"]


def test_all_pages_of_a_section_are_listed(made):
    made.write(ZOLA | {f"content/docs/p{number:02}.md": f'+++\ntitle = "P{number}"\n+++\n' for number in range(30)})
    page = parser.document_fromstring(made.body("/docs/"))
    assert len(page.xpath("//ul[@class='rows']//a")) == 32


HEXO = {
    "_config.yml": "title: Site\npost_asset_folder: true\n",
    "package.json": '{"dependencies": {"hexo": "8"}}',
    "source/_posts/a.md": "---\ntitle: A\ndate: 2015-01-02 03:04:05\ntags: [tea]\ncategories: [walks]\n---\nText.\n",
}


@pytest.mark.parametrize(
    ("kind", "shown"), [("tags", "/tags/tea/"), ("categories", "/categories/walks/"), ("archives", "/2015/01/02/a/")]
)
@pytest.mark.parametrize("folder", ["own", "tags", "archives"])
def test_a_page_of_a_type_of_hexo_s_is_our_list_at_its_address(made, kind, shown, folder):
    made.write(HEXO | {f"source/{folder}/index.md": f"---\ntitle: Alles\ntype: {kind}\n---\nHere.\n"})
    page = parser.document_fromstring(made.body(f"/{folder}/"))
    assert page.xpath("//h1/text()") == ["Alles"]
    assert shown in page.xpath("//main//a/@href")
    assert page.xpath("//main//p/text()")[0] == "Here."
    assert made.run("check").exit_code == 0


def test_the_page_of_hugo_s_tags_lists_them(made):
    post = "---\ntitle: A\ndate: 2020-01-02\ntags: [tea]\n---\nText.\n"
    files = {"hugo.toml": "title = 'Site'\n", "content/posts/a.md": post}
    made.write(files | {"content/tags/_index.md": "---\ntitle: On what\n---\nHere.\n"})
    page = parser.document_fromstring(made.body("/tags/"))
    assert page.xpath("//h1/text()") == ["On what"]
    assert "/tags/tea/" in page.xpath("//main//a/@href")


def test_a_layout_of_the_theme_wins_over_our_list(made):
    page = "---\ntitle: A\nlayout: tags\n---\nText.\n"
    made.write({"pages/a.md": page, "templates/layouts/tags.html": "own {{ html }}"})
    assert made.body("/a/") == "own <p>Text.</p>\n"


@pytest.mark.parametrize("name", ["index.md", "index.html"])
def test_a_front_page_without_a_title_has_that_of_the_site(made, name):
    made.settings(title="The Site")
    made.write({f"pages/{name}": "<p>Text.</p>\n"})
    assert parser.document_fromstring(made.body("/")).xpath("//h1/text()") == ["The Site"]
