"""Syntax of other engines: whatever is written, it is read in time, nothing is lost, and nothing is left behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup
from blog.markup import around, outside, tags
from blog.markup.options import FOREIGN, Options
from blog.settings.choices import MARKDOWN

SIGNS = re.compile("[\ufdd0-\ufdef]")
PIECES = {
    "comments": "%% % a \n",
    "hexo": '{% %} youtube codeblock endcodeblock raw endraw note endnote nobody endnobody post_link img ` ``` a " \n',
    "kramdown": "{: } {::comment} {:/comment} {:/} {::nomarkdown} {::options /} {:a: .b #c {:a} ** ` ``` ^ {:toc} - \n",
    "liquid": '{% %} {{ }} if endif for x in site.title endfor raw endraw highlight endhighlight include | upcase " \n',
    "luapress": "--MORE-- [= ] posts/a $=url $raw$ $/raw$ $! !$ \n",
    "mdx": "import export const = { } {/* */} <A </A> /> > <div className= style={{ }} \" ' ` ``` <> \n",
    "nikola": '{{% %}} / raw nobody youtube doc thumbnail a=b " \n',
    "pelican": "[a]( {filename} |static| {tag} {index} ) a.md <a href=' '> \n",
    "shortcodes": '{{< >}} {{% %}} / /* */ figure details highlight nobody src= " ` ref a - \n',
    "wikilinks": "[[ ]] ![[ | # ^ a b.png | \\ ` \n",
    "zola": '{{ }} {% %} ( ) end youtube nobody id= " /* */ , \n',
}
WIDE = r"abc *_`[]()<>&\"'#-|\n"


def asked(question: str, name: str) -> str:
    """Answer for a site in which there is whatever a text names, but for what begins with n."""
    answers = {"named": f"/{len(name)}/", "titled": "T *t*", "included": "{{ include.a }}", "extent": "4x2"}
    return "" if name.startswith("n") else answers.get(question, "")


def rendered(text: str, switch: str) -> str:
    stand = around.Around(ask=asked, embed=lambda name: f"<p>{len(name)}</p>", page={"title": "T"})
    return markup.render(text, options=replace(Options(), **{switch: True}), around=stand).html


def texts(switch: str) -> st.SearchStrategy[str]:
    pieces = [piece if piece != "\\n" else "\n" for piece in PIECES[switch].split(" ")]
    return st.lists(st.sampled_from(pieces) | st.text(WIDE, max_size=3), max_size=30).map(" ".join)


def test_each_switch_is_one_of_the_settings_and_off_by_default() -> None:
    assert set(FOREIGN) == set(PIECES)
    assert set(FOREIGN) <= MARKDOWN
    assert not any(field.default for field in fields(Options) if field.name in FOREIGN)


@pytest.mark.parametrize("switch", FOREIGN)
def test_whatever_is_written_is_read(switch: str) -> None:
    @given(texts(switch))
    def check(text: str) -> None:
        html = rendered(text, switch)
        assert not SIGNS.search(html)

    check()


@pytest.mark.parametrize("switch", FOREIGN)
@given(st.text(st.characters(exclude_characters="\x00\r"), max_size=80))
def test_any_text_is_read(switch: str, text: str) -> None:
    assert not SIGNS.search(rendered(text, switch))


@pytest.mark.parametrize("switch", FOREIGN)
@given(st.text("abc *_`[]()\n#-", max_size=60).filter(lambda text: "[[" not in text and "\n-" not in text))
def test_text_without_the_syntax_is_the_same(switch: str, text: str) -> None:
    assert rendered(text, switch) == markup.render(text).html


@pytest.mark.parametrize("switch", FOREIGN)
def test_signs_that_stand_for_pieces_cannot_be_written(switch: str) -> None:
    assert "a b" in rendered("a \ufdd0\ufdd2\ufdd1\ufde2\ufdd3\ufdd1b", switch).replace("  ", " ")


SHAPES: dict[str, list[str]] = {
    "comments": ["%%", "%%a", "%% `", "`%%"],
    "hexo": [
        "{%",
        "{% a",
        "{% a %}",
        "{% raw %}",
        "{% a %}{% enda %}",
        "{% note %}",
        "{% post_link n %}",
        "{% img a.png ",
    ],
    "kramdown": [
        "{:",
        "{: a",
        "{: .a}",
        "{::comment}",
        "{::comment",
        "{:a: .b}\n",
        "*a*{: .b}",
        "\n^",
        "{:/}",
        "`a`{:.b",
    ],
    "liquid": [
        "{%",
        "{{",
        "{{ x }}",
        "{% if x %}",
        "{% raw %}",
        "{% x",
        "{{ x | f ",
        "{%-",
        "{{ '",
        "{% for a in b %}",
        "{% comment %}",
        "{% highlight %}",
        "{% include a.html %}",
        "{% endif %}",
        "{% a %}{% enda %}",
        "%}{%",
    ],
    "luapress": ["[=", "[=a]", "[=n]", "--MORE--", "\n$raw$\n", "\n$!", "\n$! a !$", "$=url"],
    "mdx": [
        "<A",
        "<A>",
        "<A a='",
        "<A {",
        "{/*",
        "import a\n\n",
        "export const a = {\n\n",
        "<a b={",
        "<A></A>",
        "{x}",
        "<>",
    ],
    "nikola": ["{{%", "{{% a %}}", "{{% raw %}}", "{{% /a %}}", "{{% a %}}{{% /a %}}", "{{% a '"],
    "pelican": ["[a]({filename}n)", "[a]({", "<a href='{filename}", "<a href='|static|n'>"],
    "shortcodes": [
        "{{<",
        "{{< a",
        "{{< a >}}",
        "{{< a >}}{{< /a >}}",
        "{{< /a >}}",
        "{{</*",
        "{{< a '",
        "{{< details >}}",
        "{{< figure >}}",
        "{{% a %}}\n",
        "{{< ref n >}}",
    ],
    "wikilinks": ["[[", "![[", "[[a", "[[a]]", "![[a]]\n\n", "[[a|", "[[a|b]", " ^a\n\n", "![[n.png]]", "[[a#"],
    "zola": [
        "{{ a(",
        "{{ a() }}",
        "{% a() %}",
        "{% end %}",
        "{% a() %}{% end %}",
        "{{/*",
        "{{ a('",
        "{% a() %}x{{ b() }}",
    ],
}


@pytest.mark.parametrize(("switch", "shape"), [(switch, shape) for switch in SHAPES for shape in SHAPES[switch]])
def test_it_takes_work_in_proportion(grows_linearly: Callable[..., None], switch: str, shape: str) -> None:
    grows_linearly(lambda text: rendered(text, switch), lambda n: shape * n, 1000)


@pytest.mark.parametrize("switch", FOREIGN)
def test_tags_in_tags_are_read_to_a_depth(switch: str) -> None:
    opens = {"shortcodes": "{{< details >}}", "liquid": "{% if true %}", "zola": "{% quote() %}", "mdx": "<Note>"}
    if switch in opens:
        assert "words" in rendered(opens[switch] * 3000 + "words", switch)


@given(
    st.dictionaries(
        st.text("abcz", min_size=1, max_size=5), st.text(st.characters(exclude_characters="\x00"), max_size=9)
    )
)
def test_what_is_given_to_a_tag_is_read_back(given_to: dict[str, str]) -> None:
    said = " ".join(
        f'{key}="{value.translate({34: chr(92) + chr(34), 92: chr(92) * 2})}"' for key, value in given_to.items()
    )
    assert tags.arguments(said) == given_to


@given(st.lists(st.sampled_from(["`", "``", "```", "~~~", "a", "\n", "\n\n", " ", "> "]), max_size=40).map("".join))
def test_what_is_outside_of_code_can_be_changed_and_nothing_is_lost(text: str) -> None:
    assert outside.changed(text, lambda part: part) == text
    assert "".join(part for part, _ in outside.blocks(text)) == text


@pytest.mark.parametrize(
    "html",
    [
        "<!-- more -->",
        "<!--break-->",
        "<!-- TEASER_END: read on -->",
        "<!-- excerpt -->",
        "<!-- PELICAN_END_SUMMARY -->",
    ],
)
def test_each_sign_for_the_end_of_the_beginning_ends_it(html: str) -> None:
    made = markup.render(f"one\n\n{html}\n\ntwo\n")
    assert made.excerpt == "<p>one</p>\n"
    assert html not in made.html


def test_the_sign_of_luapress_ends_the_beginning() -> None:
    made = markup.render("one\n--MORE--\ntwo\n", options=Options(luapress=True))
    assert (made.excerpt, made.more) == ("<p>one</p>\n", True)


def test_html_texts_hold_what_is_read_before_markdown() -> None:
    html = markup.render("<p>{{ 'a' | upcase }}</p>", "html", Options(liquid=True)).html
    assert html == "<p>A</p>"
    assert markup.render("<p>[[a]] {{ x }}</p>", "html").html == "<p>[[a]] {{ x }}</p>"
