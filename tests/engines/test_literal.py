"""What a configuration in Python assigns, read without running it, and never more than can be held."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.engines.literal import LONGEST, MOST, assigned

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def said(tmp_path: Path):
    """Return a function from lines to what they assign, and the names that can't be told."""

    def read(lines: str) -> tuple[dict[str, object], list[str]]:
        (tmp_path / "conf.py").write_text(lines)
        names, lost = assigned(tmp_path / "conf.py")
        return names, [one.key for one in lost]

    return read


@given(value=plain)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_assigned_is_read_back(said, value) -> None:
    assert said(f"A = {value!r}\n") == ({"A": ast.literal_eval(repr(value))}, [])


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ('A = "a" + "b"', "ab"),
        ('B = "b"\nA = f"a{B}"', "ab"),
        ('A = "a%s" % "b"', "ab"),
        ('A = "%(x)s" % {"x": "y"}', "y"),
        ('A = "a"\nA += "b"', "ab"),
        ('A = {}\nA["b"] = 1', {"b": 1}),
        ('import os\nA = os.path.join("a", "b")', "a/b"),
        ("A = dict(b=1)", {"b": 1}),
        ("A = not True", False),
    ],
)
def test_what_only_puts_texts_and_tables_together_is_told(said, lines: str, value: object) -> None:
    assert said(lines)[0]["A"] == value


def test_what_would_have_to_be_run_is_named(said) -> None:
    assert said("A = open('x').read()\nB = [1]\nB += more()\n") == ({"B": [1]}, ["A", "B"])


@pytest.mark.parametrize(
    "lines",
    [
        'A = "x"\n' + "A += A\n" * 34,
        'A = ["x"]\n' + "A = [A, A]\n" * 34,
        'A = ["x"]\n' + "A += A\n" * 34,
        'A = [""]\n' + "A = {'a': A, 'b': A}\n" * 34,
        'A = "x"\n' + "A = A + 'xx'\n" * 12_000,
        'A = "%999999999s" % "x"',
        'A = "' + "x" * 9_000 + '"\nA = "' + "%s" * 9_000 + '" % (A,)',
        'A = "' + "x" * 9_000 + '"\nA = "' + "%(a)s" * 9_000 + '" % {"a": A}',
        'A = "' + "x" * 90_000 + '"\nA = f"' + "{A}" * 30_000 + '"',
        'A = {}\nA["x"] = A\n' + 'A["x"] = A\n' * 10_000,
        "".join(f'A["k{number}"] = 1\n' for number in range(12_000)),
        "A = 9\n" + "A += A\n" * 25_000,
        "A = 0x" + "F" * 190_000,
        "A = [" + "1," * 5_000 + "]\n" + "A = A\n" * 25_000,
        "A = " + "-" * 90_000 + "1",
        "A = " + "[" * 90 + "]" * 90,
    ],
    ids=lambda lines: lines[:30],
)
def test_no_few_lines_make_a_value_that_can_not_be_held(said, lines: str) -> None:
    value = said(lines)[0].get("A", "")
    assert len(str(value)) < LONGEST + 10 * MOST
