"""The line at the end of every page."""

from __future__ import annotations

import pytest
from lxml import html as parser


def line(made, url: str = "/") -> list[str]:
    return parser.document_fromstring(made.body(url)).xpath("//p[@class='copyright']/text()")


@pytest.mark.parametrize(
    ("years", "expected"),
    [([], "© Ann"), ([2012], "© 2012 Ann"), ([2012, 2012], "© 2012 Ann"), ([2015, 2012, 2024], "© 2012–2024 Ann")],
)
def test_the_years_are_those_of_the_posts(made, years, expected):
    made.write({f"posts/{n}.md": f"---\ntitle: N\ndate: {year}-05-05\n---\n" for n, year in enumerate(years)})
    made.settings(copyright="© {years} Ann")
    assert line(made) == [expected]


def test_a_post_to_come_counts_when_it_has_come(made):
    made.write(
        {"posts/a.md": "---\ntitle: A\ndate: 2012-05-05\n---\n", "posts/b.md": "---\ntitle: B\ndate: 2027-05-05\n---\n"}
    )
    made.settings(copyright="© {years} Ann")
    assert line(made, "/posts/a/") == ["© 2012 Ann"]
    made.now = made.now.replace(year=2028)
    assert line(made, "/posts/a/") == ["© 2012–2027 Ann"]


def test_a_year_is_one_of_the_site_s_time_zone(made):
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\n"})
    made.settings(copyright="© {years} Ann", timezone="Pacific/Auckland")
    assert line(made) == ["© 2020 Ann"]


def test_without_the_setting_there_is_none(made):
    made.write({"posts/a.md": "# A\n"})
    assert line(made) == []
    made.settings(copyright="Nobody's")
    assert line(made) == ["Nobody's"]
