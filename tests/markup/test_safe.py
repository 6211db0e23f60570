"""Addresses: what a browser would run leads nowhere, anything else passes as written."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup
from blog.markup.safe import safe


def scheme(url: str) -> str:
    """Return the scheme as a browser reads it. https://url.spec.whatwg.org/#concept-basic-url-parser"""
    url = re.sub(r"[\t\n\r]", "", url.lstrip("".join(map(chr, range(0x21)))))
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", url)
    return found[1].lower() if found else ""


PIECES = st.sampled_from(
    [*"jJaAvVsScCrRiIpPtT:/#%.;&x", *"\t\n\r \x00\x1f\x7f\u2028", "javascript", "vbscript", "data", "text/html,", "%3A"]
)


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=20))
def test_nothing_that_a_browser_runs_passes(url: str) -> None:
    if scheme(url) in ("javascript", "vbscript", "data"):
        assert safe(url) == "#"
    else:
        assert safe(url) in (url, "#")


@pytest.mark.parametrize(
    "url",
    [
        "java\tscript:x",
        "\x01javascript:x",
        " JaVaScRiPt:x",
        "java&#115;cript:x",
        "javascript%3ax",
        "feed:javascript:x",
        "view-source:javascript:x",
        "livescript:x",
        "data:text/html,x",
        "data:,x",
        "data:image/svg,x",
    ],
)
def test_no_disguise_helps(url: str) -> None:
    assert safe(url) == "#"


@pytest.mark.parametrize(
    "url",
    [
        "xmpp:me@example.org",
        "sms:+15551234",
        "magnet:?xt=urn:btih:aa",
        "feed:https://example.org/feed.xml",
        "matrix:u/me:example.org",
        "gemini://example.org/",
        "tel:+1",
        "ipfs://x",
        "obsidian://open?vault=x",
        "data:image/png;base64,AA==",
        "data:image/svg+xml,<svg/>",
        "a:b",
        "javascript.html",
        "x?javascript:",
        "/javascript:",
        "#javascript:",
        "größe.md",
        "",
    ],
)
def test_every_other_address_passes_as_written(url: str) -> None:
    assert safe(url) == url


@given(st.lists(PIECES, max_size=14).map("".join))
def test_no_link_of_a_text_runs(url: str) -> None:
    html = markup.render(f"[a](<{url}>) ![b](<{url}>) <{url}>").html
    for link in re.findall(r'(?:href|src)="([^"]*)"', html):
        assert scheme(unescape(link)) not in ("javascript", "vbscript", "data")
