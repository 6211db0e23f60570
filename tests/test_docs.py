"""The documentation tells the truth: settings, commands and links in it are those that there are."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest

from blog import cli, create_app, markup
from blog.settings import TABLE
from blog.settings.choices import MARKDOWN

REPOSITORY = Path(__file__).parent.parent
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
SETTINGS = REPOSITORY / "docs" / "settings.md"


def rows() -> dict[str, list[str]]:
    """Return the rows of the table of settings by name: type, default, meaning."""
    text = SETTINGS.read_text(encoding="utf-8")
    table = text[text.index("| Setting | Type | Default | Meaning |") :].split("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines()[2:]]
    return {cell[0].strip("`"): cell[1:] for cell in cells}


def test_the_table_lists_the_settings_that_there_are_in_their_order() -> None:
    assert list(rows()) == list(TABLE)


@pytest.mark.parametrize("name", list(TABLE))
def test_a_setting_is_described_as_it_is(name: str) -> None:
    kind, default, meaning = rows()[name]
    written = tomllib.loads(f"value = {default.strip('`')}")["value"]
    actual = TABLE[name].default
    actual = actual._asdict() if hasattr(actual, "_asdict") else actual
    actual = list(actual) if isinstance(actual, tuple) else actual
    assert (written, type(written)) == (actual, type(actual))
    kinds = {str: "string", int: "whole number", bool: "true or false", list: "list of", dict: "table"}
    assert kind.startswith(kinds[type(actual)])
    assert meaning == TABLE[name].metadata["meaning"]


def test_every_example_of_settings_is_one_that_loads(tmp_path: Path) -> None:
    from blog.settings import load

    examples = re.findall(r"```toml\n(\[tool\.blog\].*?)```", SETTINGS.read_text(encoding="utf-8"), re.DOTALL)
    assert examples
    for example in examples:
        (tmp_path / "pyproject.toml").write_text(example, encoding="utf-8")
        load(tmp_path, {})


def test_every_switch_of_markdown_is_described_as_it_is() -> None:
    text = (REPOSITORY / "docs" / "markdown.md").read_text(encoding="utf-8")
    table = text[text.index("| Switch | Usually |") :].split("\n\n")[0]
    described = {
        found[1]: found[2] == "on" for found in re.finditer(r"^\| `(\w+)` \| (on|off) \|", table, re.MULTILINE)
    }
    assert described == {name: getattr(markup.DEFAULT, name) for name in MARKDOWN}


def code_of(page: Path) -> list[str]:
    """Return the lines of all code in a page: of blocks, and in the text."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    outside = re.sub(r"^```\w*\n.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    spans = [re.sub(r"\s+", " ", span) for span in re.findall(r"`([^`]+)`", outside)]
    return [line for block in blocks for line in block.splitlines()] + spans


COMMAND = re.compile(
    r"(?:^|[$&;|] ?|[A-Z_]+=\S+ )(?:flask|(?:\S*/)?blog) (?:(?:--site|-s) \S+ |--debug )?"
    r"(?P<name>[a-z]+(?:-[a-z]+)*)(?P<rest>[^&|;#]*)"
)


def commands() -> list[tuple[str, str, str]]:
    """Return page, command and what follows it, for every command that the documentation names."""
    return [
        (page.name, found["name"], found["rest"])
        for page in PAGES
        for line in code_of(page)
        for found in COMMAND.finditer(line)
    ]


def test_the_documentation_names_the_commands_of_the_features() -> None:
    assert {"run", "freeze", "check", "ls", "new"} <= {name for _, name, _ in commands()}


def test_every_command_and_option_in_the_documentation_is_there(tmp_path: Path) -> None:
    app = create_app(tmp_path)
    known = {name: command for group in (cli.main, app.cli) for name, command in group.commands.items()}
    for page, name, rest in commands():
        assert name in known, f"{page}: there is no command {name}"
        command = known[name]
        if isinstance(command, click.Group):
            command = command.commands.get((rest.split() or [""])[0], command)
        options = {option for parameter in command.params for option in parameter.opts + parameter.secondary_opts}
        for option in re.findall(r"(?:^|\s)(--[a-z][a-z-]*)", rest):
            assert option in options | {"--help"}, f"{page}: {name} has no {option}"
    assert all(isinstance(command, click.Command) for command in known.values())


def test_every_command_is_in_the_documentation(tmp_path: Path) -> None:
    named = {name for _, name, _ in commands()}
    assert set(create_app(tmp_path).cli.commands) <= named


def test_every_make_target_in_the_documentation_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {found for page in PAGES for line in code_of(page) for found in re.findall(r"^(?:\$ )?make ([a-z]+)", line)}
    assert {"serve", "test"} <= named <= targets


def test_every_variable_in_the_documentation_is_one_of_ours() -> None:
    ours = {f"BLOG_{name.upper()}" for name in TABLE} | {"BLOG_SITE"}
    for page in PAGES:
        found = set(re.findall(r"\bBLOG_[A-Z_]*[A-Z]\b", page.read_text(encoding="utf-8")))
        assert found <= ours, page.name


def anchors(page: Path) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', markup.render(page.read_text(encoding="utf-8")).html))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    outside = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)[^)]*\)", outside):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert REPOSITORY in target.parents, link
        assert not anchor or anchor in anchors(target), link


def test_every_page_of_the_documentation_is_linked_from_another() -> None:
    linked = {
        (page.parent / link).resolve()
        for page in PAGES
        for link in re.findall(r"\]\(([^)\s#]+)", page.read_text(encoding="utf-8"))
    }
    assert {page for page in PAGES if page.name != "README.md"} <= linked


def test_every_feature_with_its_own_page_has_it() -> None:
    from blog import FEATURES

    pages = {page.stem for page in PAGES}
    assert set(FEATURES) <= pages
