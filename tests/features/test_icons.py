"""Icon and manifest: a letter unless the site has a picture, named on every page."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as parser

from blog import colors
from blog.features.icons import initial

SVG = "{http://www.w3.org/2000/svg}"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000b4000000b40802000000")  # 180 x 180, as far as its header


def links(made, url: str = "/404.html") -> dict[str, str]:
    """Return addresses by what they are to a page."""
    head = parser.document_fromstring(made.body(url)).find("head")
    return {link.get("rel"): link.get("href") for link in head.iter("link") if link.get("rel") != "alternate"}


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("notes", "N"),
        ("  “Tea & cups”", "T"),
        ("日々の記録", "日"),
        ("हिन्दी", "हि"),
        ("e\u0301tude", "É"),
        ("q\u0307\u0323", "Q\u0323\u0307"),
        ("ßüß", "ß"),
        ("مدونة", "م"),
        ("7 things", "7"),
        ("<&>", "<"),
        ("🌿", "🌿"),
    ],
)
def test_the_letter_is_the_first_of_the_title(made, title, letter):
    made.settings(title=title)
    assert etree.fromstring(made.body("/favicon.svg").encode()).findtext(f"{SVG}text") == letter


@given(st.text().filter(lambda title: title.strip()))
def test_every_title_has_a_letter(title):
    sign = initial(title)
    assert len(sign) >= 1
    assert sum(unicodedata.category(one)[0] != "M" for one in sign) <= 1


@pytest.mark.parametrize("accent", ["purple", "#123456"])
def test_the_letter_stands_on_the_accent_and_can_be_read_on_it(made, accent):
    made.settings(accent=accent)
    light, dark = colors.pair(accent)
    drawn = made.body("/favicon.svg")
    assert f"rect{{fill:{light}}}" in drawn
    assert f"rect{{fill:{dark}}}" in drawn
    assert colors.contrast(light, colors.PAPER.light) > 4.5
    assert colors.contrast(dark, colors.PAPER.dark) > 4.5


def test_every_page_names_icon_and_manifest(made):
    made.write({"posts/a.md": "# A\n"})
    made.settings(url="https://example.org/blog/")
    for url in ("/blog/", "/blog/posts/a/", "/blog/404.html"):
        found = links(made, url)
        assert (found["icon"], found["manifest"]) == ("/blog/favicon.svg", "/blog/manifest.json")
        assert "apple-touch-icon" not in found


def test_a_picture_of_the_site_takes_the_place_of_the_letter(made):
    made.write({"pages/favicon.svg": "<svg/>"})
    assert made.body("/favicon.svg") == "<svg/>"
    assert made.freeze()["favicon.svg"] == b"<svg/>"


@pytest.mark.parametrize(
    ("icon", "kind"),
    [("/static/icon.svg", "image/svg+xml"), ("/icon.png", "image/png"), ("https://x.example/i.ico", None)],
)
def test_the_setting_names_any_other_picture(made, icon, kind):
    made.settings(icon=icon)
    assert links(made)["icon"] == icon
    (link,) = parser.document_fromstring(made.body("/")).xpath("//link[@rel='icon']")
    assert link.get("type") == kind
    made.body("/favicon.svg", 404)
    assert "favicon.svg" not in made.freeze()


@pytest.mark.parametrize("icon", ["icon.svg", "//evil.example/i.svg", "javascript:1", "/a b.svg", '/a".svg', "/a?b"])
def test_what_is_no_address_is_refused(made, icon):
    made.settings(icon=icon)
    with pytest.raises(Exception, match=r"^pyproject.toml:2: icon must be an address such as "):
        made.app()


def test_a_picture_for_home_screens_is_named_where_there_is_one(made):
    made.write({"pages/apple-touch-icon.png": PNG})
    assert links(made)["apple-touch-icon"] == "/apple-touch-icon.png"
    icons = json.loads(made.body("/manifest.json"))["icons"]
    assert icons[1] == {"src": "apple-touch-icon.png", "type": "image/png", "sizes": "180x180"}


def test_the_manifest_names_the_site(made):
    made.settings(title="Tea & cups", description="On tea.", language="ar", url="https://example.org/blog/")
    response = made.app().test_client().get("/blog/manifest.json")
    assert response.mimetype == "application/manifest+json"
    assert json.loads(response.data) == {
        "name": "Tea & cups",
        "description": "On tea.",
        "lang": "ar",
        "dir": "rtl",
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "theme_color": colors.PAPER.light,
        "background_color": colors.PAPER.light,
        "icons": [{"src": "favicon.svg", "type": "image/svg+xml", "sizes": "any"}],
    }


def test_the_browser_s_own_parts_have_the_colour_of_the_page(made):
    metas = parser.document_fromstring(made.body("/")).xpath("//meta[@name='theme-color']")
    assert {meta.get("media"): meta.get("content") for meta in metas} == {
        "(prefers-color-scheme: light)": colors.PAPER.light,
        "(prefers-color-scheme: dark)": colors.PAPER.dark,
    }
