"""A site makes the theme its own: one block, one file, all colours. The examples lie in ``theming/``."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from blog import colors, templates
from tests.conftest import MadeSite

EXAMPLES = Path(__file__).parent / "theming"
THEME = templates.THEME / "static" / "theme.css"
PROPERTY = re.compile(r"(?m)^\s*(--[a-z0-9-]+):\s*([^;]+);")
ROOT = re.compile(r":root \{(.*?)^\}", re.DOTALL | re.MULTILINE)


def frozen(tmp_path: Path, name: str, *without: str) -> dict[str, str]:
    """Freeze an example, without some of its files; return the pages by name."""
    folder = tmp_path / f"{name}-{len(without)}"
    site = MadeSite(Path(shutil.copytree(EXAMPLES / name, folder)))
    for file in without:
        (folder / file).unlink()
    pages = {file: body.decode() for file, body in site.freeze().items() if file.endswith(".html")}
    assert site.run("check").exit_code == 0
    return pages


def properties(css: str) -> dict[str, str]:
    """Return the custom properties that the first ``:root`` of a style sheet sets."""
    found = ROOT.search(css)
    assert found
    return {name: " ".join(value.split()) for name, value in PROPERTY.findall(re.sub(r"/\*.*?\*/", "", found[1]))}


def test_one_block_is_another_and_all_else_stays(tmp_path):
    own, theirs = frozen(tmp_path, "block"), frozen(tmp_path, "block", "templates/post.html")
    line = '<p class="button-line">Written at <b>Quay</b>.</p>\n'
    posts = {name for name in own if name.startswith("posts/") and name != "posts/index.html"}
    assert posts == {name for name, page in own.items() if page != theirs[name]}
    for name in posts:
        assert own[name].replace(line, "") == theirs[name]


def test_one_file_is_another_and_all_else_stays(tmp_path):
    own, theirs = frozen(tmp_path, "file"), frozen(tmp_path, "file", "templates/404.html")
    assert {name for name, page in own.items() if page != theirs[name]} == {"404.html"}
    assert "Washed away" in own["404.html"]
    assert '<header class="masthead"' in own["404.html"]


def test_all_colours_are_others_by_one_style_sheet_that_comes_last(tmp_path):
    own, theirs = frozen(tmp_path, "colours"), frozen(tmp_path, "colours", "static/custom.css")
    sheet = re.compile(r'<link rel="stylesheet" href="([^"]*)"[^>]*>\n')
    for name, page in own.items():
        if "masthead" in page:  # a redirect has no style
            assert re.match(r"/static/custom\.[0-9a-f]{10}\.css", sheet.findall(page)[-1])
            last = [found[0] for found in sheet.finditer(page)][-1]
            assert 'integrity="sha384-' in last
            assert page.replace(last, "") == theirs[name]


def test_the_example_names_every_colour_of_the_theme():
    theirs = properties(THEME.read_text(encoding="utf-8"))
    own = properties((EXAMPLES / "colours/static/custom.css").read_text(encoding="utf-8"))
    colours = {name for name, value in theirs.items() if "#" in value} | {"--accent", "--link"}
    assert own.keys() == colours
    assert [name for name in own if own[name] == theirs[name]] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_example_s_colours_can_be_read(scheme):
    own = properties((EXAMPLES / "colours/static/custom.css").read_text(encoding="utf-8"))
    chosen = {}
    for name, value in own.items():
        light, dark = re.fullmatch(r"light-dark\((#\w+), (#\w+)\)", value).groups()
        chosen[name] = light if scheme == "light" else dark
    grounds = ("--paper", "--shade", "--mark", "--plus", "--minus")
    for name in ("--ink", *[name for name in chosen if name not in (*grounds, "--rule", "--edge")]):
        assert colors.contrast(chosen[name], chosen["--paper"]) >= 4.5, name
    for ground in grounds:
        assert colors.contrast(chosen["--ink"], chosen[ground]) >= 4.5, ground


def test_the_site_s_style_sheet_follows_its_file(made):
    made.write({"static/custom.css": "body { color: red }"})
    client = made.app().test_client()
    before = client.get("/").get_data(as_text=True)
    assert "/static/custom." in before
    (made.root / "static/custom.css").write_text("body { color: blue }")
    after = client.get("/").get_data(as_text=True)
    assert "/static/custom." in after
    assert after != before
    (made.root / "static/custom.css").unlink()
    assert "/static/custom." not in client.get("/").get_data(as_text=True)


# What docs/theming.md says


DOCS = Path(__file__).parent.parent / "docs"
TEXT = (DOCS / "theming.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"{%-? block (\w+)")
REPLACED = {"main", "brand"}  # of base.html, by nearly every page


def first_cells(heading: str) -> list[list[str]]:
    """Return the code in the cells of a table, row by row."""
    table = TEXT[TEXT.index(f"| {heading} |") :].split("\n\n")[0]
    return [re.findall(r"`([^`]+)`", line) for line in table.splitlines()[2:]]


def test_every_custom_property_is_listed_once():
    css = re.sub(r"/\*.*?\*/", "", THEME.read_text(encoding="utf-8"), flags=re.DOTALL)
    (languages,) = re.findall(r"^:root, \[lang\] \{(.*?)\}", css, re.MULTILINE)
    there = [*properties(css), *re.findall(r"(--[a-z-]+):", languages)]
    tables = [first_cells(kind) for kind in ("Colour", "Size of type", "Font", "Length")]
    listed = [name for table in tables for row in table for name in row if name.startswith("--")]
    assert sorted(listed) == sorted(there)


def test_every_template_is_listed():
    listed = {name for row in first_cells("Template") for name in row if name.endswith((".html", ".xml"))}
    there = {name.removeprefix("templates/") for name in templates.files() if name.startswith("templates/")}
    folders = {f"{folder}/NAME.html" for folder in ("layouts", "parts")}
    assert listed == {name for name in there if "/" not in name} | folders


def test_the_blocks_of_every_template_are_listed():
    listed = {row[0]: row[1:] for row in first_cells("In")}
    there = {}
    for name in templates.files():
        if name.endswith(".html") and not name.startswith("templates/parts/"):
            found = BLOCK.findall((templates.THEME / name).read_text(encoding="utf-8"))
            blocks = [block for block in found if name == "templates/base.html" or block not in REPLACED]
            if blocks:
                there[name.removeprefix("templates/")] = blocks
    assert listed == there


def test_no_block_has_the_name_of_another_one_above_it():
    base = set(BLOCK.findall((templates.THEME / "templates/base.html").read_text(encoding="utf-8")))
    for name in templates.files():
        if name.endswith(".html") and name != "templates/base.html":
            own = set(BLOCK.findall((templates.THEME / name).read_text(encoding="utf-8")))
            assert own & base <= REPLACED, name


def test_every_macro_is_listed_with_its_arguments():
    source = (templates.THEME / "templates/macros.html").read_text(encoding="utf-8")
    assert sorted(row[0] for row in first_cells("Macro")) == sorted(re.findall(r"{% macro (\w+\(.*?\)) -?%}", source))


def test_the_pictures_are_small_and_shown():
    pictures = sorted(path.name for path in (DOCS / "theming").iterdir() if path.suffix in (".png", ".svg"))
    assert sorted(re.findall(r"!\[[^\]]+\]\(theming/([^)]+)\)", TEXT)) == pictures
    assert [name for name in pictures if (DOCS / "theming" / name).stat().st_size > 60_000] == []
