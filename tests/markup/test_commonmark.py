"""The examples of CommonMark's and GitHub's specifications render as those say.

They come with the source distribution of a package that isn't installed, ``marko``, which ``.ci/run`` fetches;
``MARKDOWN_SPECS`` names the folder it lies in:

    pip download --no-deps --no-binary marko --dest .venv/specs marko==2.2.4
"""

from __future__ import annotations

import os
import re
import tarfile
from html import unescape
from pathlib import Path

import pytest

from blog import markup

FOLDER = Path(os.environ.get("MARKDOWN_SPECS", Path(__file__).parents[2] / ".venv" / "specs"))
FENCE = "`" * 32
EXAMPLE = re.compile(rf"^{FENCE} example *(.*)\n((?s:.*?))^\.\n((?s:.*?))^{FENCE}$", re.MULTILINE)
# GitHub's filter of raw HTML is left out: the owner's HTML passes.
LEFT_OUT = {"tagfilter", "disabled"}


def specification(name: str) -> list[tuple[str, str, str]]:
    """Return extension, Markdown and HTML of every example."""
    found = sorted(FOLDER.glob("marko-2.2.4.tar.gz"))
    if not found:
        pytest.skip(f"the specifications are not in {FOLDER}: pip download --no-deps --no-binary marko marko==2.2.4")
    with tarfile.open(found[0]) as tar:
        file = tar.extractfile(f"marko-2.2.4/tests/spec/{name}.txt")
        assert file
        text = file.read().decode("utf-8").replace("→", "\t")
    return EXAMPLE.findall(text)


def alike(html: str) -> str:
    """Return HTML without what makes no difference: space between tags, how a tag without content is closed."""
    html = re.sub(r" />", ">", html)
    parts = re.split(r"(<pre>.*?</pre>)", html, flags=re.DOTALL)
    parts[::2] = [re.sub(r"\s+", " ", re.sub(r"\s*(</?(?:\w+)[^<>]*>)\s*", r"\1", part)) for part in parts[::2]]
    return unescape("".join(parts)).strip()


def wrong(examples: list[tuple[str, str, str]], render: object) -> list[str]:
    assert callable(render)
    return [body for _, body, html in examples if alike(render(body)) != alike(html)]


def test_commonmark() -> None:
    examples = specification("commonmark")
    assert len(examples) == 652
    assert wrong(examples, markup.commonmark) == []


def test_what_github_adds_to_it() -> None:
    examples = [example for example in specification("gfm") if example[0] and example[0] not in LEFT_OUT]
    assert len(examples) == 21
    assert wrong(examples, markup.gfm) == []


def test_what_a_site_gets_is_commonmark_but_for_bare_addresses_that_are_links() -> None:
    ours = re.compile(
        r'<div class="highlight"(?: data-language="[^"]*")?>|(?<=</pre>)</div>'
        r'| tabindex="0" role="group" aria-label="Code"'
        r'|(?<=<h\d) id="[^"]*"|</?span[^>]*>'
    )
    images = "<img"  # theirs may have more attributes
    examples = [example for example in specification("commonmark") if images not in example[2]]
    differ = wrong(examples, lambda body: ours.sub("", markup.render(body).html))
    bare = ["<https://foo.bar/baz bim>\n", "< https://foo.bar >\n", "https://example.com\n", "foo@bar.example.com\n"]
    assert differ == bare
