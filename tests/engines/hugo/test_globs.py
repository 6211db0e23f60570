"""Globs as Hugo has them."""

from __future__ import annotations

from blog.engines.hugo import globs


def test_a_glob_is_hugos() -> None:
    assert globs.matches("{/articles,/articles/**}", "/articles/a/b")
    assert not globs.matches("{/articles,/articles/**}", "/articles2")
    assert globs.matches("/a/*", "/a/b")
    assert not globs.matches("/a/*", "/a/b/c")
    assert globs.matches("", "/anything")
    assert globs.matches("/**/a?b/{c,{d,e}}", "/x/y/axb/e")
    assert not globs.matches("/a?b", "/a/b")
    assert not globs.matches("*a" * 50 + "**b" * 50, "a" * 5000)
