"""Templates: whose are used, what is escaped, and what they can't use."""

from __future__ import annotations

import jinja2
import pytest
from lxml import html as parser

from .conftest import SITE


def test_a_template_that_uses_what_is_not_there_fails_loudly(made):
    made.write(SITE | {"templates/page.html": "{{ page.title }}{{ nothing_of_this_name }}"})
    with pytest.raises(jinja2.UndefinedError, match="nothing_of_this_name"):
        made.app().test_client().get("/about/")


def test_a_site_s_own_template_and_static_file_take_the_place_of_the_theme_s(made):
    made.write(SITE | {"templates/page.html": "mine: {{ page.title }}", "static/theme.css": "mine {}"})
    assert made.body("/about/") == "mine: About"
    assert made.app().test_client().get("/static/theme.css", buffered=True).data == b"mine {}"
    assert "Hello" in made.body("/posts/hello/"), "the others are still the theme's"
    tree = made.freeze()
    assert tree["static/theme.css"] == b"mine {}"
    assert tree["about/index.html"] == b"mine: About"


def test_an_own_template_may_extend_the_theme_s_base(made):
    made.write(SITE | {"templates/page.html": '{% extends "base.html" %}{% block main %}mine{% endblock %}'})
    assert parser.document_fromstring(made.body("/about/")).findtext(".//main").strip() == "mine"


def test_titles_and_tags_are_escaped_everywhere(made):
    nasty = '<script>alert(1)</script> & "co"'
    header = f"---\ntitle: '{nasty}'\nsummary: '{nasty}'\ntags: ['{nasty}']\ndate: 2020-01-02\n---\n\nText.\n"
    made.write({"posts/nasty.md": header, "posts/other.md": "# Other\n\nText.\n"})
    made.settings(title=nasty, description=nasty, author=nasty)
    for name, body in made.freeze().items():
        if not name.startswith("static/") and not name.endswith(".json"):
            assert b"<script>" not in body.replace(b"&lt;script&gt;", b""), name
