"""The archive: every dated post by year."""

from __future__ import annotations

from lxml import html as parser


def years(page: str) -> list[tuple[str, list[str], list[str]]]:
    sections = parser.document_fromstring(page).xpath("//section[@class='year']")
    return [(s.findtext("h2"), s.xpath(".//li//a/text()"), s.xpath(".//time/@datetime")) for s in sections]


def test_posts_stand_by_the_year_that_was_written_newest_first(made):
    made.write(
        {
            "posts/a.md": "---\ntitle: A\ndate: 2019-05-05\n---\n",
            "posts/b.md": "---\ntitle: B\ndate: 2020-12-31T23:30:00-08:00\n---\n",
            "posts/c.md": "---\ntitle: C\ndate: 2020-02-02\n---\n",
            "posts/d.md": "---\ntitle: D\ndate: 2021-01-01T06:00:00+00:00\n---\n",
            "posts/undated.md": "---\ntitle: Undated\ndate: whenever\n---\n",
            "posts/draft.md": "---\ntitle: Draft\ndate: 2018-01-01\ndraft: yes\n---\n",
            "posts/later.md": "---\ntitle: Later\ndate: 2027-01-01\n---\n",
        }
    )
    assert years(made.body("/archive/")) == [
        ("2021", ["D"], ["2021-01-01T06:00:00+00:00"]),
        ("2020", ["B", "C"], ["2020-12-31T23:30:00-08:00", "2020-02-02"]),
        ("2019", ["A"], ["2019-05-05"]),
    ]


def test_an_empty_archive_says_so(made):
    assert "There are no posts yet." in made.body("/archive/")


def test_days_have_no_year_below_the_heading_of_a_year(made):
    made.write({"posts/a.md": "---\ntitle: A\ndate: 2019-05-05\n---\n"})
    assert ">5 May</time>" in made.body("/archive/")
