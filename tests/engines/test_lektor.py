"""Lektor's sites as Lektor 3.3 has them."""

from __future__ import annotations

import pytest

PROJECT = """[project]
name = Site
url = https://x.example/

[alternatives.en]
primary = yes

[alternatives.de]
url_prefix = /deutsch/

[alternatives.fr]
url_suffix = fra
"""
SITE = {
    "s.lektorproject": PROJECT,
    "models/page.ini": "[model]\nlabel = {{ this.title }}\n\n[fields.title]\ntype = string\n",
    "models/blog.ini": "[model]\nlabel = The Blog\n\n[children]\nmodel = post\n"
    "slug_format = {{ this.pub_date.strftime('%Y/%m') }}/{{ this._id }}\n",
    "models/post.ini": "[model]\ninherits = page\nlabel = {{ this.title or this._id }}\n\n"
    "[fields.pub_date]\ntype = date\n\n[fields.tags]\ntype = strings\n",
    "models/projects.ini": "[model]\nlabel = {{ this.name }}\n\n[children]\nmodel = project\n"
    "slug_format = {{ this._id.replace('_', '-') }}-{{ this.name|lower }}\n",
    "models/project.ini": "[model]\nlabel = {{ this.name }}\n\n[fields.day]\ntype = date\n",
    "content/contents.lr": "_model: page\n---\ntitle: Home\n",
    "content/blog/contents.lr": "_model: blog\n",
    "content/projects/contents.lr": "name: Projects\n",
}


def fields(*said: str) -> str:
    """Write a record."""
    return "\n---\n".join(said) + "\n"


POST = fields("title: T", "pub_date: 2014-03-02", "body: x")


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        ("about", fields("title: About"), "/about/"),
        ("Ünï côde", fields("title: Uni"), "/Ünï côde/"),
        ("404.html", fields("title: Lost"), "/404.html"),
        ("about", fields("title: About", "_slug: other"), "/other/"),
        ("about", fields("title: About", "_slug: ../../x"), "/x/"),
        ("blog/first", POST, "/blog/2014/03/first/"),
        ("blog/undated", fields("title: T"), "/blog/temp-undated/"),
        ("blog/own", fields("title: T", "_slug: my/slug"), "/blog/my/slug/"),
        ("projects/lek_tor", fields("name: Two Words"), "/projects/lek-tor-two_words/"),
    ],
)
def test_addresses_are_lektors(read_site, name, said, expected):
    file = f"content/{name}/contents.lr"
    assert read_site(SITE | {file: said})[file].url == expected


def test_children_lie_below_the_slugs_of_those_above_them(read_site):
    read = read_site(
        SITE
        | {
            "content/blog/deep/contents.lr": POST,
            "content/blog/deep/child/contents.lr": fields("_model: page", "title: C"),
            "content/a/contents.lr": fields("title: A", "_slug: b"),
            "content/a/child/contents.lr": fields("title: C"),
        }
    )
    assert read["content/blog/deep/child/contents.lr"].url == "/blog/2014/03/deep/child/"
    assert read["content/a/child/contents.lr"].url == "/b/child/"


def test_an_alternative_has_what_it_does_not_say_from_the_primary_one(read_site):
    read = read_site(
        SITE
        | {
            "content/blog/a/contents.lr": fields("title: T", "pub_date: 2014-03-02", "tags:\n\none\ntwo"),
            "content/blog/a/contents+de.lr": fields("title: Titel"),
            "content/blog/a/contents+fr.lr": fields("title: Titre"),
            "content/blog/a/contents+xx.lr": fields("title: Lost"),
        }
    )
    german = read["content/blog/a/contents+de.lr"]
    assert (german.title, german.tags, german.language) == ("Titel", ("one", "two"), "de")
    assert german.url == "/deutsch/blog/2014/03/a/"
    assert german.date == read["content/blog/a/contents.lr"].date
    assert read["content/blog/a/contents+fr.lr"].url == "/blog/2014/03/afra/"
    assert read["content/blog/a/contents+xx.lr"] == "the site has no language xx"


def test_what_is_hidden_hides_what_lies_below_it_unless_that_says_otherwise(read_site):
    read = read_site(
        SITE
        | {
            "content/a/contents.lr": fields("title: A", "_hidden: yes"),
            "content/a/b/contents.lr": fields("title: B"),
            "content/a/c/contents.lr": fields("title: C", "_hidden: no"),
            "content/d/contents.lr": fields("title: D", "_discoverable: no"),
        }
    )
    assert read["content/a/contents.lr"] == read["content/a/b/contents.lr"] == "_hidden: yes in a"
    assert read["content/a/c/contents.lr"].title == "C"
    assert read["content/d/contents.lr"].title == "D"


def test_titles_are_those_of_labels_and_names(read_site):
    read = read_site(
        SITE | {"content/some-name/contents.lr": fields("body: x"), "content/blog/p/contents.lr": "x: y\n"}
    )
    assert read["content/projects/contents.lr"].title == "Projects"
    assert read["content/blog/contents.lr"].title == "The Blog"
    assert read["content/blog/p/contents.lr"].title == "p"
    assert read["content/some-name/contents.lr"].title == "Some Name"


def test_attachments_and_what_describes_them_are_no_pages(read_site):
    read = read_site(
        SITE
        | {"content/a/readme.md": "# x\n", "content/a/pic.jpg.lr": "alt: x\n", "content/a/contents.lr": "title: A\n"}
    )
    assert read["content/a/readme.md"] == "asset"
    assert read["content/a/pic.jpg.lr"] == "it describes the file beside it"


def test_the_only_long_field_may_be_the_tags(read_site):
    read = read_site(SITE | {"content/a/contents.lr": fields("title: A", "tags:\n\none\ntwo")})
    assert read["content/a/contents.lr"].tags == ("one", "two")


@pytest.mark.parametrize(
    "label",
    ["{{ this.nothing.at.all }}", "{% for", "{{ range(10**9)|list }}", "{{ ''.__class__.__mro__ }}", "{{ 1/0 }}"],
)
def test_a_template_that_can_not_be_told_stops_nothing(read_site, label):
    site = SITE | {"models/page.ini": f"[model]\nlabel = {label}\n", "content/a-b/contents.lr": "_model: page\n"}
    assert read_site(site)["content/a-b/contents.lr"].title == "A B"
