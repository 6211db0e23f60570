"""Where Hugo looks for dates."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import one_of


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("date: 2014-09-28\npublishdate: 2014-10-01", "2014-09-28T00:00:00+00:00"),
        ("publishDate: 2014-10-01", "2014-10-01T00:00:00+00:00"),
        ("published: 2014-10-02", "2014-10-02T00:00:00+00:00"),
        ("published: true\nlastmod: 2014-10-03T10:00:00+02:00", "2014-10-03T10:00:00+02:00"),
        ("modified: 2014-10-04 10:00:00", "2014-10-04T10:00:00+00:00"),
        ("date:\npubdate: 2014-10-05", "2014-10-05T00:00:00+00:00"),
        ('date: "Sun, 28 Sep 2014 10:00:00 +0200"', "2014-09-28T10:00:00+02:00"),
        ("date: 2014-09-28 10:00:00.000000000 -07:00", "2014-09-28T10:00:00-07:00"),
        ("date: 1411862400", "2014-09-28T00:00:00+00:00"),
        ("created: 2014-10-05", None),
    ],
)
def test_dates_are_looked_for_as_hugo_does(tmp_path: Path, said: str, date: str | None) -> None:
    found = one_of(tmp_path, f"---\ntitle: X\n{said}\n---\n", name="posts/2012-09-05-x.md").date
    assert (found and found.isoformat()) == date


def test_the_name_of_a_file_is_a_date_where_the_configuration_says_so(tmp_path: Path) -> None:
    config = '[frontmatter]\ndate = [":filename", ":default"]\n[permalinks]\nposts = "/:year/:slug/"\n'
    found = one_of(tmp_path, "---\ntitle: Title\n---\n", config, "posts/2012-09-05-a-name.md")
    assert (str(found.date), found.url) == ("2012-09-05 00:00:00+00:00", "/2012/a-name/")
    found = one_of(tmp_path, "---\ntitle: Title\nslug: s\n---\n", config, "posts/2012-09-05-10-11-12-a-name/index.md")
    assert (str(found.date), found.url) == ("2012-09-05 10:11:12+00:00", "/2012/s/")
