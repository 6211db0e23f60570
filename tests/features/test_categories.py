"""Categories: all of them, and each; where there are any."""

from __future__ import annotations

from lxml import html as parser

POSTS = {
    "posts/a.md": "---\ntitle: A\ndate: 2020-01-01\ncategories: [Far away, C#]\n---\n\nText.\n",
    "posts/b.md": "---\ntitle: B\ndate: 2020-01-02\ncategory: far away\ntags: [far away]\n---\n\nText.\n",
    "posts/c.md": "---\ntitle: C\ndate: 2020-01-03\ncategories: [Far away]\n---\n\nText.\n",
    "pages/p.md": "---\ntitle: P\ncategories: Far away\n---\n\nText.\n",
    "posts/d.md": "---\ntitle: D\ncategories: [hidden]\ndraft: true\n---\n\nText.\n",
}


def test_all_categories_are_listed_with_counts(made):
    made.write(POSTS)
    links = parser.document_fromstring(made.body("/categories/")).xpath("//main//li/a")
    assert {link.get("href"): " ".join(link.text_content().split()) for link in links} == {
        "/categories/c-sharp/": "C# 1 post",
        "/categories/far-away/": "Far away 4 posts",
    }


def test_a_category_lists_what_it_holds_newest_first(made):
    made.write(POSTS)
    page = parser.document_fromstring(made.body("/categories/far-away/"))
    assert page.xpath("//main//li//a/text()") == ["C", "B", "A", "P"]


def test_a_post_leads_to_its_categories_and_a_name_that_is_a_tag_too_comes_once(made):
    made.write(POSTS)
    page = parser.document_fromstring(made.body("/posts/a/"))
    assert page.xpath("//*[@class='p-category']/@href") == ["/categories/far-away/", "/categories/c-sharp/"]
    page = parser.document_fromstring(made.body("/posts/b/"))
    assert page.xpath("//*[@class='p-category']/@href") == ["/tags/far-away/"]


def test_without_any_there_is_no_page_of_them(made):
    made.write({"posts/a.md": "# A\n"})
    client = made.app().test_client()
    assert [client.get(url).status_code for url in ("/categories/", "/categories/hidden/")] == [404, 404]
    assert not [name for name in made.freeze() if name.startswith("categories")]


def test_another_spelling_leads_to_the_category(made):
    made.write(POSTS)
    client = made.app().test_client()
    assert client.get("/categories/Far%20Away/").headers["Location"] == "/categories/far-away/"


def test_all_of_them_are_frozen(made):
    made.write(POSTS)
    assert {
        "categories/index.html",
        "categories/far-away/index.html",
        "categories/c-sharp/index.html",
    } <= made.freeze().keys()
