"""Dates of Jekyll's sites, in headers and names."""

from __future__ import annotations

import pytest

from .conftest import Read, header, one


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2014-03-10", "2014-03-10T00:00:00-04:00"),
        ("2014-03-10 23:30", "2014-03-10T23:30:00-04:00"),
        ("2014-03-10 01:30:00", "2014-03-09T21:30:00-04:00"),  # UTC to YAML
        ("'2014-03-10 01:30:00'", "2014-03-10T01:30:00-04:00"),  # a text to YAML
        ("2014-03-10 23:30:00 -0700", "2014-03-11T02:30:00-04:00"),
        ("2014-03-10T23:30:00Z", "2014-03-10T19:30:00-04:00"),
        ("2014-03-10 23:30:00.5", "2014-03-10T19:30:00-04:00"),
        ("2014-3-1 5:04:03", "2014-03-01T00:04:03-05:00"),
        ("05/09/2012", "2012-09-05T00:00:00-04:00"),
        ("Mon, 10 Mar 2014 23:30:00 +0000", "2014-03-10T19:30:00-04:00"),
    ],
)
def test_dates_are_as_ruby_has_them(read_site: Read, written: str, moment: str) -> None:
    text = header(f"date: {written}\n")
    document = one(read_site, "_posts/2014-01-02-x.md", text, "timezone: America/New_York\n")
    assert document.date.isoformat() == moment
    assert document.url == f"/{moment[:10].replace('-', '/')}/x.html"


def test_names_date_posts_and_texts_in_collections_but_no_pages(read_site: Read) -> None:
    names = ("_docs/2014-01-02-some-doc.md", "2014-01-02-page.md", "_docs/20140102-x.md")
    found = read_site({"_config.yml": "collections: {docs: {output: true}}\n"} | dict.fromkeys(names, header("a: b\n")))
    said = [(found[name].title, found[name].date and f"{found[name].date:%F}", found[name].url) for name in names]
    assert said == [
        ("Some Doc", "2014-01-02", "/docs/2014-01-02-some-doc.html"),
        ("Text", None, "/2014-01-02-page.html"),
        ("20140102 X", None, "/docs/20140102-x.html"),
    ]
