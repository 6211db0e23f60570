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
