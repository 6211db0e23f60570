"""What may not stand in the body of an entry is found, and so is every address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.feeds.bodies import look

FINE = """<p id="a">Text with <a href="https://a.example/#b">a link</a>, <a href="mailto:ann@a.example">mail</a>,
<img src="https://a.example/x.png" srcset="https://a.example/x.png 1x, https://a.example/y,z.png 2x" alt="">
<img src="data:image/png;base64,AAAA" alt=""></p>"""


def test_a_body_in_order_has_no_fault_and_names_its_addresses_and_fragments():
    found = look(FINE)
    assert found.faults == ()
    assert found.links == (
        "https://a.example/#b",
        "mailto:ann@a.example",
        "https://a.example/x.png",
        "https://a.example/y,z.png",
        "data:image/png;base64,AAAA",
    )
    assert found.ids == {"a"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<script>x</script>", "there is <script>"),
        ("<p><style>x</style></p>", "there is <style>"),
        ('<iframe src="https://a.example/"></iframe>', "there is <iframe>"),
        ("<form></form>", "there is <form>"),
        ("<input>", "there is <input>"),
        ('<p onclick="x">', "there is an attribute onclick"),
        ('<p style="x">', "there is an attribute style"),
        ('<a href="/x/">', "an address isn't absolute: /x/"),
        ('<a href="#x">', "an address isn't absolute: #x"),
        ('<a href="//a.example/">', "an address isn't absolute: //a.example/"),
        ('<img src="x.png">', "an address isn't absolute: x.png"),
        ('<img srcset="https://a.example/x.png 1x, y.png 2x">', "an address isn't absolute: y.png"),
        ('<video poster="x.png">', "an address isn't absolute: x.png"),
        ('<blockquote cite="x">', "an address isn't absolute: x"),
        ('<a href="javascript:x()">', "an address isn't safe: javascript:x()"),
        ('<a href="data:text/html,x">', "an address isn't safe: data:text/html,x"),
        ('<p id="a"><p id="a">', "the id a is there twice"),
        ("a\x0bb", "there is a control character"),
    ],
)
def test_a_fault_is_named(text, fault):
    assert look(f"<p>Before.</p>{text}").faults == (fault,)


@pytest.mark.parametrize("text", ["", "plain", "<", "<!-- x -->", "a < b", "<p", "\x00"])
def test_what_is_hardly_html_is_looked_at_all_the_same(text):
    assert look(text).links == ()


@given(st.text(alphabet=st.sampled_from("<>/=\"' apbhrefsc!-&;\x00é"), max_size=60) | st.text(max_size=60))
def test_nothing_is_raised_whatever_the_body_is(text):
    look(text)
