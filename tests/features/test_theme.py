"""``theme``: files of the default theme become the site's own, and are known as copies."""

from __future__ import annotations

import os

import pytest

from blog import create_app, templates


def test_a_template_is_copied_by_its_name_alone(made):
    result = made.run("theme", "copy", "post.html")
    assert (result.exit_code, result.output) == (0, "templates/post.html\n")
    text = (made.root / "templates/post.html").read_text()
    assert text.startswith("{# theme: templates/post.html ")
    assert text.endswith((templates.THEME / "templates/post.html").read_text())


@pytest.mark.parametrize("name", ["static/theme.css", "theme.css", "templates/layouts/home.html", "layouts/home.html"])
def test_every_file_is_copied_by_its_name_with_or_without_its_folder(made, name):
    assert made.run("theme", "copy", name).exit_code == 0
    assert made.run("check").exit_code == 0


def test_a_file_that_the_site_has_is_not_touched(made):
    made.write({"templates/post.html": "mine"})
    result = made.run("theme", "copy", "post.html")
    assert (result.exit_code, result.output) == (1, "Error: templates/post.html: the site has this file already\n")
    assert (made.root / "templates/post.html").read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("posts.html", "did you mean post.html?"),
        ("zzzz", "flask theme list names all"),
        ("../pyproject.toml", ""),
        ("dev/banner.html", ""),
    ],
)
def test_what_the_theme_has_not_can_not_be_copied(made, name, hint):
    result = made.run("theme", "copy", name)
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {name}: the theme has no such file")
    assert hint in result.output
    assert sorted(path.name for path in made.root.iterdir()) in ([], [".flatleaf"])


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_can_not_be_written_is_one_line(made):
    made.write({"templates/x.html": ""})
    (made.root / "templates").chmod(0o555)
    result = made.run("theme", "copy", "post.html")
    assert result.output == "Error: templates/post.html: can't be written: Permission denied\n"


def test_a_file_in_the_place_of_a_folder_is_one_line(made):
    made.write({"templates": "no folder"})
    result = made.run("theme", "copy", "post.html")
    assert result.exit_code == 1
    assert result.output.startswith("Error: templates/post.html: can't be written: ")


def test_the_list_tells_what_is_the_site_s_own(made):
    made.write({"templates/tag.html": "mine", "templates/post.html": templates.copy_of("templates/post.html")})
    made.write({"templates/tags.html": with_digest("templates/tags.html", "0" * 64)})
    lines = made.run("theme", "list").output.splitlines()
    assert {line.split("  ")[0]: line.partition("  ")[2] for line in lines if "  " in line} == {
        "templates/tag.html": "own",
        "templates/post.html": "copied",
        "templates/tags.html": "copied, and changed in the theme since",
    }
    assert [line.split("  ")[0] for line in lines] == templates.files()


def with_digest(name: str, digest: str) -> bytes:
    """Return a copy of a file of the theme as if that had been another one."""
    return templates.copy_of(name).replace(templates.digest(name).encode(), digest.encode())


def test_check_tells_of_a_copy_whose_original_has_changed_since(made):
    made.write({"templates/post.html": with_digest("templates/post.html", "0" * 64)})
    result = made.run("check")
    now = templates.digest("templates/post.html")
    assert (result.exit_code, result.stdout) == (
        1,
        "templates/post.html:1: the theme's templates/post.html has changed since this was copied: "
        f"see flask theme diff templates/post.html, and say here when that is done: sha256:{now}\n",
    )


def test_the_digest_that_check_names_puts_it_at_rest(made):
    made.write({"static/theme.css": with_digest("static/theme.css", "1" * 64)})
    said = made.run("check").stdout
    now = said.strip().rpartition("sha256:")[2]
    path = made.root / "static/theme.css"
    path.write_text(path.read_text().replace("1" * 64, now))
    assert made.run("check").exit_code == 0


def test_check_tells_of_a_copy_whose_original_is_gone(made):
    made.write({"templates/old.html": "{# theme: templates/old.html 0.0.1 sha256:" + "0" * 64 + " #}\n"})
    result = made.run("check")
    assert result.stdout == (
        "templates/old.html:1: the theme has no templates/old.html any more, of which this is a copy\n"
    )


def test_a_file_without_the_note_is_nobody_s_copy(made):
    made.write({"templates/post.html": (templates.THEME / "templates/post.html").read_bytes()})
    assert made.run("check").exit_code == 0


def test_the_difference_is_shown_line_by_line(made):
    made.write({"templates/tags.html": templates.copy_of("templates/tags.html") + b"more\n"})
    lines = made.run("theme", "diff", "tags.html").output.splitlines()
    assert lines[:2] == ["--- theme/templates/tags.html", "+++ templates/tags.html"]
    assert "+more" in lines
    assert made.run("theme", "diff", "tag.html").output == (
        "Error: templates/tag.html: the site has no such file of its own\n"
    )


def test_the_theme_s_own_folder_takes_no_copy():
    app = create_app(templates.THEME)
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["theme", "copy", "tag.html"])
    assert (result.exit_code, result.output) == (1, "Error: templates/tag.html: this folder holds the theme itself\n")
