"""Typography: only quotes, dashes and ellipses of running text change, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blog import markup
from blog.markup import typography
from blog.markup.options import Options

ON = Options(typography=True)
LANGUAGES = [*typography.BY_LANGUAGE, "en-GB", "de-AT", "xx", ""]

PIECES = st.sampled_from(
    r"""a b 1 ' " -- --- ... . , ( ) * ** _ ` `"` [ ](x) ![ <b> </b> <code> </code> \" \' \- & &quot;
    é “ www.a.example/-"
    www.a.example https://a.example/'b" <https://a.example/--> a--b@example.org # > - | |-| [^1] ^[ 's '90s""".split()
) | st.sampled_from([" ", "\n", "\n\n", "    "])


def plain(html: str) -> str:
    """Return HTML with all that typography makes as it was typed, double and single quotes alike."""
    html = re.sub("«\u00a0|\u00a0»", '"', unescape(html))
    html = re.sub("[„“”«»‚‘’‹›']", '"', html)
    return html.replace("—", "---").replace("–", "--").replace("…", "...")


@example('a/-"www.a.example"', "fr")  # the blank within the quotes that French has begins no address
@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(LANGUAGES))
def test_nothing_changes_but_marks(text: str, language: str) -> None:
    made = markup.render(text, options=replace(ON, language=language)).html
    without = markup.render(text, options=Options(language=language)).html
    assert ids_aside(plain(made)) == ids_aside(plain(without))


def ids_aside(html: str) -> str:
    return re.sub(r'\s(?:id|href)="#?[^"]*"', "", html)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_addresses_and_code_stay_as_written(text: str) -> None:
    def kept(html: str) -> list[str]:
        return re.findall(r'(?:href|src)="(?!#)[^"]*"|<code>[^\n]*?</code>', html)

    assert kept(markup.render(text, options=ON).html) == kept(markup.render(text).html)


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_can_be_set(text: str, language: str) -> None:
    markup.render(text, options=replace(ON, language=language))


def test_every_language_has_four_marks() -> None:
    assert {len(marks) for marks in typography.BY_LANGUAGE.values()} == {4}
    assert typography.quotes_of("de-AT") == typography.quotes_of("DE")
    assert typography.quotes_of("de-CH") == tuple("«»‹›")
    assert typography.quotes_of("xx") == typography.quotes_of("") == typography.quotes_of("en")


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "'" * n,
        lambda n: '"' * n,
        lambda n: "a'" * n,
        lambda n: " 'a" * n,
        lambda n: "'\"" * n,
        lambda n: '"a ' * n,
        lambda n: "-- " * n,
        lambda n: "." * n,
        lambda n: "*a*'" * n,
        lambda n: "<b>'" * n,
        lambda n: "http://'" * n,
        lambda n: "http://" + "'" * n,
        lambda n: "a@" * n,
        lambda n: "a" * n + "'",
        lambda n: "a." * n + "--",
    ],
    ids=lambda shape: repr(shape(2)),
)
def test_hostile_text_takes_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    marks = typography.quotes_of("en")
    grows_linearly(lambda text: typography.marked(text, marks), shape, 5000)
    grows_linearly(lambda text: markup.render(text, options=ON), shape, 500)
