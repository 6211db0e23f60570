"""What an exception says: the file and the line it comes from, whoever raised it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import errors, templates
from blog.errors import ContentError
from blog.failure import AROUND, Failure, lines_around, shortened
from blog.site import of

PAGE = "# Here\n\nWords.\n"
TOP = '{% extends "base.html" %}\n{% block main %}\n'


def failure(made, template: str, **more: str) -> Failure:
    """Return what is said of the exception that a template of pages raises."""
    made.write({"pages/here.md": PAGE, "templates/page.html": template, **more})
    app = made.app(live=True)
    with pytest.raises(Exception) as raised:  # noqa: PT011 (whatever it is)
        app.test_client().get("/here/")
    of(app).live.end()
    return Failure(raised.value, of(app))


@pytest.mark.parametrize(
    ("template", "line", "kind", "message"),
    [
        (TOP + "{{ page.titel }}\n{% endblock %}\n", 3, "UndefinedError", "has no attribute 'titel'"),
        (TOP + "\n\n{{ nothing }}{% endblock %}\n", 5, "UndefinedError", "'nothing' is undefined"),
        (TOP + "{% if %}\n{% endblock %}\n", 3, "TemplateSyntaxError", "Expected an expression"),
        (TOP + "{{ page.date | longdate }}\n{% endblock %}", 3, "AttributeError", "'NoneType' object"),
        (TOP + "{{ 1 // 0 }}{% endblock %}", 3, "ZeroDivisionError", "by zero"),
        ('\n{% include "nowhere.html" %}\n', 2, "TemplateNotFound", "There is no template nowhere.html"),
        ('{% extends "nowhere.html" %}\n', 1, "TemplateNotFound", "There is no template nowhere.html"),
        ("{% filter nothing %}{% endfilter %}", 1, "TemplateAssertionError", "No filter named 'nothing'"),
        ('\n{% include "page.html" %}', 2, "RecursionError", "recursion"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_line(made, template, line, kind, message):
    told = failure(made, template)
    assert (told.where, told.line, told.kind) == (f"templates/page.html:{line}", line, kind)
    assert message in told.message
    assert "\n" not in told.message
    assert told.followed
    assert dict(told.lines)[line] == template.split("\n")[line - 1]


def test_the_innermost_template_is_named(made):
    told = failure(made, TOP + '{% include "part.html" %}{% endblock %}', **{"templates/part.html": "\n{{ gone }}\n"})
    assert told.where == "templates/part.html:2"
    assert "templates/page.html:3" in [where for where, _ in told.way]


def test_a_mistake_in_a_view_is_told_with_the_line_of_the_code(made):
    made.write({"pages/here.md": PAGE})
    app = made.app()

    def view(_address: object) -> str:
        raise KeyError("a key")

    of(app).views["page"] = view
    with pytest.raises(KeyError) as raised:
        app.test_client().get("/here/")
    told = Failure(raised.value, of(app))
    assert (told.kind, told.message, told.followed) == ("KeyError", "'a key'", False)
    assert told.where.startswith("blog/")
    assert told.way[-1][1] == 'raise KeyError("a key")'


def test_an_expected_error_names_the_place_itself(made):
    made.write({"posts/a.md": "one\ntwo\nthree\n"})
    try:
        raise ContentError("that is wrong", "posts/a.md", 2)
    except ContentError as error:
        told = Failure(error, of(made.app(live=True)))
    assert (told.where, told.message, dict(told.lines)[2]) == ("posts/a.md:2", "that is wrong", "two")
    assert told.followed


def test_an_error_without_words_is_called_by_its_name(made):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 (it has none)
        raise ValueError
    assert Failure(raised.value, of(made.app())).message == "ValueError"


def test_paths_are_those_below_the_site_the_theme_or_the_engine(made):
    here = of(made.app())
    assert shortened(made.root / "posts" / "a.md", here) == "posts/a.md"
    assert shortened(templates.THEME / "templates" / "base.html", here) == "templates/base.html"
    assert shortened(Path(errors.__file__), here) == "blog/errors.py"
    assert shortened(Path("/somewhere/else.py"), here) == "/somewhere/else.py"


@given(st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]))), st.integers(-3, 60))
def test_the_lines_around_one_are_those_of_the_file(tmp_path_factory, texts, line):
    path = tmp_path_factory.getbasetemp() / "lines.txt"
    path.write_bytes("".join(f"{text}\n" for text in texts).encode())
    found = dict(lines_around(path, line))
    if not 1 <= line <= max(1, len(texts)):
        assert found == {}
        return
    assert len(found) <= 2 * AROUND + 1
    assert line in found
    assert all((texts or [""])[number - 1] == text for number, text in found.items())


def test_of_a_file_that_is_gone_no_lines_are_shown(tmp_path):
    assert lines_around(tmp_path / "gone", 1) == []
