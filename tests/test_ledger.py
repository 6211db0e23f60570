"""The ledger as bytes: what is written is read back, what is broken is named, and who is who doesn't hang on order."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import ledger
from blog.ledger import Known, Line, Matching

WORDS = st.text(max_size=30).map(ledger.plain)
IDS = WORDS.filter(bool)
FILES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30).filter(
    lambda name: "\ufffd" not in name
)
ADDRESSES = st.lists(st.from_regex(r"/([a-z0-9%.-]{1,8}/){0,2}", fullmatch=True), max_size=3).map(" ".join)
LINES = st.builds(
    Line, IDS.filter(lambda one: "\ufffd" not in one), FILES, WORDS, WORDS, ADDRESSES, st.just(0), st.just(False)
)
ONE, TWO = (
    Line("a:1", "posts/a.md", "2026-01-01", "A", "/a/ /old/"),
    Line("a:2", "posts/b.md", "2026-01-02", "B", "/b/"),
)


def told(found: Collection[Line]) -> list[Line]:
    return [line._replace(number=0, held=False) for line in found]


def written(*lines: Line) -> bytes:
    return ledger.merged(ledger.read(b""), lines)


# Reading and writing


@given(st.lists(LINES, unique_by=lambda line: line.id, max_size=8))
def test_what_is_written_is_read_back(lines: list[Line]) -> None:
    found = ledger.read(written(*lines))
    assert (told(found.lines), found.wrong) == (sorted(lines), [])


@given(st.binary(max_size=300), LINES)
def test_no_bytes_are_too_broken_to_be_read_and_kept(data: bytes, line: Line) -> None:
    before = ledger.read(data, "published.tsv")
    after = ledger.merged(before, [line])
    for row in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        assert row in after.split(b"\n")
    assert line in told(ledger.read(after).lines)


@given(st.lists(LINES, unique_by=lambda line: line.id, min_size=1, max_size=8), st.data())
def test_lines_can_come_one_after_the_other(lines: list[Line], data: st.DataObject) -> None:
    made = b""
    for line in data.draw(st.permutations(lines)):
        made = ledger.merged(ledger.read(made), [line])
    assert made == written(*lines)


def test_a_line_is_changed_in_its_place_and_all_others_stay_byte_for_byte() -> None:
    data = b"# mine\nz:1\tz.md\n\xff broken\r\n" + f"{ONE}\r\n{TWO}\n".encode() + b"no end"
    before = ledger.read(data)
    changed = before.lines[2]._replace(title="Other")
    assert ledger.merged(before, [changed]) == data.replace(str(TWO).encode(), str(changed).encode()) + b"\n"


def test_line_ends_stay_as_they_are() -> None:
    data = f"{ledger.ABOUT}\r\n{TWO}\r\n".encode()
    assert ledger.merged(ledger.read(data), [ONE]) == f"{ledger.ABOUT}\r\n{ONE}\r\n{TWO}\r\n".encode()


def test_a_line_may_be_as_short_as_an_id_and_a_file() -> None:
    found = ledger.read(
        b"\xef\xbb\xbfurn:x\tposts/a.md\n\n# a note\nurn:y\tposts/b.md\t2026-01-01\tB\t/b/\t/c/ /d/\r\n"
    )
    assert told(found.lines) == [
        Line("urn:x", "posts/a.md"),
        Line("urn:y", "posts/b.md", "2026-01-01", "B", "/b/ /c/ /d/"),
    ]
    assert found.wrong == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"https://example.org/a/ posts/a.md", "no tab"),
        (b"\tposts/a.md", "doesn't begin with an id"),
        (b" x\tposts/a.md", "doesn't begin with an id"),
        (b"x\tposts/\xff.md", "isn't UTF-8"),
        (b"<<<<<<< HEAD", "git couldn't merge"),
    ],
)
def test_a_broken_line_is_named_and_passed_over(row: bytes, reason: str) -> None:
    found = ledger.read(str(ONE).encode() + b"\n" + row + b"\n" + str(TWO).encode(), "published.tsv")
    assert told(found.lines) == [ONE, TWO]
    (wrong,) = found.wrong
    assert (wrong.path, wrong.line) == ("published.tsv", 2)
    assert reason in wrong.message


def test_both_sides_of_a_conflict_count_and_nothing_is_written_between_them() -> None:
    three = Line("a:3", "posts/c.md")
    data = f"<<<<<<< ours\n{ONE}\n=======\n{three}\n>>>>>>> theirs\n".encode()
    before = ledger.read(data)
    assert told(before.lines) == [ONE, three]
    assert ledger.merged(before, [TWO]) == data + f"{TWO}\n".encode()


def test_ids_and_files_that_two_lines_have_are_named() -> None:
    rows = [ONE, ONE._replace(title="B"), TWO._replace(file=ONE.file), TWO._replace(id="a:3", file="")]
    wrong = list(ledger.duplicates(ledger.read("\n".join(map(str, rows)).encode()), "published.tsv"))
    assert [(problem.line, problem.message) for problem in wrong] == [
        (2, "line 1 has this id too, and counts: a:1"),
        (3, "line 1 names this file too: posts/a.md"),
    ]


@pytest.mark.parametrize(
    ("meta", "identity"),
    [
        ({}, ""),
        ({"guid": "urn:uuid:1"}, "urn:uuid:1"),
        ({"guid": "Episode 12"}, "Episode 12"),
        ({"guid": "http://example.org/?p=24", "id": 24}, "http://example.org/?p=24"),
        ({"id": "tag:example.org,2012:1"}, "tag:example.org,2012:1"),
        ({"id": 24}, ""),
        ({"id": "intro"}, ""),
        ({"id": "note: a thing"}, ""),
        ({"guid": "  a\tb\x00\ud800c "}, "a b c"),
        ({"guid": ["x"]}, ""),
    ],
)
def test_a_header_gives_an_id_if_it_can_be_one(meta: dict[str, object], identity: str) -> None:
    assert ledger.own_id(meta) == identity


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://example.org/", True),
        ("http://localhost.example/", True),
        ("http://192.168.1.7/", True),
        ("http://127.0.0.1:8000/", False),
        ("http://LOCALHOST/", False),
        ("http://x.localhost:80/blog/", False),
        ("http://[::1]:8000/", False),
    ],
)
def test_nobody_subscribes_to_a_machine_that_only_knows_itself(url: str, public: bool) -> None:
    assert ledger.is_public(url) is public


# Who is who


@dataclass
class Site:
    """Documents by file, as (address, date, title, own id, aliases), and the files that are there beside them."""

    documents: dict[str, tuple[str, str, str, str, tuple[str, ...]]]
    more: set[str] = field(default_factory=set)

    def ids(self, lines: list[Line], shuffle: random.Random | None = None) -> dict[str, str]:
        names, lines = list(self.documents), list(lines)
        if shuffle:
            shuffle.shuffle(names)
            shuffle.shuffle(lines)
        of = {name: self.documents[name] for name in names}
        matching = Matching(
            lines,
            {name: said[3] for name, said in of.items() if said[3]},
            lambda url: f"https://example.org{url}",
            lambda files: {file for file in files if file in of or file in self.more},
            lambda files: {file: Known(of[file][1], of[file][2]) for file in files},
            lambda files: {file: of[file][4] for file in files},
        )
        matching.match({name: said[0] for name, said in of.items()})
        return matching.ids


def document(
    url: str, date: str = "2026-02-02", title: str = "T", own: str = "", aliases: tuple[str, ...] = ()
) -> tuple[str, str, str, str, tuple[str, ...]]:
    return url, date, title, own, aliases


A = Line("urn:a", "a.md", "2026-01-01", "A", "/a/ /very-old/")


@pytest.mark.parametrize(
    ("name", "said", "identity"),
    [
        ("a.md", document("/x/", own="urn:own"), "urn:own"),
        ("b.md", document("/x/", own="urn:a"), "urn:a"),
        ("a.md", document("/x/"), "urn:a"),
        ("b.md", document("/a/"), "urn:a"),
        ("b.md", document("/very-old/"), "urn:a"),
        ("b.md", document("/b/", aliases=("/c", "/a")), "urn:a"),
        ("b.md", document("/b/", aliases=("/very-old",)), "urn:a"),
        ("b.md", document("/b/", "2026-01-01T09:00:00+09:00", "A"), "urn:a"),
        ("b.md", document("/b/", "2026-01-01", "B"), "https://example.org/b/"),
        ("b.md", document("/b/", "2026-01-02", "A"), "https://example.org/b/"),
    ],
)
def test_a_document_is_known_by_its_header_its_file_its_addresses_or_its_words(
    name: str, said: tuple[str, str, str, str, tuple[str, ...]], identity: str
) -> None:
    assert Site({name: said}).ids([A]) == {name: identity}


def test_a_line_whose_file_is_there_belongs_to_nobody_else() -> None:
    """A draft, say, or a file that can't be read just now."""
    assert Site({"b.md": document("/a/")}, {"a.md"}).ids([A]) == {"b.md": "https://example.org/a/"}


def test_an_id_that_was_given_up_for_another_comes_back_only_by_a_header() -> None:
    given_up = Line("urn:0", "", "2026-01-01", "A", "/a/")
    moved = {"b.md": document("/b/", "2026-01-01", "A", aliases=("/a",))}
    assert Site(moved).ids([given_up, A]) == {"b.md": "urn:a"}
    assert Site(moved).ids([given_up]) == {"b.md": "https://example.org/b/"}
    assert Site({"b.md": document("/b/", own="urn:0")}).ids([given_up, A]) == {"b.md": "urn:0"}


def test_date_and_title_count_only_for_one_line_and_one_document() -> None:
    same = {"b.md": document("/b/", "2026-01-01", "A"), "c.md": document("/c/", "2026-01-01", "A")}
    assert Site(same).ids([A]) == {"b.md": "https://example.org/b/", "c.md": "https://example.org/c/"}
    two = [A, A._replace(id="urn:z", file="z.md", addresses="/z/")]
    assert Site({"b.md": same["b.md"]}).ids(two) == {"b.md": "https://example.org/b/"}


def test_an_address_that_was_another_entrys_makes_an_id_of_its_own() -> None:
    line = Line("https://example.org/a/", "moved.md", "2026-01-01", "A", "/moved/ /a/")
    new = {"moved.md": document("/moved/"), "a.md": document("/a/")}
    assert Site(new).ids([line])["a.md"] == "https://example.org/a/#2"
    more = [line, Line("https://example.org/a/#2", "b.md")]
    assert Site(new, {"b.md"}).ids(more)["a.md"] == "https://example.org/a/#3"


def test_an_id_that_two_headers_name_is_that_of_whom_the_line_names_or_the_first() -> None:
    both = {"b.md": document("/b/", own="urn:a"), "c.md": document("/c/", own="urn:a")}
    assert Site(both).ids([]) == {"b.md": "urn:a", "c.md": "https://example.org/c/"}
    assert Site(both).ids([A._replace(file="c.md")]) == {"b.md": "https://example.org/b/", "c.md": "urn:a"}


def test_a_header_cannot_take_the_id_of_a_document_that_is_there() -> None:
    both = {"a.md": document("/a/"), "b.md": document("/b/", own="urn:a")}
    assert Site(both).ids([A]) == {"a.md": "urn:a", "b.md": "https://example.org/b/"}


NAMES = st.sampled_from(["a.md", "b.md", "c.md", "d.md"])
SOME_IDS = st.sampled_from(
    ["urn:a", "urn:b", "https://example.org/a/", "https://example.org/b/", "https://example.org/a/#2"]
)
PLACES = st.sampled_from(["/a/", "/b/", "/c/", "/d/"])
DAYS = st.sampled_from(["2026-01-01", "2026-01-02"])
TITLES = st.sampled_from(["A", "B"])


@st.composite
def sites(draw: st.DrawFn) -> Site:
    names = draw(st.lists(NAMES, unique=True))
    urls = draw(st.permutations(["/a/", "/b/", "/c/", "/d/"]))
    own = st.one_of(st.just(""), SOME_IDS)
    return Site(
        {
            name: (url, draw(DAYS), draw(TITLES), draw(own), tuple(draw(st.lists(PLACES, max_size=2))))
            for name, url in zip(names, urls, strict=False)
        },
        draw(st.sets(NAMES, max_size=1)),
    )


SOME_LINES = st.lists(
    st.builds(
        Line, SOME_IDS, NAMES, DAYS, TITLES, st.lists(PLACES, max_size=2).map(" ".join), st.just(0), st.just(False)
    ),
    max_size=5,
)


@given(sites(), SOME_LINES, st.randoms(use_true_random=False))
def test_who_is_who_hangs_on_no_order_and_no_two_share_an_id(
    site: Site, lines: list[Line], shuffle: random.Random
) -> None:
    found = site.ids(lines)
    assert site.ids(lines, shuffle) == found
    assert found.keys() == site.documents.keys()
    assert len(set(found.values())) == len(found)


@given(sites(), SOME_LINES)
def test_an_entry_has_the_id_before_it_is_recorded_that_it_has_then(site: Site, lines: list[Line]) -> None:
    found = site.ids(lines)
    known = {line.id for line in lines}
    rest = [line for line in lines if line.file not in found or found[line.file] == line.id]
    fresh = [Line(found[name], name) for name in found if found[name] not in known]
    named = [line._replace(file=next((n for n in found if found[n] == line.id), line.file)) for line in rest]
    assert site.ids([*named, *fresh]) == found
