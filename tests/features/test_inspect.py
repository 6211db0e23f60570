"""``inspect``: what is understood of a folder, and that nothing in it changes."""

from __future__ import annotations

import json

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
