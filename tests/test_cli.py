"""The command line: ``blog --site DIR ...``, in this process and as a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from blog import __version__
from blog.cli import main


@pytest.fixture
def blog(made, monkeypatch):
    """Return a function that runs a command on the site, as it is typed."""

    def run(*arguments: str, **environment: str):
        monkeypatch.setenv("BLOG_SITE", "")  # the command sets it: put it back afterwards
        monkeypatch.delenv("BLOG_SITE")
        return CliRunner().invoke(main, ["--site", str(made.root), *arguments], env=environment)

    return run


def program(made, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("BLOG_", "FLASK_"))}
    return subprocess.run(
        [sys.executable, "-c", "from blog.cli import main; main(prog_name='blog')", *arguments],
        env=clean | environment,
        cwd=made.root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


BAD = {
    "posts/a.md": "---\ntitle: [\n---\n\nText.\n",
    "posts/b.md": "+++\ntitle =\n+++\n\nText.\n",
    "posts/c.md": '{"title": "C",}\n\nText.\n',
    "posts/d.md": "---\ntitle: D\ndate: someday\ndraft: perhaps\n---\n\nText.\n",
    "posts/e.md": "---\ntitle: never closed\n\nText.\n",
    "posts/f.md": b"# Caf\xe9\n\nText.\n",
    "pages/g.md": "---\ntitle: G\nurl: /x?y\nlayout: nowhere\n---\n\nText.\n",
    "posts/good.md": "# Good\n\nText.\n",
}


def test_help_names_every_command(blog):
    result = blog("--help")
    assert result.exit_code == 0
    for command in ("check", "freeze", "ls", "new", "run"):
        assert f"\n  {command} " in result.output


def test_the_version_is_told(blog):
    result = blog("--version")
    assert (result.exit_code, result.output.split()[-1]) == (0, __version__)


def test_ls_as_json_has_one_record_for_each_file(blog, made):
    made.write(BAD)
    result = blog("ls", "--json")
    assert result.exit_code == 0
    records = json.loads(result.stdout)
    assert [record["file"] for record in records] == sorted(BAD)
    keys = ["file", "title", "date", "tags", "categories", "draft", "published", "url", "aliases"]
    assert all(list(record) == keys for record in records)


def test_check_names_all_that_is_wrong_at_once_and_fails(blog, made):
    made.write(BAD)
    result = blog("check")
    assert result.exit_code == 1
    places = [line.split(": ")[0] for line in result.stdout.splitlines()]
    assert places == [
        "pages/g.md:3",
        "pages/g.md:4",
        "posts/a.md:3",
        "posts/b.md:2",
        "posts/c.md:1",
        "posts/d.md:3",
        "posts/d.md:4",
        "posts/e.md:1",
        "posts/f.md:1",
    ]
    assert "Traceback" not in result.output


def test_check_is_content_with_a_good_site(blog, made):
    made.write({"posts/good.md": "# Good\n\nText.\n", "pages/about.md": "# About\n"})
    result = blog("check")
    assert (result.exit_code, result.stdout) == (0, "2 files, no problem\n")


def test_freeze_writes_the_site(blog, made):
    made.write({"posts/good.md": "# Good\n\nText.\n"})
    result = blog("freeze")
    assert result.exit_code == 0, result.output
    assert (made.root / "build/posts/good/index.html").is_file()


def test_freeze_goes_on_with_bad_files_and_names_them(blog, made):
    made.write(BAD)
    result = blog("freeze")
    assert result.exit_code == 0, result.output
    assert "posts/a.md:3: " in result.stderr
    assert (made.root / "build/posts/good/index.html").is_file()


def test_new_makes_a_draft_that_check_accepts(blog, made):
    made.write({"posts/first.md": "# First\n"})
    result = blog("new", "Größe & Maß: ein Test")
    assert result.exit_code == 0, result.output
    path, address = result.stdout.splitlines()
    assert (path, address) == (
        "posts/größe-maß-ein-test.md",
        "http://127.0.0.1:8000/posts/gr%C3%B6%C3%9Fe-ma%C3%9F-ein-test/",
    )
    record = json.loads(blog("ls", "--json").stdout)[1]
    assert (record["title"], record["draft"], record["published"]) == ("Größe & Maß: ein Test", True, False)
    assert blog("check").exit_code == 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('titel = "x"', "pyproject.toml:2: titel is not a setting"),
        ('title = "x"\nposts_per_page = 0', "pyproject.toml:3: posts_per_page must be a whole number above zero"),
        ('url = "example.org"', "pyproject.toml:2: url must be an address"),
        ('title = "', "pyproject.toml:2: "),
    ],
)
@pytest.mark.parametrize("command", [["freeze"], ["check"], ["ls"], ["new", "X"], ["run"], ["routes"], ["shell"]])
def test_a_wrong_setting_stops_every_command_with_one_line(blog, made, settings, said, command):
    made.write({"pyproject.toml": f"[tool.blog]\n{settings}\n"})
    result = blog(*command)
    assert result.exit_code == 1
    (line,) = result.output.splitlines()
    assert line.startswith(f"Error: {said}")


def test_a_wrong_variable_of_the_environment_stops_with_one_line(blog):
    result = blog("check", BLOG_FEED_SIZE="many")
    assert result.exit_code == 1
    assert result.output == "Error: environment: BLOG_FEED_SIZE must be a whole number above zero\n"


def test_a_folder_that_is_not_there_is_told_in_one_line(made):
    result = program(made, "--site", "nowhere", "check")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "Error: nowhere: there is no such folder\n"


def test_the_program_prints_a_settings_error_as_one_line(made):
    made.write({"pyproject.toml": "[tool.blog]\nxyzzy = 1\n"})
    result = program(made, "freeze")
    assert (result.returncode, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: pyproject.toml:2: xyzzy is not a setting; there are ")


def test_a_hint_names_the_program_that_was_called(made):
    assert program(made, "new", "One").stderr == "a draft: nobody sees it yet, but you do with: blog serve\n"


def test_the_program_takes_the_folder_it_stands_in_or_that_of_the_variable(made):
    made.write({"one/posts/a.md": "# One\n", "posts/b.md": "# Here\n"})
    assert "posts/b.md" in program(made, "ls").stdout
    assert "posts/a.md" in program(made, "ls", BLOG_SITE="one").stdout
    assert "posts/a.md" in program(made, "--site", "one", "ls").stdout


def test_an_unknown_command_is_refused(blog):
    result = blog("melt")
    assert result.exit_code == 2
    assert "melt" in result.output


def test_the_program_s_exit_codes_say_whether_all_is_well(made):
    made.write({"posts/good.md": "# Good\n\nText.\n"})
    assert program(made, "check").returncode == 0
    made.write({"posts/bad.md": "---\ntitle: [\n---\n"})
    result = program(made, "check")
    assert (result.returncode, result.stderr) == (1, "the setting url is not set: no ids are kept in published.tsv\n")
    assert result.stdout.startswith("posts/bad.md:")
