"""``new``: a file to begin with."""

from __future__ import annotations

import json
import shlex
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog import create_app
from blog.errors import BlogError
from blog.features.new import editor_of
from blog.site import of


@pytest.fixture
def made(made):
    """Make a site that has a folder for posts and one for pages."""
    made.write({"posts/first.md": "---\ntitle: First\ndate: 2020-01-01\n---\n\nText.\n", "pages/index.md": "# Home\n"})
    return made


def test_new_makes_a_draft_and_prints_its_path_and_address(made):
    result = made.run("new", "Hello, World!")
    assert (result.exit_code, result.stdout) == (0, "posts/hello-world.md\nhttp://127.0.0.1:8000/posts/hello-world/\n")
    document = of(made.app()).library.document("posts/hello-world.md")
    assert (document.title, document.draft, document.header, document.body.strip()) == (
        "Hello, World!",
        True,
        "yaml",
        "",
    )


def test_its_date_is_the_present_moment(made):
    made.run("new", "Now")
    assert of(made.app()).library.document("posts/now.md").date == made.now


def test_its_date_has_the_site_s_time_zone(made):
    made.settings(timezone="Asia/Tokyo")
    made.run("new", "Now")
    assert of(made.app()).library.document("posts/now.md").date.isoformat() == "2026-11-20T21:00:00+09:00"


def test_a_page_has_no_date(made):
    result = made.run("new", "--page", "About Me")
    assert result.stdout == "pages/about-me.md\nhttp://127.0.0.1:8000/about-me/\n"
    assert of(made.app()).library.document("pages/about-me.md").date is None


@pytest.mark.parametrize(
    "title",
    [
        "2017",
        "No",
        "12:30",
        "a: b",
        "# not a heading",
        "'quoted' \"twice\"",
        "Größe 🎉",
        "- x",
        "{a}",
        "[b]",
        "null",
        "~",
        "%x",
        "@y",
        "x #y",
    ],
)
def test_any_title_comes_back_as_it_was_given(made, title):
    result = made.run("new", "--", title)
    assert result.exit_code == 0, result.output
    path = result.output.splitlines()[0]
    assert of(made.app()).library.document(path).title == title
    assert made.run("check").exit_code == 0


@pytest.mark.parametrize("title", ["???", "🎉", "..", "/", "../../etc/passwd"])
def test_a_title_without_letters_or_with_slashes_stays_in_the_folder(made, title):
    result = made.run("new", "--", title)
    assert result.exit_code == 0
    path = result.output.splitlines()[0]
    assert path.startswith("posts/")
    assert path.count("/") == 1
    assert (made.root / path).is_file()


def test_new_never_replaces_a_file(made):
    made.write({"posts/hello.md": "mine"})
    result = made.run("new", "Hello")
    assert (result.exit_code, result.output) == (1, "Error: posts/hello.md: this file exists already\n")
    assert (made.root / "posts/hello.md").read_text() == "mine"


def test_in_an_empty_folder_new_begins_with_a_post(site):
    """A page would be on no list and in no feed."""
    made = site({})
    assert made.run("new", "Hello").output.splitlines()[0] == "posts/hello.md"
    assert made.run("new", "--page", "About").output.splitlines()[0] == "pages/about.md"


def test_new_finds_its_way_in_a_content_folder(site):
    """Where content lies in ``content/``, a folder ``posts/`` beside it would hide it all."""
    made = site({"content/posts/old.md": "# Old\n", "content/about.md": "# About\n"})
    result = made.run("new", "Fresh")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[0] == "content/posts/fresh.md"
    assert len(json.loads(made.run("ls", "--json").stdout)) == 3


def test_new_in_a_plain_folder_hides_nothing(site):
    made = site({"about.md": "# About\n"})
    made.run("new", "Fresh")
    assert len(json.loads(made.run("ls", "--json").stdout)) == 2


def test_the_address_follows_the_permalink_pattern(made):
    made.settings(permalink="/:year/:slug/")
    assert made.run("new", "Hello").output.splitlines()[1] == "http://127.0.0.1:8000/2026/hello/"


# Odd titles


@settings(max_examples=30)
@given(title=st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs", "Cf"]), min_size=1, max_size=80))
def test_whatever_the_title_it_comes_back_from_a_file_in_the_folder(tmp_path_factory, title):
    root = tmp_path_factory.mktemp("titles")
    app = create_app(root)
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["new", "--", title])
    wanted = " ".join(title.split())
    if not wanted:
        assert result.exit_code == 1
        return
    assert result.exit_code == 0, result.output
    path = result.output.splitlines()[0]
    assert [file.relative_to(root).as_posix() for file in root.rglob("*.md")] == [path]
    assert Path(path).parent == Path("posts")
    assert of(app).library.document(path).title == wanted


@pytest.mark.parametrize("title", ["", "  ", "\n\t", "a\x07b", "a\x1b[31mb", "\udce4"])
def test_what_is_no_line_of_text_is_refused(made, title):
    result = made.run("new", "--", title)
    assert (result.exit_code, result.output) == (1, "Error: a title has to be a line of text\n")
    assert len(list(made.root.rglob("*.md"))) == 2


def test_a_title_of_several_lines_becomes_one(made):
    assert made.run("new", "One\n two\tthree").exit_code == 0
    assert of(made.app()).library.document("posts/one-two-three.md").title == "One two three"


def test_a_post_called_index_is_not_the_page_of_its_folder(made):
    result = made.run("new", "Index")
    assert result.stdout == "posts/index-post.md\nhttp://127.0.0.1:8000/posts/index-post/\n"
    assert of(made.app()).library.document("posts/index-post.md").title == "Index"


def test_a_very_long_title_has_a_name_that_a_disk_can_hold(made):
    for title in ("long " * 200, "長い題名" * 100):
        result = made.run("new", title)
        assert result.exit_code == 0, result.output
        assert (made.root / result.output.splitlines()[0]).is_file()


# The editor


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Return a program that notes how it was called and adds a line to its last argument; nothing names it yet."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    program = tmp_path / "my editor"
    program.write_text(
        '#!/bin/sh\nprintf "%s\\n" "$@" >> "$0.asked"\nfor file; do :; done\necho "From the editor." >> "$file"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def test_edit_opens_the_new_file(made, editor, monkeypatch):
    monkeypatch.setenv("EDITOR", f"{shlex.quote(str(editor))} --wait")
    result = made.run("new", "--edit", "Hello")
    assert (result.exit_code, result.stdout) == (0, "posts/hello.md\nhttp://127.0.0.1:8000/posts/hello/\n")
    assert Path(f"{editor}.asked").read_text() == f"--wait\n{made.root / 'posts/hello.md'}\n"
    assert of(made.app()).library.document("posts/hello.md").body.strip() == "From the editor."


def test_without_edit_no_editor_is_opened(made, editor, monkeypatch):
    monkeypatch.setenv("EDITOR", shlex.quote(str(editor)))
    made.run("new", "Hello")
    assert not Path(f"{editor}.asked").exists()


def test_a_page_can_be_edited_too(made, editor, monkeypatch):
    monkeypatch.setenv("VISUAL", shlex.quote(str(editor)))
    assert made.run("new", "--page", "--edit", "About").exit_code == 0
    assert Path(f"{editor}.asked").read_text() == f"{made.root / 'pages/about.md'}\n"


def test_where_no_editor_is_named_no_file_is_made(made, editor):
    result = made.run("new", "--edit", "Hello")
    assert (result.exit_code, result.output) == (
        1,
        "Error: environment: neither VISUAL nor EDITOR names an editor\n",
    )
    assert not (made.root / "posts/hello.md").exists()


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/nowhere/editor", "/nowhere/editor can't be started: No such file or directory"),
        ("false", "false has ended with exit code 1"),
    ],
)
def test_an_editor_that_fails_is_told_and_the_file_is_there(made, editor, monkeypatch, command, told):
    monkeypatch.setenv("EDITOR", command)
    result = made.run("new", "--edit", "Hello")
    assert (result.exit_code, result.output.splitlines()[-1]) == (1, f"Error: {told}")
    assert (made.root / "posts/hello.md").is_file()


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({"EDITOR": "nano"}, ["nano"]),
        ({"VISUAL": "code --wait", "EDITOR": "nano"}, ["code", "--wait"]),
        ({"VISUAL": "", "EDITOR": "vim -u 'my rc'"}, ["vim", "-u", "my rc"]),
        ({"VISUAL": "  ", "EDITOR": "x; rm"}, ["x;", "rm"]),
    ],
)
def test_the_editor_is_a_program_with_its_arguments_and_no_shell_reads_it(environment, command):
    assert editor_of(environment) == command


@pytest.mark.parametrize("name", ["VISUAL", "EDITOR"])
def test_a_command_that_is_never_closed_is_told(name):
    with pytest.raises(BlogError, match=f"{name} is no command: No closing quotation"):
        editor_of({name: "vim '"})


@pytest.mark.parametrize(
    ("files", "path", "held"),
    [
        ({"_config.yml": "title: A\n"}, "_posts/2026-11-20-a-walk.md", "published: false"),
        (
            {"_config.yml": "source_dir: source\nnew_post_name: :year-:title.md\n"},
            "source/_posts/2026-a-walk.md",
            "published: false",
        ),
        (
            {"pelicanconf.py": "PATH = 'texts'\n", "texts/x.md": "Title: X\nDate: 2020-01-01\n"},
            "texts/a-walk.md",
            "status: draft",
        ),
        ({"hugo.toml": "title = 'A'\n", "content/_index.md": ""}, "content/posts/a-walk.md", "draft: true"),
    ],
)
def test_a_folder_of_another_engine_gets_a_post_as_that_one_has_it(made, files, path, held):
    made.write(files)
    result = made.run("new", "A walk")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == path
    assert held in (made.root / path).read_text()
    assert (
        made.app().test_client().get(result.stdout.splitlines()[1].removeprefix("http://127.0.0.1:8000")).status_code
        == 404
    )
