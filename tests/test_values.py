"""Values: what an author wrote becomes text, a list, a switch or a number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import values

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.dates()
    | st.times()
    | st.datetimes(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Moving On", "Moving On"),
        ("  two\n  lines\t", "two lines"),
        (2017, "2017"),
        ("007", "007"),
        (True, "true"),
        (False, "false"),
        (None, ""),
        (["a"], ""),
        ({"a": "b"}, ""),
        (date(2012, 9, 5), "2012-09-05"),
        (datetime(2012, 9, 5, 10, tzinfo=UTC), "2012-09-05T10:00:00+00:00"),
        (time(12, 30), "12:30:00"),
    ],
)
def test_text_is_one_line(written: object, text: str) -> None:
    assert values.text(written) == text


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        (["go", "python"], ("go", "python")),
        ("go, python ,, go", ("go", "python")),
        ("one tag", ("one tag",)),
        (["a, b", "c"], ("a, b", "c")),
        ([2017, True, None, ""], ("2017", "true")),
        (2017, ("2017",)),
        (True, ("true",)),
        ("", ()),
        (None, ()),
        ({"a": "b", "c": {}}, ("a", "c")),
        ([["a", ["e"]], {"b": "c"}, {}, "d"], ("a", "e", "b: c", "d")),
        (["a", "Go", "go", "b", "GO", "A"], ("a", "Go", "b")),
        ("ein、zwei，drei, vier", ("ein", "zwei", "drei", "vier")),
        ("one; two, three; ", ("one", "two, three")),
        ("eins；zwei", ("eins", "zwei")),
        ("['one', \"two, three\", four]", ("one", "two, three", "four")),
        ('["a", "it\'s"]', ("a", "it's")),
        ("[it's, b]", ("it's", "b")),
        ("[one]", ("one",)),
        ("[]", ()),
        ("[[one]]", ("[[one]]",)),
        (["[one]"], ("[one]",)),
        (["3.10", "No", "12:30"], ("3.10", "No", "12:30")),
    ],
)
def test_a_list_is_one_with_or_without_brackets(written: object, texts: tuple[str, ...]) -> None:
    assert values.listed(written) == texts


@pytest.mark.parametrize(
    ("split", "texts"),
    [
        (",", ("one two", "three")),
        (" ", ("one", "two,", "three")),
        (", ", ("one", "two", "three")),
        ("", ("one two, three",)),
    ],
)
def test_a_dialect_says_how_a_text_becomes_a_list(split: str, texts: tuple[str, ...]) -> None:
    assert values.listed("one two,  three", split) == texts
    assert values.listed(["one two"], split) == ("one two",)


@pytest.mark.parametrize(
    ("written", "paths"),
    [
        ("code", (("code",),)),
        ("code, notes", (("code, notes",),)),
        (["code", "python"], (("code", "python"),)),
        ([["code", "python"], "notes", ["code", "python"]], (("code", "python"), ("notes",))),
        ([[], None], ()),
        (None, ()),
        ({"a": 1}, (("a",),)),
    ],
)
def test_nested_categories_are_paths(written: object, paths: tuple[tuple[str, ...], ...]) -> None:
    assert values.paths(written) == paths


def test_tags_lose_the_sign_before_them() -> None:
    assert values.unhashed(["#one", "two/#three", "##four", "#", "ONE", "＃fünf"]) == (
        "one",
        "two/#three",
        "four",
        "fünf",
    )


def test_a_list_that_holds_itself_ends() -> None:
    endless: list[object] = ["a"]
    endless += [endless, endless]
    assert values.listed(endless) == ("a",)


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "[" + "'" * n + "]",
        lambda n: "[" + "'\"" * n + "]",
        lambda n: "[" + "'a'\"" * n + "]",
        lambda n: "[" + " " * n + "]",
        lambda n: " " * n + "[" + " " * n,
        lambda n: "[" * n,
        lambda n: ",;" * n,
    ],
    ids=lambda shape: repr(shape(2)),
)
def test_hostile_lists_take_work_in_proportion(
    grows_linearly: Callable[..., None], shape: Callable[[int], str]
) -> None:
    def all_of_it(text: str) -> None:
        for split in (",", " ", ", ", ""):
            values.listed(text, split)
        values.paths(text)

    grows_linearly(all_of_it, shape, 4_000)


@pytest.mark.parametrize("written", ["true", "True", "YES", "on", "y", "1", 1, True, " true "])
def test_a_yes_is_a_yes(written: object) -> None:
    assert values.flag(written) is True


@pytest.mark.parametrize("written", ["false", "No", "off", "n", "0", 0, False, "", None])
def test_a_no_is_a_no(written: object) -> None:
    assert values.flag(written) is False


@pytest.mark.parametrize("written", ["perhaps", "2", 2, date(2012, 9, 5)])
def test_neither_yes_nor_no_is_said_so(written: object) -> None:
    assert values.flag(written) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3", 3),
        (3, 3),
        ("-2", -2),
        ("3.9", 3),
        (" 10 ", 10),
        ("", 0),
        ("ten", 0),
        (None, 0),
        ("inf", 0),
        ("nan", 0),
        ([3], 0),
    ],
)
def test_a_number_is_whole(written: object, number: int) -> None:
    assert values.number(written) == number


@given(anything)
def test_anything_has_a_text_a_list_a_switch_and_a_number(value: object) -> None:
    text = values.text(value)
    assert text == " ".join(text.split())
    for split in (",", " ", ", ", ""):
        parts = values.listed(value, split)
        assert all(part and part == values.text(part) for part in parts)
        assert len({part.casefold() for part in parts}) == len(parts)
    assert all(path and all(path) for path in values.paths(value))
    assert values.flag(value) in (True, False, None)
    assert isinstance(values.number(value), int)


@given(st.lists(st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=8)))
def test_a_list_and_its_text_with_commas_say_the_same(words: list[str]) -> None:
    assert values.listed(words) == values.listed(", ".join(words)) == values.listed(" ".join(words), " ")
    assert values.listed(repr(words)) == values.listed(words)
