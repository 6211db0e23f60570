"""Tags: all of them, and each."""

from __future__ import annotations

from lxml import html as parser

POSTS = {
    "posts/a.md": "---\ntitle: A\ndate: 2020-01-01\ntags: [New York, C#]\n---\n\nText.\n",
    "posts/b.md": "---\ntitle: B\ndate: 2020-01-02\ntags: [new york, größe]\n---\n\nText.\n",
    "posts/c.md": "---\ntitle: C\ndate: 2020-01-03\ntags: [New York]\n---\n\nText.\n",
    "pages/p.md": "---\ntitle: P\ntags: [New York]\n---\n\nText.\n",
}


def test_all_tags_are_listed_with_counts(made):
    made.write(POSTS)
    page = parser.document_fromstring(made.body("/tags/"))
    links = {link.get("href"): " ".join(link.text_content().split()) for link in page.xpath("//main//li/a")}
    assert links == {
        "/tags/c-sharp/": "C# 1 post",
        "/tags/gr%C3%B6%C3%9Fe/": "größe 1 post",
        "/tags/new-york/": "New York 4 posts",
    }


def test_a_tag_lists_what_has_it_newest_first(made):
    made.write(POSTS)
    page = parser.document_fromstring(made.body("/tags/new-york/"))
    assert page.xpath("//main//li//a/text()") == ["C", "B", "A", "P"]
    assert " ".join(page.xpath("//h1")[0].text_content().split()) == "Tagged New York"


def test_another_spelling_leads_to_the_tag(made):
    made.write(POSTS)
    client = made.app().test_client()
    for spelling in ("New%20York", "NEW-YORK", "new%20york"):
        response = client.get(f"/tags/{spelling}/")
        assert (response.status_code, response.headers["Location"]) == (301, "/tags/new-york/")
    assert client.get("/tags/Gr%C3%B6%C3%9Fe/").headers["Location"] == "/tags/gr%C3%B6%C3%9Fe/"


def test_a_tag_that_nothing_has_is_not_found(made):
    made.write(POSTS)
    client = made.app().test_client()
    assert [client.get(f"/tags/{tag}/").status_code for tag in ("none", "c", "%F0%9F%8E%89")] == [404, 404, 404]


def test_a_tag_named_like_the_engine_s_own_files_is_a_tag(made):
    made.write({"posts/a.md": "---\ntitle: A\ntags: [feed.xml, index.html, page, tags, ..]\n---\n\nText.\n"})
    tree, client = made.freeze(), made.app().test_client()
    for link in parser.document_fromstring(tree["tags/index.html"]).xpath("//main//li/a/@href"):
        assert client.get(link).status_code == 200, link
        assert f"{link[1:]}index.html" in tree, link


def test_a_post_links_to_its_tags_whatever_their_spelling(made):
    made.write(POSTS)
    page = parser.document_fromstring(made.body("/posts/b/"))
    client = made.app().test_client()
    for link in page.xpath("//a[@rel='tag']/@href"):
        assert client.get(link).status_code == 200


def test_a_site_without_tags_says_so(made):
    assert "There are no tags yet." in made.body("/tags/")


def test_every_tag_page_names_its_feeds(made):
    made.write(POSTS)
    page = parser.document_fromstring(made.body("/tags/new-york/"))
    feeds = page.xpath("//link[@rel='alternate']/@href")
    names = ("feed.xml", "atom.xml", "feed.json")
    assert feeds[-3:] == [f"http://127.0.0.1:8000/tags/new-york/{name}" for name in names]
    assert len(feeds) == 6
