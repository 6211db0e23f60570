"""Templates: the site's before the theme's, the theme's by its prefix, mistakes told, copies known."""

from __future__ import annotations

import time

import jinja2
import pytest

from blog import templates
from blog.site import of

PAGE = "# Here\n\nWords.\n"


def test_a_template_may_extend_the_one_that_it_stands_in_for(made):
    made.write({"pages/here.md": PAGE, "posts/a.md": "# A\n"})
    made.write({"templates/page.html": '{% extends "theme:page.html" %}{% block main %}[{{ super() }}]{% endblock %}'})
    body = made.body("/here/")
    assert "[<article" in body
    assert "<p>Words.</p>" in body
    assert "[<article" not in made.body("/posts/a/")


def test_what_the_theme_s_own_template_extends_is_the_site_s_again(made):
    made.write({"pages/here.md": PAGE})
    made.write({"templates/page.html": '{% extends "theme:page.html" %}'})
    made.write({"templates/base.html": '{% extends "theme:base.html" %}{% block footer %}Mine{% endblock %}'})
    assert "Mine" in made.body("/here/")
    assert "Mine" in made.body("/archive/")


def test_layouts_and_parts_have_the_prefix_too(made):
    made.write({"pages/index.md": "---\nlayout: home\ntitle: Home\n---\n", "posts/a.md": "# A post\n"})
    made.write({"templates/layouts/home.html": '{% extends "theme:layouts/home.html" %}'})
    assert "A post" in made.body("/")


def test_the_site_itself_has_no_template_by_the_prefix(made):
    made.write({"templates/own.html": "own"})
    with pytest.raises(jinja2.TemplateNotFound):
        made.app().jinja_env.get_template("theme:own.html")


def test_what_templates_are_given_later_reaches_those_that_were_read_before(made):
    environment = made.app().jinja_env
    made.write({"templates/own.html": '{% import "m.html" as m %}{{ later }} {{ m.word() }} {% include "part.html" %}'})
    made.write(
        {"templates/m.html": "{% macro word() %}{{ later }}{% endmacro %}", "templates/part.html": "{{ later }}"}
    )
    environment.get_template("own.html")
    environment.globals["later"] = "now"
    assert environment.get_template("own.html").render() == "now now now"


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        ("tag.html", "\n{% if %}", "templates/tag.html:2: Expected an expression, got 'end of statement block'"),
        ("tag.html", "{{ 1 | nothing }}", "templates/tag.html:1: No filter named 'nothing'."),
        ("tag.html", "\n\n{% include 'gone.html' %}", "templates/tag.html:3: there is no template gone.html"),
        ("tag.html", '\n{% extends "theme:gone.html" %}', "templates/tag.html:2: there is no template theme:gone.html"),
        (
            "tag.html",
            '{% extends "tag.html" %}',
            'templates/tag.html:1: this asks for itself: the theme\'s is "theme:tag.html"',
        ),
        ("layouts/x.html", "{% block a %}", "templates/layouts/x.html:1: "),
        ("tag.html", b"\xff", "templates/tag.html: 'utf-8' codec"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_costs_only_its_own_pages(made, name, source, said):
    made.write({f"templates/{name}": source, "pages/here.md": PAGE, "posts/a.md": "---\ntitle: A\ntags: [t]\n---\n"})
    result = made.run("check")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith(said)
    assert "Words." in made.body("/here/")
    assert made.body("/posts/a/")


def test_the_theme_has_no_problem_and_names_no_template_in_vain(made):
    assert list(templates.problems(made.app().jinja_env, templates.THEME)) == []


def test_a_name_that_is_made_while_rendering_is_no_problem(made):
    made.write({"templates/tag.html": '{% include name %}{% include ["gone.html", "post.html"] ignore missing %}'})
    found = [problem.message for problem in templates.problems(made.app().jinja_env, made.root)]
    assert found in ([], ["there is no template gone.html"])


def test_what_the_engine_puts_into_pages_is_no_file_of_the_theme():
    names = templates.files()
    assert {"templates/post.html", "templates/sitemap.xml", "static/theme.css"} <= set(names)
    assert not any("/dev/" in name for name in names)


@pytest.mark.parametrize("name", ["templates/post.html", "templates/sitemap.xml", "static/theme.css"])
def test_a_copy_is_the_original_with_a_line_that_changes_nothing(made, name):
    made.write({"posts/a.md": "# A\n\nText.\n"})
    urls = ("/posts/a/", "/sitemap.xml")
    before = [made.body(url) for url in urls]
    made.write({name: templates.copy_of(name)})
    assert templates.original(made.root / name) == (name, templates.digest(name))
    assert (made.root / name).read_bytes().split(b"\n", 1)[1] == (templates.THEME / name).read_bytes()
    if name.startswith("templates/"):
        assert [made.body(url) for url in urls] == before


def test_the_theme_is_no_copy_of_itself(made):
    assert list(templates.outdated(templates.THEME)) == []
    assert of(made.app()).themes[-1] == templates.THEME.resolve()


@pytest.mark.parametrize("broken", ["{% if %}", b"\xff", "{{ 1 | nothing }}"])
def test_on_a_live_site_the_last_good_version_of_a_broken_template_stays(made, caplog, broken):
    made.write({"pages/here.md": PAGE})
    made.write({"templates/page.html": '{% extends "theme:page.html" %}{% block after %}Mine{% endblock %}'})
    app = made.app(live=True)
    client = app.test_client()
    try:
        assert "Mine" in client.get("/here/").get_data(as_text=True)
        made.write({"templates/page.html": broken})
        of(app).live.changed({str(made.root / "templates/page.html")})
        assert "Mine" in client.get("/here/").get_data(as_text=True)
        assert "templates/page.html" in caplog.text
        assert "the last good version stays" in caplog.text
        made.write({"templates/page.html": '{% extends "theme:page.html" %}{% block after %}Mended{% endblock %}'})
        of(app).live.changed({str(made.root / "templates/page.html")})
        assert "Mended" in client.get("/here/").get_data(as_text=True)
    finally:
        of(app).live.end()


def test_without_a_last_good_version_a_broken_template_costs_its_own_pages_alone(made):
    made.write({"pages/here.md": PAGE, "templates/tags.html": "{% if %}"})
    app = made.app(live=True)
    app.testing = False
    client = app.test_client()
    try:
        assert client.get("/here/").status_code == 200
        assert client.get("/tags/").status_code == 500
    finally:
        of(app).live.end()


def test_a_freeze_stops_at_a_broken_template_and_says_where(made):
    made.write({"posts/a.md": "---\ntags: [t]\n---\n"})
    before = made.freeze()
    made.write({"templates/tag.html": '{% extends "theme:tag.html" %}\n{% block main %}{{ gone }}{% endblock %}'})
    result = made.run("freeze")
    assert result.exit_code == 1
    assert "/tags/t/: templates/tag.html:2: UndefinedError: 'gone' is undefined" in result.output
    assert made.tree() == before


@pytest.mark.parametrize("above", ["post.html", "theme:post.html"])
def test_a_block_that_nothing_above_has_is_named_with_the_one_that_was_meant(made, above):
    name = "page.html" if above == "post.html" else "post.html"
    source = f'{{% extends "{above}" %}}\n{{% block post_foter %}}x{{% endblock %}}\n'
    made.write({f"templates/{name}": source + "{% block facts %}{% block mine %}{% endblock %}{% endblock %}"})
    (problem,) = templates.problems(made.app().jinja_env, made.root)
    assert problem.line_of_text().startswith(f"templates/{name}:2: ")
    assert "did you mean post_footer?" in problem.message
    assert "post_foter" in made.run("check").output


def test_a_template_that_comes_later_is_followed_without_anybody_who_tells(made):
    made.write({"pages/here.md": PAGE})
    client = made.app().test_client()
    assert b"Mine" not in client.get("/here/").data
    made.write({"templates/page.html": '{% extends "theme:page.html" %}{% block content %}Mine{% endblock %}'})
    end = time.monotonic() + 30
    while b"Mine" not in client.get("/here/").data:
        assert time.monotonic() < end


def test_what_templates_were_compiled_to_is_kept_for_the_next_process(made, monkeypatch):
    made.write({"posts/a.md": "# A\n"})
    first = made.app().test_client().get("/posts/a/").data
    monkeypatch.setattr(jinja2.Environment, "compile", lambda *_args, **_more: pytest.fail("compiled again"))
    assert made.app().test_client().get("/posts/a/").data == first


def test_a_template_that_has_changed_is_compiled_again(made):
    made.write({"posts/a.md": "# A\n", "templates/post.html": "old {{ post.title }}"})
    assert made.body("/posts/a/") == "old A"
    made.write({"templates/post.html": "new {{ post.title }}"})
    assert made.app().test_client().get("/posts/a/").text == "new A"


@pytest.mark.parametrize("kept", ["a file", "damaged"])
def test_what_can_not_be_kept_of_templates_is_compiled(made, kept):
    made.write({"posts/a.md": "# A\n"})
    before = made.body("/posts/a/")
    folder = made.root / ".flatleaf" / "templates"
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[:40])
    if kept == "a file":
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
        folder.write_text("no folder")
    assert made.app().test_client().get("/posts/a/").text == before
