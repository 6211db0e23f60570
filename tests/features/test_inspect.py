"""``inspect``: what is understood of a folder, and that nothing in it changes."""

from __future__ import annotations

import json
from pathlib import Path

SITE = {
    "_config.yml": "title: Rivers\nurl: https://rivers.example\npermalink: /:year/:title/\nplugins: [jekyll-maps]\n",
    "_posts/2020-01-02-walk.md": "---\ntitle: A walk\ntags: [x]\n---\nText.\n",
    "_posts/2020-01-03-bad.md": "---\ntitle: Bad\ndate: soon\n---\nText.\n",
    "_drafts/later.md": "---\ntitle: Later\n---\nText.\n",
    "about.md": "---\ntitle: About\n---\nText.\n",
    "README.md": "# For developers\n",
}


def report(made) -> dict:
    result = made.run("inspect", "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_it_tells_whose_folder_it_is_and_why(made):
    made.write(SITE)
    found = report(made)
    assert found["engine"] == "jekyll"
    assert "_config.yml" in found["why"]
    assert found["settings"]["title"] == "Rivers"
    assert found["headers"]["yaml"] >= 3
    assert any(line.startswith("_posts/2020-01-03-bad.md:3: ") for line in found["in_doubt"])


def test_it_tells_what_was_taken_of_the_configuration_and_what_was_not(made):
    made.write(SITE)
    found = report(made)
    assert {"title", "url", "permalink"} <= {one["key"] for one in found["taken"]}
    assert all(one["meaning"] for one in found["taken"])
    assert not any(one["meaning"] for one in found["not_taken"])


def test_a_person_reads_the_same(made):
    made.write(SITE)
    lines = made.run("inspect").output.splitlines()
    assert lines[0].startswith("engine     jekyll: ")
    assert any(line.startswith("in doubt   _posts/2020-01-03-bad.md:3: ") for line in lines)


def test_our_own_site_is_known_too(made):
    made.write({"posts/a.md": "# A\n"})
    made.settings(title="Mine")
    assert report(made)["engine"] == "flatleaf"


def test_nothing_but_the_cache_is_written(made):
    made.write(SITE)
    before = made.tree(".")
    report(made)
    after = {name: data for name, data in made.tree(".").items() if not name.startswith(".flatleaf/")}
    assert after == before


def test_no_secret_is_printed(made):
    made.write({"posts/a.md": "# A\n"})
    made.settings(secret="a very secret word")
    assert "very secret" not in made.run("inspect").output + made.run("inspect", "--json").output


EXAMPLE = {
    "_config.yml": "title: Rivers\npermalink: pretty\npaginate_path: /archive/:num\n",
    "_posts/2012-09-01-weir.md": "---\ntitle: The weir\n---\nText.\n",
    "_posts/2012-09-05-walk.md": "---\ntitle: A walk\ndate: soon\n---\nText.\n",
    "_posts/2099-05-01-regatta.md": "---\ntitle: Regatta\n---\nText.\n",
    "_drafts/locks.md": "---\ntitle: Locks\n---\nText.\n",
    "about.md": "---\ntitle: About\npermalink: /2012/09/01/weir/\n---\nText.\n",
    "img/map.png": "",
    "_old.md": "# Old\n",
}


def test_the_documentation_shows_what_is_printed(made):
    made.write(EXAMPLE)
    page = (Path(__file__).parents[2] / "docs/inspect.md").read_text()
    assert made.run("inspect").output == page.partition("```text\n")[2].partition("```")[0]


def test_every_text_is_counted_once(made):
    made.write(EXAMPLE)
    made.write(
        {"_posts/2020-01-01-gone.md": "---\nexpires: 2020-02-02\n---\nText.\n", "bad.md": b"---\n\xff\xfe: [\n---\n"}
    )
    found = report(made)["files"]
    assert sum(found.values()) == len(EXAMPLE) - 1 + 2  # all but the configuration
    assert (found["drafts"], found["to_come"], found["address_taken"], found["left_out"]) == (1, 1, 1, 1)


def test_our_own_folder_counts_what_has_expired(made):
    made.write({"posts/a.md": "---\nexpires: 2020-02-02\n---\n", "posts/b.md": "# B\n", "posts/c.png": ""})
    found = report(made)["files"]
    assert {name: count for name, count in found.items() if count} == {"published": 1, "expired": 1, "as_they_are": 1}


def test_a_value_of_a_megabyte_is_not_printed_whole(made):
    made.write({"_config.yml": f"title: {'x' * 100_000}\nexclude: [{'y' * 100_000}]\n"})
    assert max(map(len, made.run("inspect").output.splitlines())) < 400
