"""Links of wikis: by the name of a file, whichever folder it is in, kept right when the file moves."""

from __future__ import annotations

import pytest

from blog.site import of


def site(made, switches: str = '["wikilinks"]'):
    made.write({"pyproject.toml": f"[tool.blog]\nmarkdown = {switches}\n"})
    return made


def text(made, path: str = "pages/a.md") -> str:
    library = of(made.app()).library
    return library.text(path)


def test_a_name_leads_to_the_file_that_has_it(made):
    site(made).write({"pages/a.md": "# A\n\n[[Green Tea]] [[green tea|so]] [[Green Tea#How Long?]]\n"})
    made.write({"pages/deep/er/Green Tea.md": "# Green\n\n## How Long?\n"})
    assert text(made) == (
        '<p><a href="/deep/er/green-tea/">Green Tea</a> <a href="/deep/er/green-tea/">so</a> '
        '<a href="/deep/er/green-tea/#how-long">Green Tea &gt; How Long?</a></p>\n'
    )


def test_of_several_files_the_one_beside_wins_then_the_shortest_path(made):
    site(made).write({"pages/x/a.md": "# A\n\n[[b]]\n", "pages/a.md": "# A\n\n[[b]] [[y/b]]\n"})
    made.write({f"pages/{folder}/b.md": "# B\n" for folder in ("x", "long/er", "y")})
    library = of(made.app()).library
    assert 'href="/x/b/"' in library.text("pages/x/a.md")
    assert library.text("pages/a.md") == '<p><a href="/x/b/">b</a> <a href="/y/b/">y/b</a></p>\n'


def test_what_is_not_there_is_its_words_and_reported(made):
    site(made).write({"pages/a.md": "# A\n\nSee [[Nothing|no *thing*]].\n"})
    assert text(made) == "<p>See no *thing*.</p>\n"
    result = made.run("check")
    assert result.stdout == "pages/a.md:3: there is no file Nothing to lead to\n"


def test_a_picture_has_the_width_that_is_given(made):
    site(made).write({"pages/a.md": "# A\n\n![[cup.svg|A cup|30]]\n"})
    made.write({"pages/img/cup.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"></svg>'})
    assert 'src="/img/cup.svg" alt="A cup" width="30" height="20"' in text(made)


def test_a_text_is_shown_in_another_and_what_it_shows_itself_is_a_link(made):
    site(made).write({"pages/a.md": "# A\n\n![[b]]\n", "pages/b.md": "# B\n\nWords of b, [c](c.md).\n\n![[a]]\n"})
    made.write({"pages/c.md": "# C\n"})
    html = text(made)
    assert html.startswith('<blockquote class="embed">\n<p>Words of b, <a href="/c/">c</a>.</p>\n')
    assert html.count("<blockquote") == 1


def test_a_part_of_a_text_can_be_shown(made):
    body = "# B\n\n## One\n\nfirst\n\n### Below\n\nsecond\n\n## Two\n\nthird ^block\n"
    site(made).write({"pages/a.md": "# A\n\n![[b#One]]\n\n![[b#^block]]\n", "pages/b.md": body})
    first, second = text(made).split("</blockquote>")[:2]
    assert "first" in first
    assert "second" in first
    assert "third" not in first
    assert "<p>third</p>" in second
    assert "first" not in second


def test_a_text_is_made_anew_when_what_it_shows_or_names_changes(made):
    site(made).write({"pages/a.md": "# A\n\n![[b]]\n\n[[c]]\n", "pages/b.md": "# B\n\nold\n", "pages/c.md": "# C\n"})
    library = of(made.app()).library
    assert "old" in library.text("pages/a.md")
    made.write({"pages/b.md": "# B\n\nnew and longer\n", "pages/c.md": "---\nslug: moved\n---\n# C\n"})
    library.refresh()
    html = library.text("pages/a.md")
    assert "new and longer" in html
    assert 'href="/moved/"' in html


def test_names_of_blocks_are_left_out(made):
    site(made).write({"pages/a.md": "# A\n\nwords ^one\n\n- item ^two\n"})
    assert "^" not in text(made)


@pytest.mark.parametrize("body", ["[[b]]", "![[b]]", "words ^one"])
def test_unless_it_is_switched_on_it_is_text(made, body):
    made.write({"pages/a.md": f"# A\n\n{body}\n", "pages/b.md": "# B\n"})
    assert text(made) == f"<p>{body}</p>\n"


def test_what_is_frozen_is_what_is_served(made):
    site(made).write({"pages/a.md": "# A\n\n![[b]]\n\n[[b]]\n", "pages/b.md": "# B\n\nold\n"})
    assert made.run("freeze").exit_code == 0
    made.write({"pages/b.md": "---\nslug: moved\n---\n# B\n\nnew\n"})
    assert made.run("freeze").exit_code == 0
    assert made.run("verify").exit_code == 0
