"""reStructuredText: what docutils makes of it, headings below the title, problems reported and not printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup
from blog.markup.around import Around
from blog.markup.options import Options


def rendered(text: str, around: Around | None = None, **options: object) -> str:
    return markup.render(text, "rst", Options(**options), around=around).html  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Some *words* and ``code``.\n", "<p>Some <em>words</em> and <code>code</code>.</p>\n"),
        ("Head\n====\n\ntext\n", '<section id="head">\n<h2>Head</h2>\n<p>text</p>\n</section>\n'),
        (
            ".. code-block:: python\n   :linenos:\n\n   a = 1\n",
            '<div class="highlight" data-language="python"><pre tabindex="0" role="group" aria-label="Code">'
            '<code class="language-python"><span class="ln" data-n="1"></span>'
            '<span class="n">a</span> <span class="o">=</span> <span class="mi">1</span>\n</code></pre></div>\n',
        ),
        (
            "::\n\n   a < b\n",
            '<div class="highlight"><pre tabindex="0" role="group" aria-label="Code">'
            "<code>a &lt; b\n</code></pre></div>\n",
        ),
        (
            ".. note:: Mind it.\n",
            '<aside class="callout callout-note">\n<p class="callout-title">Note</p>\n<p>Mind it.</p>\n</aside>\n',
        ),
        (".. raw:: html\n\n   <b>x</b>\n", "<b>x</b>\n"),
        (
            ".. youtube:: abc\n",
            '<p class="embed"><a href="https://www.youtube.com/watch?v=abc">YouTube: abc</a></p>\n',
        ),
        (
            ".. thumbnail:: /cup.png\n   :alt: A cup\n\n   So *warm*\n",
            '<figure>\n<a href="/cup.png"><img src="/cup.png" alt="A cup" decoding="async"></a>\n'
            "<figcaption>So <em>warm</em></figcaption>\n</figure>\n",
        ),
        (":func:`print` :ref:`words <there>`\n", "<p><code>print</code> <code>words</code></p>\n"),
    ],
)
def test_a_text_becomes_html(text: str, html: str) -> None:
    assert rendered(text) == html


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("ok\n\n.. nobody:: x\n", 3, 'Unknown directive type "nobody".'),
        (":nobody:`x`\n", 1, 'Unknown interpreted text role "nobody".'),
        ("a **b\n", 1, "Inline strong start-string without end-string."),
        ("`nobody`_\n", 1, 'Unknown target name: "nobody".'),
        ("A longer head\n=====\n\nx\n", 2, "Title underline too short."),
        (".. include:: /etc/hostname\n", 1, '"include" directive disabled.'),
    ],
)
def test_a_problem_is_told_with_its_line_and_not_printed(text: str, line: int, said: str) -> None:
    around = Around()
    html = rendered(text, around)
    assert [(told.line, told.message.partition(": ")[2]) for told in around.told] == [(line, said)]
    assert "system-message" not in html
    assert "problematic" not in html


def test_no_file_is_read(tmp_path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    for directive in (f".. include:: {tmp_path}/secret.txt", f".. csv-table::\n   :file: {tmp_path}/secret.txt",
                      f".. raw:: html\n   :file: {tmp_path}/secret.txt"):  # fmt: skip
        assert "secret</" not in rendered(f"{directive}\n")
        assert "<p>secret" not in rendered(f"{directive}\n")


def test_its_notes_are_named_in_the_language_of_the_text() -> None:
    assert '<p class="callout-title">Hinweis</p>' in rendered(".. hint:: Ja.\n", language="de") or "Tipp" in rendered(
        ".. hint:: Ja.\n", language="de"
    )


def test_the_sign_of_nikola_ends_the_beginning() -> None:
    made = markup.render("one\n\n.. TEASER_END\n\ntwo\n", "rst")
    assert (made.excerpt.strip(), made.more) == ("<p>one</p>", True)
    assert "TEASER" not in made.html


def test_a_text_leads_to_another_by_its_name() -> None:
    around = Around(ask=lambda question, name: {"named": f"/{name}/", "titled": "Tea"}[question])
    assert rendered(":doc:`tea` :doc:`so <tea>`\n", around) == (
        '<p><a class="reference external" href="/tea/">Tea</a> <a class="reference external" href="/tea/">so</a></p>\n'
    )


@pytest.mark.parametrize("text", ["a\n\n" * 3000, "a" * 200_000, "".join(" " * n + "- a\n" for n in range(500))])
def test_a_text_that_is_too_much_is_shown_as_written(text: str) -> None:
    around = Around()
    html = rendered(text, around)
    assert html.startswith('<pre tabindex="0" role="group" aria-label="Code">')
    assert around.told


PIECES = (
    "a|*|**|`|``|_|:a:|.. |::|\n|\n\n|   |===|- |[1]_|.. [1] |<b>|.. code::|.. image:: a|+-+|= =|.. raw:: html"
    "|.. figure::|.. math::|:math:`x`|>>> a".split("|")
)


@given(st.lists(st.sampled_from([*PIECES, "|"]), max_size=25).map("".join))
def test_any_text_is_read(text: str) -> None:
    assert "system-message" not in rendered(text)
