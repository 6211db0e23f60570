"""The renderer: any text becomes HTML, the same every time, with nothing in it that runs by surprise."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup

texts = st.text(max_size=80) | st.lists(
    st.sampled_from(
        "# - 1. > ``` ~~~ * ** _ ` [ ] ( ) ![ <b> </b> <!-- --> | |-| [^1] [^1]: --- === & < \\ \t a b http://a".split(
            " "
        )
    )
    | st.sampled_from(["\n", "\n\n", "    ", " "]),
    max_size=30,
).map("".join)


def ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]*)"', html)


@given(texts)
def test_any_text_renders_and_does_so_the_same_again(text: str) -> None:
    first = markup.render(text)
    assert markup.render(text) == first
    assert isinstance(first.html, str)


@given(texts)
def test_any_html_passes_as_it_is_but_for_form_feeds(text: str) -> None:
    assert markup.render(text, "html").html == text.replace("\f", " ")


@given(st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=40))
def test_words_are_a_paragraph(words: str) -> None:
    assert markup.render(words).html == f"<p>{words}</p>\n"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java%73cript:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "%20javascript:alert(1)",
        "vbscript:x",
        "data:text/html;base64,aaaa",
        "data:text/html,b",
    ],
)
def test_an_address_that_runs_code_leads_nowhere(address: str) -> None:
    html = markup.render(f"[a](<{address}>) ![b](<{address}>)\n\n[c]\n\n[c]: <{address}>\n").html
    assert set(re.findall(r'(?:href|src)="([^"]*)"', html)) == {"#"}


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/?a=1",
        "mailto:me@example.org",
        "xmpp:me@example.org",
        "magnet:?xt=a",
        "feed:x",
        "sms:1",
        "x.md#a",
        "#a",
    ],
)
def test_every_other_address_stays(address: str) -> None:
    assert f'href="{escape(address)}"' in markup.render(f"[a]({address})\n").html


def test_quotes_can_not_leave_an_attribute() -> None:
    html = markup.render('![a"onload=1](<x"y> \'T"onload=2\')\n\n[a](<x"y> \'T"onclick=1\')\n').html
    assert not re.search(r'"\s*on(load|click)=', html)
    assert re.sub(r'"[^"]*"', "", html).count('"') == 0


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n# A\n\n# A-1\n",
        "one[^a] two[^b] one again[^a]\n\n[^a]: x\n[^b]: y\n",
        "# fn-1\n\n# fnref-1\n\none[^a]\n\n[^a]: x\n",
    ],
)
def test_every_id_stands_once(text: str) -> None:
    found = ids(markup.render(text).html)
    assert found == list(dict.fromkeys(found))


def test_ids_of_one_text_do_not_depend_on_another() -> None:
    first = markup.render("# A\n").html
    assert first == markup.render("# A\n").html == '<h1 id="a">A</h1>\n'


def test_many_threads_render_as_one_does() -> None:
    bodies = [
        f"# Same\n\nText {n}[^1] <a>x\n\n# Same\n\n[^1]: note {n}\n\n```python\nx = {n}\n```\n" * 5 for n in range(60)
    ]
    alone = [markup.render(body) for body in bodies]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(markup.render, bodies)) == alone


def test_an_open_link_in_one_text_does_not_reach_the_next() -> None:
    markup.render("<a href='x'>never closed https://example.org/\n")
    assert "<a href=" in markup.render("https://example.org/\n").html


SHAPES: list[Callable[[int], str]] = [
    lambda n: "[" * n,
    lambda n: "]" * n,
    lambda n: "![](" * n,
    lambda n: "[a](<" * n,
    lambda n: "[a][b" * n,
    lambda n: "*a " * n,
    lambda n: "a**b" * n,
    lambda n: "*a_ " * n,
    lambda n: "`x" * n + "``",
    lambda n: ">" * n,
    lambda n: "> a\n" * n,
    lambda n: "- a\n" * n,
    lambda n: "- " * n,
    lambda n: "1. " * n,
    lambda n: "# a\n" * n,
    lambda n: "# a" + " " * n + "b",
    lambda n: "a\n" * n + "===\n",
    lambda n: "a  \n" * n,
    lambda n: "a" + " " * n + "b",
    lambda n: "<a " * n,
    lambda n: "a <!-- " * n,
    lambda n: "<!--" * n,
    lambda n: "<div>\n\n" * n,
    lambda n: "<b>" * n + "<!--more-->",
    lambda n: "<b></i>" * n + "<!--more-->",
    lambda n: '<b "' * n + "<!--more-->",
    lambda n: "<!--" + " " * n,
    lambda n: "<p" * n,
    lambda n: "|a" * n + "\n" + "|-" * n + "\n",
    lambda n: "[^1]" * n + "\n\n[^1]: x\n",
    lambda n: "".join(f"[^{i}]" for i in range(n)) + "\n\n" + "".join(f"[^{i}]: x\n" for i in range(n)),
    lambda n: "[x]: /a\n" * n,
    lambda n: "```\n\n" * n,
    lambda n: "```python\n" + "(\n" * n,
    lambda n: "http://a" * n,
    lambda n: "http://a." + "." * n,
    lambda n: "http://a/" + ")" * n,
    lambda n: "http://a/" + "&amp;" * n,
    lambda n: "http://a/" + "&amp;)" * n,
    lambda n: "a@" * n,
    lambda n: "a@b." * n,
    lambda n: "a" * n + "@",
    lambda n: "~~a " * n,
    lambda n: "&" * n,
    lambda n: "\\" * n,
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: repr(shape(2))[:30])
def test_hostile_text_takes_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    grows_linearly(markup.render, shape, 1500)


@pytest.mark.parametrize(
    "shape",
    [lambda n: "<p>" * n, lambda n: "<p" * n, lambda n: "<!--" * n, lambda n: "<p>a</p>" * n, lambda n: "<p></p>" * n],
    ids=lambda shape: repr(shape(2)),
)
def test_hostile_html_takes_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    grows_linearly(lambda text: markup.render(text, "html"), shape, 3000)


@pytest.mark.parametrize("sign", [">", "- ", "[", "*", "1. ", "<div>", "!["])
def test_ten_thousand_levels_are_no_reason_to_fall(sign: str) -> None:
    assert markup.render(sign * 10_000 + "a").html


@given(st.integers(0, 0x110000), st.sampled_from(["&#{};", "&#x{:x};"]))
def test_no_entity_brings_a_control_character(code: int, form: str) -> None:
    """One in a feed makes the whole feed unreadable."""
    sign = form.format(code)
    text = f'a{sign}b `{sign}` [x](y{sign} "z{sign}") ![a{sign}](b)\n\n# {sign}\n\n```{sign}\n{sign}\n```\n'
    made = markup.render(text)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", made.html + made.excerpt)


def test_a_text_keeps_the_normalisation_that_its_author_chose() -> None:
    for cafe in ("cafe\u0301", "caf\u00e9"):
        assert markup.render(f"{cafe} `{cafe}` [{cafe}](https://example.org/)\n").html.count(cafe) == 3
