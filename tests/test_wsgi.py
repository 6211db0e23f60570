"""The application for servers: how it starts, and what is said where it can't."""

from __future__ import annotations

import ast
from pathlib import Path

from blog import errors


def test_a_setting_that_is_wrong_is_said_in_one_line(made):
    made.write({"pyproject.toml": "[tool.blog]\nurl = 12\n"})
    done = made.script("import blog.wsgi")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("pyproject.toml:2: ")


def test_what_is_logged_at_the_start_has_its_time(made):
    made.settings(watch="poll")
    made.write({"posts/a.md": "---\ntitle: [\n---\n"})
    done = made.script("import blog.wsgi\nblog.wsgi.app.extensions['blog'].live.changed(set())")
    assert done.returncode == 0, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("[2")
    assert "WARNING in live: posts/a.md:" in line


def test_nothing_is_loaded_before_a_server_can_be_told_to_stop():
    tree = ast.parse((Path(errors.__file__).parent / "wsgi.py").read_text(encoding="utf-8"))
    names = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    assert names <= {"__future__", "collections.abc", "contextlib", "signal", "sys", "threading", "typing"}
