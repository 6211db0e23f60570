"""``flask new``: a content file to begin with."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import click
from flask import Flask
from flask.cli import with_appcontext

from .. import sources, urls
from ..documents import PAGE, POST
from ..site import absolute, current


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(new)


@click.command()
@click.argument("title")
@click.option("--page", is_flag=True, help="Make a page instead of a post.")
@with_appcontext
def new(title: str, page: bool) -> None:
    """Make a draft with a title, and print its path and address."""
    library = current().library
    slug = urls.slugify(title) or "untitled"
    now = library.now().astimezone(ZoneInfo(current().settings.timezone)).replace(microsecond=0)
    fields: dict[str, object] = {"title": title, "draft": True}
    if not page:
        fields = {"title": title, "date": now.isoformat(), "draft": True}
    path = sources.place_for(current().settings, PAGE if page else POST, f"{slug}.md")
    import frontmatter  # here: no other command needs it

    text = frontmatter.dumps(frontmatter.Post("\n", None, **fields), sort_keys=False)
    library.save(path, text + "\n")
    click.echo(path)
    click.echo(absolute(library.document(path).url))
    click.echo("a draft: nobody sees it yet, but you do with BLOG_DRAFTS=true", err=True)
