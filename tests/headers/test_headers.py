"""What holds for every dialect: any text is read, nothing of it is lost, and what was written is read back."""

# ruff: noqa: PT017 (where anything may be read or refused, what is refused is looked at)

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from blog import headers
from blog.errors import ContentError
from blog.headers.records import Records

NAMES = {dialect.name for dialect in headers.DIALECTS} | {"none"}
RECORDS = {dialect.name for dialect in headers.DIALECTS if isinstance(dialect, Records)}  # the body is made of a field

printable = st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs"))
words = st.text(printable, max_size=20)
keys = st.text(st.characters(codec="ascii", categories=("L",)), min_size=1, max_size=8)
values = st.recursive(
    words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=6
)
tables = st.dictionaries(keys, values, min_size=1, max_size=4)
bodies = st.text(printable | st.just("\n"), max_size=60)


def as_toml(value: object) -> str:
    """Write a value as TOML: its strings are JSON's, but for DEL."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    assert isinstance(value, dict)
    return "{" + ", ".join(f"{key} = {as_toml(inner)}" for key, inner in value.items()) + "}"


@given(tables, bodies)
def test_yaml_is_read_back_as_it_was_written(table: dict[str, object], body: str) -> None:
    written = yaml.safe_dump(table, allow_unicode=True, sort_keys=False)
    for closer in ("---", "..."):
        header = headers.read(f"---\n{written}{closer}\n{body}", "x.md")
        assert (header.dialect, header.meta, header.body) == ("yaml", table, body)


@given(tables, bodies)
def test_toml_is_read_back_as_it_was_written(table: dict[str, object], body: str) -> None:
    written = "".join(f"{key} = {as_toml(value)}\n" for key, value in table.items())
    header = headers.read(f"+++\n{written}+++\n{body}", "x.md")
    assert (header.dialect, header.meta, header.body) == ("toml", table, body)


@given(tables, bodies, st.sampled_from([None, 2]), st.booleans())
def test_json_is_read_back_as_it_was_written(
    table: dict[str, object], body: str, indent: int | None, ascii: bool
) -> None:
    header = headers.read(f"{json.dumps(table, indent=indent, ensure_ascii=ascii)}\n{body}", "x.md")
    assert (header.dialect, header.meta, header.body) == ("json", table, body)


plain = (
    st.text(printable, min_size=1, max_size=20)
    .map(str.strip)
    .filter(
        lambda text: (
            text and text[0] not in "\"'[{|>&!~(" and text not in ("null", "Null", "NULL") and text[-1] not in ")\"'"
        )
    )
)
rows = st.dictionaries(keys.map(str.lower), plain, min_size=1, max_size=4)
PROSE = "Text.\n\n---\n\nMore: text.\n"


def written_keyed(row: dict[str, str]) -> str:
    return "".join(f"{key}: {value}\n" for key, value in row.items()) + "\n"


def written_capital(row: dict[str, str]) -> str:
    return "".join(f"{key.title()}: {value}\n" for key, value in row.items()) + "\n"


def written_lektor(row: dict[str, str]) -> str:
    dashed = {key: f"{value}-" if re.fullmatch("-{3,}", value) else value for key, value in row.items()}
    return "---\n".join(f"{key}: {value}\n" for key, value in dashed.items()) + "---\ndate: 2012\n---\nbody:\n\n"


def written_pandoc(row: dict[str, str]) -> str:
    return f"% {row['title']}\n\n"


WRITERS: dict[str, tuple[Callable[[dict[str, str]], str], str | tuple[str, ...]]] = {
    "keyed": (written_keyed, ""),
    "nikola": (lambda row: "".join(f".. {key}: {value}\n" for key, value in row.items()), ""),
    "nikola in a comment": (
        lambda row: "<!--\n" + "".join(f".. {key}: {value}\n" for key, value in row.items()) + "-->\n",
        ">",
    ),
    "luapress": (lambda row: "".join(f"${key}={value}\n" for key, value in row.items()) + "\n", "$"),
    "references": (lambda row: "".join(f'[#]: {key}: "{value}"\n' for key, value in row.items()) + "\n", ""),
    "references in brackets": (
        lambda row: "".join(f"[#]: {key}: ({value})\n" for key, value in row.items()) + "\n",
        "",
    ),
    "ikiwiki": (lambda row: "".join(f'[[!meta {key}="{value}"]]\n' for key, value in row.items()) + "\n", '"'),
    "quote": (lambda row: "".join(f"> * {key}: {value}\n" for key, value in row.items()) + "> * date: 2012\n\n", "*"),
    "org": (lambda row: "".join(f"#+{key}: {value}\n" for key, value in row.items()) + "\n", "<[:"),
    "jbake": (lambda row: "".join(f"{key}={value}\n" for key, value in row.items()) + "~~~~~~\n", ""),
    "pyblosxom": (
        lambda row: (
            row["title"]
            + "\n#published 2012\n"
            + "".join(f"#{key} {value}\n" for key, value in row.items() if key != "title")
        ),
        "".join(sorted({sign for one in headers.DIALECTS for sign in one.begins})) + "=:",
    ),
    "fields": (
        lambda row: (
            f"= {row['title']}\n" + "".join(f":{k}: {v}\n" for k, v in row.items() if k != "title") + ":date: 1\n\n"
        ),
        "",
    ),
    "lektor": (written_lektor, ""),
    "kirby": (
        lambda row: "\n\n----\n\n".join(f"{key}: {value}" for key, value in row.items()) + "\n\n----\n\nText: ",
        ("\\----",),  # is how a line of dashes is written
    ),
}
ADDED = {"quote": {"date"}, "pyblosxom": {"published"}, "fields": {"date"}, "lektor": {"date"}}


@pytest.mark.parametrize("name", sorted(WRITERS))
@given(row=rows, title=plain)
@settings(max_examples=50)
def test_lines_are_read_back_as_they_were_written(name: str, row: dict[str, str], title: str) -> None:
    write, signs = WRITERS[name]
    dialect = name.split()[0]
    reserved = {"tags", "tag", "taglink", "filetags", "date", "published", "body", "text", "content"}
    row = {"title": title} | {key: value for key, value in row.items() if key not in reserved}
    assume(not any(sign in value for value in row.values() for sign in signs))
    records = dialect in ("lektor", "kirby")
    body = "Text.\n\nMore: text." if records else PROSE
    header = headers.read(write(row) + body, "contents.lr" if dialect == "lektor" else "x.md")
    meta = {key: value for key, value in header.meta.items() if key not in ADDED.get(dialect, ())}
    assert (header.dialect, meta, header.body) == (dialect, row, body)


@given(
    plain,
    st.lists(plain.filter(lambda name: ";" not in name), max_size=3),
    bodies.filter(lambda b: b[:1] not in " \t%"),
)
def test_a_title_block_is_read_back_as_it_was_written(title: str, names: list[str], body: str) -> None:
    header = headers.read(f"% {title}\n% {'; '.join(names)}\n% 2012-09-05\n\n{body}", "x.md")
    meta = {"title": " ".join(title.split()), "author": names, "date": "2012-09-05"}
    assert (header.dialect, header.body) == ("pandoc", body)
    assert header.meta == {key: value for key, value in meta.items() if value}


@given(plain, plain)
def test_pelican_s_values_are_what_is_written(title: str, tags: str) -> None:
    header = headers.read(f'Title: "{title}"\nTags: {tags}\n\n{PROSE}', "x.md")
    assert (header.dialect, header.meta, header.body) == ("keyed", {"Title": f'"{title}"', "Tags": tags}, PROSE)


@given(tables, bodies)
def test_a_header_with_dashes_below_alone_is_read_back_as_it_was_written(table: dict[str, object], body: str) -> None:
    written = yaml.safe_dump({"title": "x", **table}, allow_unicode=True, sort_keys=False)
    header = headers.read(f"{written}---\n{body}", "x.md")
    assert (header.dialect, header.meta, header.body) == ("keyed", {"title": "x", **table}, body)


@given(tables, bodies)
def test_an_object_in_javascript_is_read_back_as_it_was_written(table: dict[str, object], body: str) -> None:
    written = json.dumps(table, ensure_ascii=False)
    for text in (f"export const meta = {written};\n{body}", f"---js\n{written}\n---\n{body}"):
        header = headers.read(text, "x.mdx")
        assert (header.dialect, header.meta, header.body) == ("javascript", table, body)


@given(st.dictionaries(keys, words, min_size=1, max_size=4), bodies)
def test_a_map_in_clojure_is_read_back_as_it_was_written(table: dict[str, str], body: str) -> None:
    table = {"title": "x", **table}
    written = " ".join(f":{key} {json.dumps(value, ensure_ascii=False)}" for key, value in table.items())
    header = headers.read(f"{{{written}}}\n{body}", "x.md")
    assert (header.dialect, header.meta, header.body) == ("edn", table, body)


SIGNS = """
--- ... +++ ;;; ---- ----- ### /* */ <!-- --> ~~~~~~ === {} { } [ ] a: a:b &a *a <<: !x !!int !!set |- > " ' # - ?
a=1 [a] "a":1, ~ @ ` %TAG %YAML 1.1 title: title:x Title:y date:2012 tags:[a body: text: $a=b % #+a:b :a:
:PROPERTIES: :END: [#]:a:(b) [//]:#(a:b) [[!meta [[!tag .. a:x =T #published {:a export const meta={ import > * ####
"""
lines = st.sampled_from(SIGNS.split())
texts = st.text(max_size=80) | st.lists(lines | st.text(max_size=6), max_size=14).flatmap(
    lambda parts: st.tuples(
        st.sampled_from(
            ["---\n", "+++\n", '{"a":', ";;;\n", "---js\n{", "<!--\n", "% ", ".. ", "> * ", "title: x\n", ""]
        ),
        st.sampled_from(["\n", " ", "\n\n", ""]),
        st.sampled_from(["\n---\n", "\n+++\n", "\n;;;\n", "\n-->\n", "\n\nText.\n", ""]),
    ).map(lambda signs: signs[0] + signs[1].join(parts) + signs[2])
)


@given(
    texts | st.binary(max_size=80).map(lambda data: data.decode(errors="replace")), st.sampled_from(["x.md", "x.lr"])
)
@settings(max_examples=300)
def test_any_text_is_read_or_refused_with_a_line_of_its_own(text: str, path: str) -> None:
    try:
        header = headers.read(text, path)
    except ContentError as error:
        assert error.path == path
        assert 1 <= error.line <= text.count("\n") + 1
        assert "\n" not in error.format_message()
        return
    assert all(isinstance(key, str) for key in header.meta)
    assert 1 <= header.body_line <= text.count("\n") + 1
    assert header.dialect in NAMES
    assert header.dialect != "none" or (header.body == text and not header.meta)
    if header.dialect not in RECORDS:
        assert text.endswith(header.body)
        assert header.body_line == text.count("\n", 0, len(text) - len(header.body)) + 1
    for line, message in header.doubts:
        assert 1 <= line <= text.count("\n") + 1
        assert message.strip()
        assert "\n" not in message


@given(texts, texts)
def test_any_text_beside_another_is_read(text: str, beside: str) -> None:
    assume(beside.strip())
    header = headers.read(text, "x.txt", beside)
    assert (header.dialect, header.body) == ("nikola", text)
    assert all(isinstance(key, str) for key in header.meta)


@given(st.lists(st.sampled_from(["title", "mood", "date"]), min_size=1), bodies)
def test_what_stands_below_a_header_of_lines_is_no_part_of_it(names: list[str], body: str) -> None:
    row = "".join(f"{name}: x\n" for name in dict.fromkeys([*names, "title"]))
    assert headers.read(f"{row}\n\nText.\n{body}", "x.md").body == f"\nText.\n{body}"


def test_toml_keeps_its_types() -> None:
    meta = headers.read("+++\nday = 2012-09-05\nmoment = 2012-09-05T10:00:00Z\nyes = true\nn = 3\n+++\n", "x.md").meta
    assert meta == {"day": date(2012, 9, 5), "moment": datetime(2012, 9, 5, 10, tzinfo=UTC), "yes": True, "n": 3}
    assert type(meta["day"]) is date


@pytest.mark.parametrize("text", ["---\n[a: b]\n---\n", "---\n- a\n---\n", "---\nWords: so they say.\nMore.\n---\n"])
def test_what_is_no_table_is_text(text: str) -> None:
    assert headers.read(text, "x.md").body == text


@pytest.mark.parametrize(
    "text", ["---\ntitle: [\n---\nText.\n", '{"title": "Open"\n', "+++\nnothing\n", "+++\na =\n+++\n"]
)
def test_a_header_of_which_nothing_can_be_read_is_refused(text: str) -> None:
    with pytest.raises(ContentError):
        headers.read(text, "x.md")


@pytest.mark.parametrize("value", ["&a [*a]", "&a {b: *a}", "!!int [", "*nowhere"])
def test_a_value_that_can_not_be_is_what_is_written(value: str) -> None:
    header = headers.read(f"---\ntitle: T\na: {value}\n---\nText.\n", "x.md")
    assert (header.meta["title"], header.body) == ("T", "Text.\n")
    assert len(header.doubts) == 1


def laughs(levels: int, width: int = 9, merge: bool = False) -> str:
    """Make a header in which each level names the one below ``width`` times."""
    rows = ["a0: &a0 {k: v}" if merge else "a0: &a0 [ha]"]
    for level in range(1, levels):
        below = ", ".join([f"*a{level - 1}"] * width)
        rows.append(f"a{level}: &a{level} {{<<: [{below}]}}" if merge else f"a{level}: &a{level} [{below}]")
    return "---\n" + "\n".join(rows) + "\n---\n"


def test_anchors_that_explode_are_read_as_they_are_written() -> None:
    header = headers.read(laughs(40).replace("---\n", "---\ntitle: Ha\n", 1), "x.md")
    assert header.meta["title"] == "Ha"
    assert len(json.dumps(header.meta)) < 10_000
    assert "holds more than" in header.doubts[0][1]


def run_apart(code: str, *arguments: str, seconds: int = 10) -> str:
    """Run code in a process of its own, as what is tested here may end or hang it."""
    limits = "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))\n"
    done = subprocess.run(
        [sys.executable, "-c", limits + code, *arguments], capture_output=True, text=True, timeout=seconds, check=False
    )
    assert done.returncode == 0, f"exit code {done.returncode}: {done.stderr[-300:]}"
    return done.stdout.strip()


READ = """
import sys
from blog import errors, headers
try:
    print(len(str(headers.read(eval(sys.argv[1]), "x.md").meta)) < 1_000_000)
except errors.ContentError:
    print(True)
"""


def test_merge_keys_that_explode_fill_no_memory() -> None:
    exploding = (
        "'---\\ntitle: x\\na0: &a0 {k: v}\\n' + ''.join(f'a{i}: &a{i} {{<<: [' + ', '.join([f'*a{i-1}'] * 9) + ']}\\n'"
        " for i in range(1, 12)) + '---\\n'"
    )
    assert run_apart(READ, exploding) == "True"


@pytest.mark.parametrize("depth", [10_000, 100_000])
@pytest.mark.parametrize(
    "shape",
    [
        "'---\\na: ' + '[' * {n} + ']' * {n} + '\\n---\\n'",
        "'---\\na: ' + '[' * {n} + '\\n---\\n'",
        "'---\\na: ' + '{{a: ' * {n} + '}}' * {n} + '\\n---\\n'",
        "'---\\na: ' + '- ' * {n} + 'a\\n---\\n'",
        "'---\\na:\\n' + '- ' * {n} + 'a\\n---\\n'",
        "'+++\\na = ' + '[' * {n} + ']' * {n} + '\\n+++\\n'",
        "'+++\\na = ' + '{{a = ' * {n} + '1' + '}}' * {n} + '\\n+++\\n'",
        "'{{\"a\": ' + '[' * {n} + ']' * {n} + '}}\\n'",
        "'{{\"a\": ' * {n} + '1' + '}}' * {n} + '\\n'",
        "'{{\"a\": ' * {n} + '\\n'",
    ],
    ids=lambda shape: shape.replace("{n}", "n") if isinstance(shape, str) else str(shape),
)
def test_a_header_nested_too_deeply_kills_no_process(shape: str, depth: int) -> None:
    assert run_apart(READ, shape.format(n=depth)) == "True"


def test_a_key_of_ten_thousand_parts_is_in_doubt() -> None:
    header = headers.read("+++\ntitle = 'x'\n" + "a." * 10_000 + "a = 1\n+++\nText.\n", "x.md")
    assert (header.meta["title"], header.body, len(header.doubts)) == ("x", "Text.\n", 1)


@pytest.mark.parametrize("depth", [1, 10, 50, *range(940, 1010, 3)])
def test_json_is_read_at_every_depth(depth: int) -> None:
    """The parser runs twice at different depths of the stack: neither may be the only one to fit."""
    header = headers.read('{"a": ' + "[" * depth + "]" * depth + "}\n", "x.md")
    assert header.dialect == "json" if depth <= 50 else header.doubts


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "---\n" * n,
        lambda n: "---\n" + "a: b\n" * n,
        lambda n: "---\n" + "\n" * n + "a",
        lambda n: "---\n" + " #\n" * n + "a",
        lambda n: "---\n" + " " * n + "a",
        lambda n: "---\na: " + "-" * n + "\n---\n",
        lambda n: "---\na: b\n" + "--- x\n" * n,
        lambda n: "---\na: b\n---" + " " * n + "x\n",
        lambda n: "---\na: " + "[" + "a," * n + "]\n---\n",
        lambda n: '---\na: "' + "\\n" * n + '"\n---\n',
        lambda n: "---\n" + "a" * n + ": b\n---\n",
        lambda n: "+++\n" * n,
        lambda n: "+++\n" + "a = 1\n" * n,
        lambda n: "+++" + " " * n + "x",
        lambda n: "+++\na = [" + "1," * n + "]\n+++\n",
        lambda n: '{"a": ' + "[" * (n // 100) + "\n",
        lambda n: '{"a": "' + "x" * n,
        lambda n: "{" + " " * n + "x",
        lambda n: '{"' + "x" * n,
        lambda n: '{"a": [' + "1," * n + "1]}\n",
        lambda n: "title: x\n" * n,
        lambda n: "title: x\n\n" * n,
        lambda n: "title: x\n" + " a\n" * n,
        lambda n: "title: x\n" + "\n" * n,
        lambda n: "a" * n + ":",
        lambda n: "a " * n,
        lambda n: "title" + " " * n + ":",
        lambda n: "<!-- " * n,
        lambda n: "<!-- -->" * n,
        lambda n: "<!--" + " " * n + "a: b",
        lambda n: "<!--\n" + ".. a: b\n" * n,
        lambda n: ".. a: b\n" * n,
        lambda n: ".. " + "a" * n,
        lambda n: "$a=b\n" * n,
        lambda n: "$" + "a" * n,
        lambda n: "[#]: a: (b)\n" * n,
        lambda n: "[#]: " + "a " * n,
        lambda n: "[//]: # (" + "(" * n,
        lambda n: "[[!meta " + "a" * n,
        lambda n: '[[!meta a="' + "]" * n,
        lambda n: "> * a: b\n" * n,
        lambda n: "> * " + "*" * n,
        lambda n: "% a\n" + "  a\n" * n,
        lambda n: "%" + " " * n + "x",
        lambda n: "#+a: b\n" * n,
        lambda n: "#+" + "a" * n,
        lambda n: ":PROPERTIES:\n" + ":a: b\n" * n,
        lambda n: "a=b\n" * n,
        lambda n: "a" * n + "=",
        lambda n: "T\n" + "#published x\n" * n,
        lambda n: "T\n#" + "a" * n,
        lambda n: "T\n===\n" + ":a: b\n" * n,
        lambda n: "T\n===\n:date: x\n" + " a\n" * n,
        lambda n: "= T\n" + "a\n" * n,
        lambda n: "=" * n,
        lambda n: "Title: x\n\n----\n\n" * n,
        lambda n: "Title: x" + "\n----\n" * n,
        lambda n: "title: x\n---\n" * n,
        lambda n: "title: x\n---\nbody:\n\n" + "#### a ####\n" * n,
        lambda n: ";" * n,
        lambda n: ";;;\n" + '"a": 1\n' * n,
        lambda n: "export const meta = {" + "a: [" * n,
        lambda n: "export const meta = {a: '" + "\\" * n,
        lambda n: "export const meta = {" + "a: 1," * n + "}",
        lambda n: "import a\n" * n,
        lambda n: "---js\n{" + "/*" * n,
        lambda n: "{:a " * n,
        lambda n: "{:title " + '"a" :b ' * n,
        lambda n: "###\n" * n,
        lambda n: "/*\n" + "a: b\n" * n,
        lambda n: "---\ntitle: x\n" + "a: b: c\n" * n + "---\n",
        lambda n: "---\ntitle: [\n" + "- a\n" * n + "---\n",
        lambda n: "+++\ntitle = x\n" + "a = [\n" * n + "+++\n",
    ],
    ids=lambda shape: repr(shape(200))[:40],
)
def test_hostile_headers_take_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    def read(text: str) -> None:
        for path in ("x.md", "x.lr"):
            with contextlib.suppress(ContentError):
                headers.read(text, path)

    grows_linearly(read, shape, 3000)


@pytest.mark.parametrize(
    ("above", "piece"),
    [
        ("---\ntitle: x\n", "a: b\n"),
        ("---\ntitle: [", "- a\n"),
        ("---\ntitle: x\n", "\n"),
        ("+++\ntitle = 'x'\n", "a = 1\n"),
        ("-----\nx\n", "draft: no\n"),
        ("-----\na：b\n", "- b\n"),
        ("\u200b", "\u200b \n"),
        ('{"title": ', "["),
        (";;;\n", '"a": 1,\n'),
        ("title: x\n", "a: b\n"),
        ("Title: x\n", "    a\n"),
        ("title: x\n---\nbody:\n", "#### a ####\n"),
        ("Title: x\n\n----\n\n", "Text: a\n\n----\n\n"),
        ("<!--\n.. title: x\n", "\n"),
        ("% ", "a "),
        ("> * a: b\n", "> * a: b\n"),
        ("T\n===\n", ":a: b\n"),
        ("export const meta = {", "a: ["),
        ("export const meta = {", "/*\n"),
        ('export const meta = {a: "', '\\"'),
        ("export const meta = {", "a: '"),
        ("{:title ", '"a" :b '),
        ('{:title "', '\\"'),
    ],
)
def test_a_million_characters_take_less_than_a_second(above: str, piece: str) -> None:
    text = above + piece * (1_000_000 // len(piece))
    start = time.process_time()
    with contextlib.suppress(ContentError):
        headers.read(text, "x.md")
    assert time.process_time() - start < 1


def test_the_headers_of_a_large_site_are_read_in_a_moment() -> None:
    """Ten thousand posts have a second and a half of processor time; here are two thousand."""
    header = (
        '---\nlayout: post\ntitle: "Moving on: {0}"\ndate: 2012-09-05 10:00:00 +0900\ncategories: [walks, rivers]\n'
        "tags:\n- walks\n- rivers\nauthor: A. Walker\ncomments: true\nsummary: Four miles, two bridges.\n---\n"
    )
    texts = [header.format(number) + "Some text. " * 300 for number in range(2000)]
    start = time.process_time()
    assert {headers.read(text, "x.md").dialect for text in texts} == {"yaml"}
    assert time.process_time() - start < 0.3


@given(
    st.sampled_from(["----", "-----", "---", "—", "———", "---yaml", "\u200b---"]),
    st.lists(
        st.sampled_from(['"title: x', "title x", "标题：a", "\tlink:b", "- a: b", "tags: [a", "{a: b"]), max_size=3
    ),
    st.sampled_from(["draft: true", "draft：true", "\tdraft:true", "“draft”: true", "  draft: yes"]),
    st.sampled_from(["---", "----", "—"]),
)
@example("---", ["tags: [a", "\tlink:b", '"title: x'], "draft: true", "----")
def test_a_damaged_header_that_says_draft_holds_back(fence: str, above: list[str], draft: str, close: str) -> None:
    try:
        header = headers.read("\n".join([fence, *above, draft, close, "Text.", ""]), "x.md")
    except ContentError:
        return  # held back as well
    held = {str(key).lower(): value for key, value in header.meta.items()}
    assert str(held.get("draft")).lower() in ("true", "yes")
    assert "Text." in header.body
