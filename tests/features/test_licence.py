"""What others may do with a post."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser

from blog.features.licence import Licence, read

HERE = "https://creativecommons.org/licenses"


@pytest.mark.parametrize(
    ("said", "name", "url"),
    [
        ("CC BY-SA 4.0", "CC BY-SA 4.0", f"{HERE}/by-sa/4.0/"),
        ("cc-by-nc-nd-3.0", "CC BY-NC-ND 3.0", f"{HERE}/by-nc-nd/3.0/"),
        ("CC BY NC", "CC BY-NC 4.0", f"{HERE}/by-nc/4.0/"),
        ("CC0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        (f"{HERE}/by/2.0/de/", "CC BY 2.0", f"{HERE}/by/2.0/de/"),
        ("https://a.example/terms", "a.example", "https://a.example/terms"),
        ("All rights reserved", "All rights reserved", ""),
        ("javascript:alert(1)", "javascript:alert(1)", ""),
    ],
)
def test_a_licence_is_read_as_it_is_usually_written(said, name, url):
    assert read(said) == Licence(name, url)


@given(st.text(min_size=1))
def test_whatever_is_said_has_a_name_and_leads_nowhere_else(said):
    made = read(said)
    assert made.name or said.startswith("http")
    assert made.url == "" or made.url.startswith("http")


def licences(made, header: str = "", **settings: object) -> list[str]:
    made.write({"posts/a.md": f"---\ntitle: A\n{header}---\n\nText.\n"})
    made.settings(**settings)
    page = parser.document_fromstring(made.body("/posts/a/"))
    return [" ".join(one.text_content().split()) for one in page.xpath("//p[@class='licence']")]


def test_a_post_has_the_site_s_licence_or_its_own_or_none(made):
    assert licences(made) == []
    assert licences(made, licence="CC BY 4.0") == ["Licence: CC BY 4.0"]
    assert licences(made, "license: CC0\n", licence="CC BY 4.0") == ["Licence: CC0 1.0"]
    assert licences(made, "licence: CC0\n") == ["Licence: CC0 1.0"]
    for word in ("none", "None", "false", "no"):
        assert licences(made, f"licence: {word}\n", licence="CC BY 4.0") == []


def test_it_is_marked_as_such(made):
    licences(made, licence="CC BY 4.0")
    assert parser.document_fromstring(made.body("/posts/a/")).xpath("//a[@rel='license']/@href") == [f"{HERE}/by/4.0/"]
