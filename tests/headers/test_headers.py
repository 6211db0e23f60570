"""What holds for every dialect: any text is read or refused, and what was written is read back."""

# ruff: noqa: PT017 (where anything may be read or refused, what is refused is looked at)

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from blog import headers
from blog.errors import ContentError

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


lines = st.sampled_from(
    '--- ... +++ {} { } [ ] a: a:b &a *a <<: !x !!int !!set |- > " \' # - ? a=1 [a] "a":1, ~ @ ` %TAG %YAML 1.1'.split(
        " "
    )
)
texts = st.text(max_size=80) | st.lists(lines | st.text(max_size=6), max_size=14).flatmap(
    lambda parts: st.sampled_from(["---\n", "+++\n", '{"a":', ""]).map(
        lambda start: start + "\n".join(parts) + {"---\n": "\n---\n", "+++\n": "\n+++\n"}.get(start, "")
    )
)


@given(texts)
def test_any_text_is_read_or_refused_with_a_line_of_its_own(text: str) -> None:
    try:
        header = headers.read(text, "x.md")
    except ContentError as error:
        assert error.path == "x.md"
        assert 1 <= error.line <= text.count("\n") + 1
        assert "\n" not in error.format_message()
        return
    assert text.endswith(header.body)
    assert all(isinstance(key, str) for key in header.meta)
    assert header.dialect != "none" or (header.body == text and not header.meta)


def test_toml_keeps_its_types() -> None:
    meta = headers.read("+++\nday = 2012-09-05\nmoment = 2012-09-05T10:00:00Z\nyes = true\nn = 3\n+++\n", "x.md").meta
    assert meta == {"day": date(2012, 9, 5), "moment": datetime(2012, 9, 5, 10, tzinfo=UTC), "yes": True, "n": 3}
    assert type(meta["day"]) is date


@pytest.mark.parametrize("header", ["---\n[a: b]\n---\n", "---\na: &a [*a]\n---\n", "---\na: &a {b: *a}\n---\n"])
def test_what_is_no_table_or_holds_itself_is_refused(header: str) -> None:
    with pytest.raises(ContentError):
        headers.read(header, "x.md")


def laughs(levels: int, width: int = 9, merge: bool = False) -> str:
    """Make a header in which each level names the one below ``width`` times."""
    rows = ["a0: &a0 {k: v}" if merge else "a0: &a0 [ha]"]
    for level in range(1, levels):
        below = ", ".join([f"*a{level - 1}"] * width)
        rows.append(f"a{level}: &a{level} {{<<: [{below}]}}" if merge else f"a{level}: &a{level} [{below}]")
    return "---\n" + "\n".join(rows) + "\n---\n"


def test_anchors_that_explode_are_refused() -> None:
    with pytest.raises(ContentError, match="holds more than"):
        headers.read(laughs(40), "x.md")


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
from blog import headers
from blog.errors import ContentError
try:
    headers.read(eval(sys.argv[1]), "x.md")
    print("read")
except ContentError as error:
    print("refused", error.path)
"""


def test_merge_keys_that_explode_are_refused() -> None:
    exploding = (
        "'---\\na0: &a0 {k: v}\\n' + ''.join(f'a{i}: &a{i} {{<<: [' + ', '.join([f'*a{i-1}'] * 9) + ']}\\n'"
        " for i in range(1, 12)) + '---\\n'"
    )
    assert run_apart(READ, exploding) == "refused x.md"


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
def test_a_header_nested_too_deeply_is_refused_and_kills_no_process(shape: str, depth: int) -> None:
    assert run_apart(READ, shape.format(n=depth)) == "refused x.md"


def test_a_key_of_ten_thousand_parts_is_refused() -> None:
    with pytest.raises(ContentError):
        headers.read("+++\n" + "a." * 10_000 + "a = 1\n+++\n", "x.md")


@pytest.mark.parametrize("depth", [1, 10, 50, *range(900, 1010)])
def test_json_is_read_or_refused_at_every_depth(depth: int) -> None:
    """The parser runs twice at different depths of the stack: neither may be the only one to fit."""
    try:
        headers.read('{"a": ' + "[" * depth + "]" * depth + "}\n", "x.md")
    except ContentError as error:
        assert depth >= 100
        assert "nested" in error.reason


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
    ],
    ids=lambda shape: repr(shape(200))[:40],
)
def test_hostile_headers_take_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    def read(text: str) -> None:
        with contextlib.suppress(ContentError):
            headers.read(text, "x.md")

    grows_linearly(read, shape, 3000)
