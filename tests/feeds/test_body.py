"""Bodies of entries: whatever a post holds, a reader gets what it can show, and every address is absolute."""

from __future__ import annotations

import re
from collections.abc import Iterator

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup
from blog.feeds import body as module
from blog.feeds.body import CONTROL, MEMORY, Memory, body, first_words
from blog.markup.options import Options

URL = "https://example.org/blog/posts/one/"
FORBIDDEN = set(
    "applet base button canvas embed form frame frameset iframe input link meta noscript object option param script"
    " select style svg template textarea".split()
)
ADDRESSES = ("href", "src", "srcset", "poster", "cite", "data", "action", "background", "xlink:href")


def clean(html: str, key: str = "k") -> str:
    return body(html, URL, key)


def elements(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield tags and attributes as a browser's parser finds them."""
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if isinstance(element.tag, str) and element.tag != "DOCUMENT_FRAGMENT":
            yield re.sub("{.*}", "", element.tag), dict(element.attrib)


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("<a href='two/'>x</a>", '<a href="https://example.org/blog/posts/one/two/">x</a>'),
        ("<a href='/about/'>x</a>", '<a href="https://example.org/about/">x</a>'),
        ("<a href='//other.org/a'>x</a>", '<a href="https://other.org/a">x</a>'),
        ("<a href='#here'>x</a>", '<a href="https://example.org/blog/posts/one/#here">x</a>'),
        ("<a href='?q=1&amp;r=2'>x</a>", '<a href="https://example.org/blog/posts/one/?q=1&amp;r=2">x</a>'),
        ("<a href=''>x</a>", '<a href="https://example.org/blog/posts/one/">x</a>'),
        ("<a href=' mailto:a@example.org '>x</a>", '<a href="mailto:a@example.org">x</a>'),
        ("<img src='a b.png' alt='A'>", '<img src="https://example.org/blog/posts/one/a%20b.png" alt="A">'),
        ("<video poster=p.png></video>", '<video poster="https://example.org/blog/posts/one/p.png"></video>'),
        ("<q cite=/src>x</q>", '<q cite="https://example.org/src">x</q>'),
        (
            "<img srcset='a.png 1x, b,c.png 2x,d.png,' src=a.png>",
            '<img srcset="https://example.org/blog/posts/one/a.png 1x, https://example.org/blog/posts/one/b,c.png 2x,'
            ' https://example.org/blog/posts/one/d.png" src="https://example.org/blog/posts/one/a.png">',
        ),
    ],
)
def test_every_address_is_absolute(given_, expected):
    assert clean(given_) == expected


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("<p onclick='x()' style='color: red' class='y' data-z='1'>Text</p>", "<p>Text</p>"),
        ("<script>x()</script><style>p {}</style><p>Text</p>", "<p>Text</p>"),
        ("<form action='/s'><label>Name <input name='n'></label><button>Go</button> now</form>", "Name  now"),
        ("<select><option>A</option></select><textarea>B</textarea>", ""),
        ("<p>One<!-- a --> <!--more--> two</p>", "<p>One  two</p>"),
        ("<a href='javascript:x()'>x</a>", "<a>x</a>"),
        ("<a href='java\tscript:x()'>x</a>", "<a>x</a>"),
        ("<a href='data:text/html,x'>x</a>", "<a>x</a>"),
        ("<img src='data:text/html,x' alt='x'>", ""),
        ("<img alt='not there'>", ""),
        ("<a href='http://[broken'>x</a>", "<a>x</a>"),
        ("a\x00b\x07c &#7; d\x1b\x7f\ufffe", "abc  d"),
        ("<svg><script>x()</script></svg>", ""),
        ("<span class='k'>def</span>", "def"),
        ("<noscript><img src='https://example.org/a.png'></noscript>", '<img src="https://example.org/a.png">'),
    ],
)
def test_what_readers_take_out_is_out(given_, expected):
    assert clean(given_) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<figure><img src="https://e.org/a.png" alt="A" width="3" height="4"><figcaption>F</figcaption></figure>',
        '<picture><source srcset="https://e.org/a.webp 2x" type="image/webp" media="(min-width: 9em)">'
        '<img src="https://e.org/a.png" alt=""></picture>',
        '<video src="https://e.org/a.mp4" controls="" width="9"></video>',
        '<audio controls=""><source src="https://e.org/a.mp3" type="audio/mpeg"></audio>',
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>B</td></tr></tbody></table>",
        '<details open=""><summary>S</summary>D</details>',
        '<abbr title="A b">AB</abbr>',
        '<p lang="fr" dir="ltr">Bonjour <span lang="de">Tag</span></p>',
        '<math display="block"><mfrac><mi>x</mi><mn>2</mn></mfrac></math>',
        '<pre><code class="language-python">def f(): ...\n</code></pre>',
        '<ol start="3"><li value="4">x</li></ol>',
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
    ],
)
def test_what_readers_show_is_kept(html):
    assert clean(html) == html


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (
            '<iframe src="https://video.example/embed/x?a=1&amp;b=2" title="A &lt;film&gt;">old</iframe>',
            '<a href="https://video.example/embed/x?a=1&amp;b=2">A &lt;film&gt;</a>',
        ),
        ('<iframe src="//v.example/x/"></iframe>', '<a href="https://v.example/x/">v.example/x</a>'),
        ('<embed src="a.swf">', f'<a href="{URL}a.swf">example.org/blog/posts/one/a.swf</a>'),
        (
            '<object data="a.swf"><embed src="a.swf"><p>No Flash</p></object>',
            f'<a href="{URL}a.swf">example.org/blog/posts/one/a.swf</a><p>No Flash</p>',
        ),
        ('<iframe srcdoc="<p>x"></iframe>', ""),
        ('<a title="<iframe src=x>" href="y">z</a>', f'<a title="&lt;iframe src=x&gt;" href="{URL}y">z</a>'),
        (
            "<li><input type=checkbox checked disabled> a</li><li><input type=checkbox> b</li>",
            "<li>☑ a</li><li>☐ b</li>",
        ),
    ],
)
def test_what_readers_cannot_show_becomes_what_they_can(given_, expected):
    assert clean(given_) == expected


def test_ids_are_unlike_those_of_other_entries_and_links_lead_to_the_page():
    note = '<sup id="fnref:1"><a href="#fn:1">1</a></sup><ol><li id="fn:1">Note</li></ol>'
    one, two = clean(note, "a1"), clean(note, "b2")
    ids = [re.findall(r' id="([^"]*)"', text) for text in (one, two)]
    assert ids == [["a1-fnref:1", "a1-fn:1"], ["b2-fnref:1", "b2-fn:1"]]
    assert f'href="{URL}#fn:1"' in one
    assert f'href="{URL}#fn:1"' in two


def test_a_reader_that_looks_for_the_fragment_of_a_link_finds_the_note():
    html = markup.render("a[^1]\n\n[^1]: note\n", options=Options(footnote_prefix="posts-one")).html
    found = clean(html)
    assert re.findall(r' id="([^"]*)"', found) == ["fnref:posts-one:1", "fn:posts-one:1"]
    assert re.findall(r' href="([^"]*)"', found) == [f"{URL}#fn:posts-one:1", f"{URL}#fnref:posts-one:1"]
    assert first_words(found) == "a"


def test_a_line_end_at_the_start_of_code_stays():
    assert clean("<pre>\n\ncode</pre>") == "<pre>\n\ncode</pre>"
    assert clean("<pre>\ncode</pre>") == "<pre>code</pre>"


PIECES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            "<p> </p> <a href='x'> </a> <b> </b> <table> <tr> <td> </table> <pre> \n </pre> <iframe src=y> </iframe>"
            " <script> </script> <style> </style> <!-- --> <object data=z> </object> <math> <mi> </math> <svg> </svg>"
            " <select> <option> <form> </form> <img/src=q> <input type=checkbox> <li id=i> <ul> <textarea> <noscript>"
            " </noscript> <template> <title> <h2 onclick=e()> <plaintext> <xmp> <frameset> <![CDATA[ ]]> <?x ?> &#7;"
            " &lt; & &#x110000; <a href='javascript:x'> <a href='http://['> <embed src=#> <svg><style> <annotation-xml>"
            " <mtext> <base href=//evil.example/> <img srcset=', ,a 1x'> <video poster=''> <a\x00href=x> \ud800".split(
                " "
            )
        ),
    ),
    max_size=25,
).map("".join)


@given(PIECES)
def test_nothing_raises_and_nothing_forbidden_comes_through(html):
    found = clean(html)
    assert not CONTROL.search(found)
    for tag, attributes in elements(found):
        assert tag not in FORBIDDEN
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name not in ("style", "srcdoc")
            if name in ADDRESSES and name != "srcset":
                assert re.match(r"(?:https?|mailto|data:image/)", value), (tag, name, value)
            elif name == "srcset":
                assert all(re.match(r"\s*https?:", one) for one in value.split(", "))


@given(PIECES)
def test_a_clean_body_is_left_as_it_is(html):
    found = clean(html)
    assert clean(found) == found


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_address_is_absolute_or_left_out(link, key):
    for _, attributes in elements(body(f'<a href="{link.replace(chr(34), "")}">x</a>', URL, key)):
        assert re.match(r"[a-z][a-z0-9+.-]*:[^\s<>\"]*\Z", attributes.get("href", "x:"), re.IGNORECASE)


def test_a_large_body_takes_no_more_than_its_share(grows_linearly):
    def made(html: str) -> str:
        return module.clean(html, URL, "k")  # not what is remembered

    grows_linearly(made, lambda size: '<p>Word <a href="x">y</a> <iframe src="//a/b"></iframe></p>' * size, 500)
    grows_linearly(made, lambda size: f'<img srcset="{"a" * size} {"b" * size}">', 20_000)
    grows_linearly(made, lambda size: '<a "' * size, 5_000)
    grows_linearly(made, lambda size: "<noscript <span " * size, 5_000)
    grows_linearly(first_words, lambda size: "<p>" * size + "< <p" * size, 5_000)


def test_a_body_of_nothing_but_open_tags_becomes_text():
    assert clean("<div>" * 100_000 + "a &amp; b<i") == "a &amp; b&lt;i"
    assert clean("<div>" * 1_000 + "x").endswith("x" + "</div>" * 1_000)


def test_a_body_is_made_once_and_the_oldest_is_forgotten():
    memory, made = Memory(10), []

    def make(text):
        return lambda: made.append(text) or text

    assert [memory.get("a", make("aaaa")), memory.get("a", make("bbbb"))] == ["aaaa", "aaaa"]
    memory.get("b", make("cccccccc"))
    memory.get("a", make("dddd"))
    assert made == ["aaaa", "cccccccc", "dddd"]
    memory.get("huge", make("e" * 100))
    assert (memory.size, memory.made) == (0, {})
    assert MEMORY.size <= MEMORY.most


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<h2>Title</h2><p>A first &amp; <b>bold</b>er line.</p>", "A first & bolder line."),
        ("<p>Short.</p><p>Then more.</p>", "Short. Then more."),
        ('<p>Text.</p><div>\n<ol>\n<li id="fn:a:1"><p>Note.</p></li></ol></div>', "Text."),
        ('<ul><li>Item</li></ul><ol><li id="k-fn:1"><p>Note.</p></li></ol>', "Item"),
        ("<p><strong>Warning</strong></p><p>careful</p>", "Warning: careful"),
        ("<p><strong>Really?</strong></p><p>Yes</p>", "Really? Yes"),
        ("<p><strong>All</strong></p>", "All"),
        ("<ul><li>No paragraph</li></ul>", "No paragraph"),
        ('<p>See<sup id="k"><a href="https://e.org/#fn:1">1</a></sup> here</p>', "See here"),
        ("", ""),
        ("<p>" + "word " * 100 + "</p>", "word " * 59 + "word…"),
    ],
)
def test_the_first_words_are_plain_text(html, words):
    assert first_words(html) == words


def test_an_id_that_is_there_twice_is_that_of_the_first():
    html = (
        '<p id="a">One</p><p id="a">Two</p><p id="b">Three</p><iframe src="https://v.example/" title="Film"></iframe>'
    )
    cleaned = body(html, "https://a.example/", "k")
    assert cleaned.startswith('<p id="k-a">One</p><p>Two</p><p id="k-b">Three</p>')
