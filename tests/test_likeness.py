"""Which posts are like which, and that this is kept up with the files at little cost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog import indexer, likeness
from blog.index import Index
from blog.site import of

POST = "---\ntitle: {}\ndate: 2020-01-{:02}\ntags: [{}]\n{}---\n\nText.\n"


def post(title: str, day: int = 1, tags: str = "", more: str = "") -> str:
    return POST.format(title, day, tags, more)


def related(made: Any, name: str, limit: int = 12) -> list[str]:
    return [one.title for one in of(made.app()).library.related(f"posts/{name}.md", limit)]


def test_posts_that_share_tags_are_alike_rare_ones_above_all(made):
    made.write({f"posts/n{n}.md": post(f"N{n}", n + 10, "common") for n in range(8)})
    made.write({"posts/a.md": post("A", 1, "common, rare"), "posts/b.md": post("B", 9, "rare")})
    assert related(made, "a")[0] == "B"
    assert related(made, "b") == ["A"]


def test_of_equals_the_nearest_in_time_come_first(made):
    made.write({f"posts/n{n}.md": post(f"N{n}", n, "x") for n in (1, 3, 9, 20)})
    assert related(made, "n3") == ["N1", "N9", "N20"]


def test_words_of_title_and_summary_count_rare_and_long_ones_above_all(made):
    made.write(
        {
            "posts/a.md": post("With steam engines"),
            "posts/b.md": post("Old things", more="summary: All about engines and steam.\n"),
            "posts/c.md": post("With nothing else"),
        }
    )
    assert related(made, "a") == ["Old things"]
    assert related(made, "c") == []


def test_scripts_without_spaces_are_compared_by_pairs_of_signs(made):
    made.write({"posts/a.md": post("京都の天気予報"), "posts/b.md": post("天気予報の見方"), "posts/c.md": post("猫")})
    assert related(made, "a") == ["天気予報の見方"]


def test_the_parts_of_a_series_are_left_to_their_own_links(made):
    made.write({f"posts/n{n}.md": post(f"N{n}", n, "x", "series: S\n") for n in (1, 2)})
    made.write({"posts/other.md": post("Other", 3, "x")})
    assert related(made, "n1") == ["Other"]
    assert related(made, "other") == ["N2", "N1"]


def test_a_tag_is_another_one_in_another_language(made):
    made.write({"posts/a.md": post("A", 1, "gift"), "posts/b.md": post("B", 2, "gift", "lang: de\n")})
    assert related(made, "a") == []


def test_what_nobody_sees_is_not_named(made):
    made.write({"posts/a.md": post("A", 1, "x"), "posts/b.md": post("B", 2, "x", "draft: true\n")})
    made.write({"posts/c.md": post("C", 3, "x").replace("2020", "2030"), "pages/p.md": post("P", 4, "x")})
    assert related(made, "a") == []
    made.settings(drafts=True, future=True)
    assert related(made, "a") == ["B", "C"]


def test_an_edit_of_a_text_reaches_no_other_page(made):
    made.write({f"posts/{name}.md": post(f"Steam engine {name}", 1, "x") for name in "abc"})
    made.freeze()
    made.write({"posts/a.md": post("Steam engine a", 1, "x") + "\n# Steam and engines of another kind\n"})
    before = {name: (made.root / "build" / name).stat().st_mtime_ns for name in made.tree()}
    made.freeze()
    after = {name: (made.root / "build" / name).stat().st_mtime_ns for name in made.tree()}
    changed = {name for name in after if after[name] != before.get(name)}
    assert "posts/a/index.html" in changed
    assert not {name for name in changed if name.startswith(("posts/b", "posts/c"))}


def test_a_new_title_reaches_the_pages_that_name_it(made):
    made.write({"posts/a.md": post("A", 1, "x"), "posts/b.md": post("B", 2, "x"), "posts/c.md": post("C", 3, "y")})
    made.freeze()
    made.write({"posts/a.md": post("Another", 1, "x")})
    assert b"Another" in made.freeze()["posts/b/index.html"]


WORDS = st.sampled_from(["steam", "engine", "river", "bread", "of the"])
TEXT = st.builds(
    lambda title, day, tags, draft, more: post(" ".join(title), day, ", ".join(tags), f"draft: {draft}\n") + more,
    st.lists(WORDS, min_size=1, max_size=3),
    st.integers(1, 28),
    st.lists(st.sampled_from("vwxyz"), max_size=3),
    st.sampled_from(["true", "false"]),
    st.sampled_from(["", "More.\n"]),
)
STEPS = st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.none() | TEXT, min_size=1, max_size=4), max_size=5)


@pytest.mark.parametrize("common", [2, 511])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(steps=STEPS)
def test_after_any_edits_it_is_what_it_would_be_from_the_start(made, tmp_path_factory, monkeypatch, common, steps):
    monkeypatch.setattr(likeness, "COMMON_TAG", common)
    monkeypatch.setattr(likeness, "COMMON_WORD", common)
    made = type(made)(tmp_path_factory.mktemp("site"))
    made.write({f"posts/{name}.md": post(f"Steam {name}", 1, "x") for name in "abcd"})
    asked = of(made.app()).library
    for step in steps:
        for name, text in step.items():
            (made.root / f"posts/{name}.md").unlink(missing_ok=True)
            if text is not None:
                made.write({f"posts/{name}.md": text})
        asked.refresh()
        fresh = Index(None, "x")
        indexer.update(fresh, asked.settings)
        rows = "SELECT path, terms, found FROM likeness ORDER BY path"
        assert asked.index.rows(rows) == fresh.rows(rows)


def test_what_very_many_share_costs_little(grows_linearly):
    def known(count: int) -> dict[str, likeness.Known]:
        return {
            f"p{n}": likeness.Known(float(n), f"#:all\n#:t{n // 10}\nevery\nword{n // 5}", "") for n in range(count)
        }

    def work(text: str) -> None:
        posts = likeness.Posts(known(len(text)))
        for path in posts.paths:
            posts.like(path)

    grows_linearly(work, lambda size: "x" * size, 600)


TERMS = [f"#en:t{n}" for n in range(5)] + [f"word{n}" for n in range(4)] + ["~series"]
KNOWN = st.builds(
    lambda moment, terms: likeness.Known(float(moment), likeness.BETWEEN.join(terms), ""),
    st.integers(0, 9),
    st.lists(st.sampled_from(TERMS), unique=True, max_size=6),
)


def among_all(posts: likeness.Posts, me: int) -> list[int]:
    """Return the places of the posts most like one, by comparing it with every other one."""
    mine, moment = set(posts.terms[me]), posts.moments[me]
    scores = {
        at: sum(posts.worth.get(term, 0) for term in mine & set(posts.terms[at])) for at in range(len(posts.paths))
    }
    others = [at for at, terms in enumerate(posts.terms) if at != me and "~series" not in mine & set(terms)]
    others.sort(key=lambda at: (-scores[at], abs(posts.moments[at] - moment), at < me, abs(at - me)))
    return [at for at in others if scores[at] >= likeness.TAG][: likeness.KEPT]


@settings(deadline=None)
@given(found=st.lists(KNOWN, max_size=60), kept=st.integers(1, 5), common=st.integers(1, 30))
def test_the_best_are_those_that_a_comparison_with_every_post_finds(found, kept, common):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(likeness, "KEPT", kept)
        patch.setattr(likeness, "COMMON_TAG", common)
        posts = likeness.Posts({f"{place:02}.md": known for place, known in enumerate(found)})
        for me, path in enumerate(posts.paths):
            expected = [posts.paths[at] for at in among_all(posts, me)]
            assert posts.like(path).split(likeness.BETWEEN) == (expected or [""])
