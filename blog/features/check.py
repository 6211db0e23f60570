"""``flask check``: everything that is wrong with the content, at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import chain
from urllib.parse import unquote, urljoin, urlsplit

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from jinja2 import TemplateNotFound, TemplateSyntaxError

from .. import identity, templates, urls
from ..documents import PAGE, Problem
from ..feeds import entries
from ..markup import choices, links
from ..site import current
from ..values import plural

ID = re.compile(r"<[a-zA-Z][^<>]*\s(?:id|name)\s*=\s*[\"']?([^\"'\s<>]+)")
CODE = re.compile(r"<(pre|code|script|style)[\s>][\s\S]*?</\1>|<[^<>]*>|<!--[\s\S]*?-->")
NOTE = re.compile(r"\[\^[^\[\]\n<>]{1,500}\]")
FORMULA = re.compile(r'<code class="formula" title="([^"]*)">([^<]*)</code>')
THEME_IDS = frozenset(("top", "theme:main"))  # #top is every page's, the other the default theme's


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(check)


@click.group(invoke_without_command=True)
@click.pass_context
@with_appcontext
def check(context: click.Context) -> None:
    """Report every file that isn't as it should be; exit 1 if there is one."""
    if context.invoked_subcommand:
        return
    library = current().library
    library.refresh()
    problems = (
        library.problems(),
        identity.problems(library),
        missing_layouts(),
        templates.problems(current_app.jinja_env, current().settings.root),
        templates.outdated(current().settings.root),
        clashes(),
        lost_aliases(),
        lost_links(),
        entries.problems() if "feeds" in current().features else (),
        unread_markdown(),
        told_of_texts(),
    )
    found = sorted({problem.line_of_text() for problem in chain(*problems)})
    for line in found:
        click.echo(line)
    for path, rule in library.left_out():  # no fault either: but no file is lost without a word
        click.echo(f"{path}: not published: {rule}", err=True)
    if note := identity.unrecorded(library):  # no fault: a freeze will see to it
        click.echo(note, err=True)
    if found:
        raise click.exceptions.Exit(1)
    click.echo(f"{plural(len(library.files()), 'file')}, no problem")


def missing_layouts() -> Iterator[Problem]:
    """Yield pages that ask for a layout that the theme hasn't."""
    for path, document, _ in current().library.files():
        if document and document.layout and document.kind == PAGE:
            if document.layout in current().listings:
                continue
            try:
                current_app.jinja_env.get_template(f"layouts/{document.layout}.html")
            except TemplateNotFound:
                message = f"there is no templates/layouts/{document.layout}.html; page.html is used"
                yield Problem(path, line_of(path, "layout"), message)
            except TemplateSyntaxError:
                continue  # templates.problems says so


def clashes() -> Iterator[Problem]:
    """Yield addresses that can be served but not frozen."""
    for url, other in current().clashes().items():
        yield Problem(url, 0, f"can't be frozen: {other} has its file, or is a file in its way")


def lost_aliases() -> Iterator[Problem]:
    """Yield aliases at addresses that the engine answers itself."""
    listed = Counter(url for urls_of in current().url_lists for url in urls_of())
    for path, document, shown in current().library.files():
        for alias in document.aliases if document and shown else ():
            address = current().library.find(alias)
            if address and address.kind == "alias" and listed[alias] > 1:
                yield Problem(path, line_of(path, "aliases"), f"the alias {alias} belongs to the engine's page there")


def lost_links() -> Iterator[Problem]:
    """Yield links and images of texts that lead nowhere on the site, or to a heading that isn't there."""
    library, ids = current().library, IdsOfTexts()
    known = set(current().urls())
    with library.held():
        for summary in (*library.posts(), *library.pages()):
            for link in links.found(library.text(summary.path)):
                target, anchor = on_site(link, summary.url)
                if not target:
                    continue
                address = library.find(target)
                if not address and target not in known and not static(target):
                    yield Problem(summary.path, line_with(summary.path, link), f"this leads nowhere: {link}")
                elif anchor and address and address.summary and anchor not in ids[address.summary.path]:
                    yield Problem(summary.path, line_with(summary.path, link), f"there is no #{anchor} there: {link}")


def unread_markdown() -> Iterator[Problem]:
    """Yield marks of notes that aren't there, and formulas that can't be read: both are shown as written."""
    library = current().library
    for path, document, shown in library.files():
        if not shown or not document or document.markup == "html":
            continue
        text = library.text(path)
        for found in FORMULA.finditer(text):
            yield Problem(path, line_with(path, unescape(found[2])), f"this is no formula: {unescape(found[1])}")
        if choices.of_text(library.markdown, document.meta, "", "").footnotes:
            for mark in dict.fromkeys(NOTE.findall(unescape(CODE.sub("", text)))):
                line = line_with(path, mark)
                if line and not line_with(path, f"\\{mark}"):
                    yield Problem(path, line, f"there is no such note: {mark}")


def told_of_texts() -> Iterator[Problem]:
    """Yield what is wrong with how texts are written that hold the syntax of other engines."""
    library = current().library
    for path, document, shown in library.files():
        if not shown or not document:
            continue
        if document.markup == "rst" or choices.of_text(library.markdown, document.meta, "", "").foreign:
            for told in library.told(path):
                line = line_in_file(path, told.line) if told.line else line_with(path, told.written)
                yield Problem(path, line if told.line or told.written else 0, told.message)


def line_in_file(path: str, line: int) -> int:
    """Return the line of a file on which a line of its text is."""
    text = current().library.file(path).read_text(encoding="utf-8", errors="replace")
    body = current().library.document(path).body
    return line + len(text.splitlines()) - len(body.splitlines())


class IdsOfTexts(dict[str, set[str]]):
    """Hold the ids in the texts of files, each looked for once."""

    def __missing__(self, path: str) -> set[str]:
        """Look through a text."""
        text = current().library.text(path)
        self[path] = {unescape(found[1]) for found in ID.finditer(text)} | THEME_IDS
        return self[path]


def on_site(link: str, url: str) -> tuple[str, str]:
    """Return the address that a link on the page at ``url`` leads to, with its anchor; nothing for other sites."""
    base = current().settings.base_path
    try:
        parts = urlsplit(urljoin(urls.href(base, url), link))
    except ValueError:
        return "", ""
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    if parts.scheme or parts.netloc or not path.startswith(f"{base}/"):
        return "", ""
    return path[len(base) :], "" if anchor.startswith(":~:") else anchor


def static(target: str) -> bool:
    """Tell whether an address is that of a file of the theme."""
    return any((theme / target[1:]).is_file() for theme in current().themes) and target.startswith("/static/")


def line_with(path: str, link: str) -> int:
    """Find the line of a file that holds a link, or the anchor of one that was resolved; 0 if none does."""
    text = current().library.file(path).read_text(encoding="utf-8", errors="replace")
    base = current().settings.base_path
    own = link.removeprefix(base)
    for written in (link, unquote(link), own, unquote(own), f"#{own.rpartition('#')[2]}"):
        if (at := text.find(written)) >= 0:
            return text.count("\n", 0, at) + 1
    return 0


def line_of(path: str, key: str) -> int:
    """Find the line of a key in a file's header; 0 if it can't be told."""
    text = current().library.file(path).read_text(encoding="utf-8", errors="replace")
    lines = enumerate(text.split("\n")[:200], 1)
    return next((number for number, line in lines if re.match(rf"[\s{{\"']*{key}\b", line, re.IGNORECASE)), 0)
