"""What settings and front matter choose of the look: the accent, the font."""

from __future__ import annotations

import re

import pytest

POSTS = {
    "posts/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\n\nText.\n",
    "posts/b.md": "---\ntitle: B\ndate: 2026-01-02\naccent: purple\n---\n\nText.\n\n"
    "```python\nx = 1\n```\n\n<!--more-->\n\nMore.\n",
}
SHEET = re.compile(r'<link rel="stylesheet" href="([^"]*/static/accent\.\w+\.css)" integrity="(sha384-[^"]+)">')


def test_by_itself_a_page_names_no_accent(made):
    made.write(POSTS)
    page = made.body("/posts/a/")
    assert '<html lang="en">' in page
    assert "accent" not in page


def test_an_accent_with_a_name_is_a_class_of_every_page(made):
    made.write(POSTS)
    made.settings(accent="blue")
    for url in ("/", "/posts/a/", "/tags/", "/404.html"):
        assert '<html lang="en" class="accent-blue">' in made.body(url), url


def test_a_post_may_have_another(made):
    made.write(POSTS)
    made.settings(accent="#7a3b12")
    page = made.body("/posts/b/")
    assert '<html lang="en" class="accent-purple">' in page
    assert not SHEET.search(page), "which would win over the class"
    assert SHEET.search(made.body("/posts/a/"))


def test_a_colour_of_one_s_own_is_a_style_sheet(made):
    made.write(POSTS)
    made.settings(accent="#C2410C", url="https://example.org/blog/")
    path, _ = SHEET.search(made.body("/blog/")).groups()
    response = made.app().test_client().get(path)
    assert path.startswith("/blog/static/")
    assert re.fullmatch(
        r"@layer theme \{ :root \{ --accent: light-dark\(#c2410c, #\w{6}\); \} \}\n", response.get_data(as_text=True)
    )
    assert response.mimetype == "text/css"
    assert "immutable" in response.headers["Cache-Control"]


def test_it_is_frozen_too(made):
    made.write(POSTS)
    made.settings(accent="#c2410c")
    tree = made.freeze()
    path, _ = SHEET.search(tree["index.html"].decode()).groups()
    assert tree[path.lstrip("/")].startswith(b"@layer theme")


@pytest.mark.parametrize("given", ["#12345", "nice", "var(--red)", "#7a3b12}", ""])
def test_what_is_no_colour_is_refused(made, given):
    made.settings(accent=given)
    with pytest.raises(Exception, match=r"pyproject.toml:2: accent must be one of blue, brown"):
        made.app()


def test_a_post_s_accent_is_one_of_the_theme_s(made):
    made.write(POSTS | {"posts/c.md": "---\ntitle: C\naccent: '#123456'\n---\n\nText.\n"})
    assert '<html lang="en">' in made.body("/posts/c/")
    assert "posts/c.md:3: the theme has no colour #123456" in made.run("check").output


def test_the_theme_s_font_comes_only_where_it_is_chosen(made):
    made.write(POSTS)
    tree = made.freeze()
    assert not [name for name in tree if name.startswith("static/serif/")]
    assert made.app().test_client().get("/static/serif/serif.css").status_code == 404
    assert b"serif.css" not in tree["index.html"]


def test_the_theme_s_font_is_a_style_sheet_fonts_and_their_licence(made):
    made.write(POSTS)
    made.settings(font="serif")
    tree = made.freeze()
    found = {name.removeprefix("static/serif/") for name in tree if name.startswith("static/serif/")}
    css = tree["static/serif/serif.css"].decode()
    assert set(re.findall(r'url\("([^"]+)"\)', css)) < found
    assert "LICENSE.txt" in found
    assert all(tree[f"static/serif/{name}"][:4] == b"wOF2" for name in found if name.endswith(".woff2"))
    assert b'href="/static/serif/serif.' in tree["posts/a/index.html"]
    response = made.app().test_client().get("/static/serif/latin.woff2", buffered=True)
    assert "immutable" in response.headers["Cache-Control"], "else it would come later than the text on every page"


def test_a_site_may_have_a_folder_of_the_same_name(made):
    made.write(POSTS | {"static/serif/own.txt": "mine"})
    assert made.freeze()["static/serif/own.txt"] == b"mine"


def test_the_script_for_code_comes_only_with_code(made):
    made.write(POSTS)
    assert "/static/copy." not in made.body("/posts/a/")
    assert "/static/copy." in made.body("/posts/b/")
    assert "/static/copy." in made.body("/"), "whose list shows the beginning of that post"


def test_scripts_wait_and_are_named_by_what_is_in_them(made):
    made.write(POSTS)
    scripts = re.findall(r"<script src=[^>]*>", made.body("/posts/b/"))
    assert len(scripts) == 2
    for script in scripts:
        assert re.search(r'src="/static/\w+\.[0-9a-f]{10}\.js" integrity="sha384-[^"]+" defer\b', script)
