"""Who writes here: a card under every post of the site's author, with the settings ``author_…``.

https://microformats.org/wiki/h-card, https://microformats.org/wiki/rel-me
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from ..documents import Details, Summary
from ..settings import Settings
from ..site import current, link, of


@dataclass(frozen=True, slots=True)
class Card:
    """Hold what a card shows; ``photo`` and the links, which are name and address, are ready for an ``href``."""

    name: str
    bio: str
    photo: str
    links: tuple[tuple[str, str], ...]


def init_app(app: Flask) -> None:
    """Show the card on posts, and let templates have it: the front page is the author's, too."""
    app.jinja_env.globals["author_card"] = lambda: card_of(current().settings)
    of(app).furnish("author", card)


def card(post: Summary, _details: Details, _shown: object) -> Card | None:
    """Return the card of the site's author, if that is who wrote a post."""
    settings = current().settings
    ours = not post.authors or settings.author in post.authors
    made = card_of(settings)
    return made if settings.author and ours and (made.bio or made.photo or made.links) else None


def card_of(settings: Settings) -> Card:
    """Return the card that the settings describe."""
    links = tuple((one["name"], link(one["url"], settings.base_path)) for one in settings.author_links)
    return Card(settings.author, settings.author_bio, link(settings.author_photo, settings.base_path), links)
