"""Questions about texts: a document's body as HTML, rendered once, and how it begins."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from .. import furniture, urls, values
from ..catalogue import Gone
from ..documents import POST, Attachment, Details, Document, Picture
from ..index.writing import Rendered
from ..markup import choices
from ..markup.options import Options
from .links import Links
from .notes import question

if TYPE_CHECKING:
    from .. import markup
    from ..markup.around import Around, Told
    from ..markup.links import Leads


SAVE_EVERY = 100  # rendered texts written at once while the library is held still

# What was rendered of a text that has changed since counts for nothing.
RENDERED = (
    "FROM documents JOIN rendered USING (path, text_digest) JOIN excerpts USING (path, text_digest) WHERE path = ?"
)
# What may be asked about a text and something that it names; kept with what was rendered of it.
ABOUT_TEXTS = frozenset("resolve extent named titled state_of beside tag_url included site_posts site_pages".split())


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Hold the beginning of a text as HTML that may stand on any page; ``more`` tells whether it isn't all."""

    html: str
    more: bool


def prefix(url: str) -> str:
    """Return what the ids of a document's notes begin with, so that several can stand on one page."""
    return urls.slugify(url.strip("/").replace("/", "-"))


def said_by(document: Document) -> dict[str, str]:
    """Return what a document says of itself, by the names that Liquid knows it by."""
    said = {name: values.text(value) for name, value in document.meta.items()}
    when = document.date.isoformat() if document.date else ""
    return said | {
        "title": document.title,
        "url": document.url,
        "date": when,
        "path": document.path,
        "description": document.summary,
        "author": document.author,
        "language": document.language,
        "lang": document.language,
        "slug": document.url.strip("/").rpartition("/")[2],
    }


class Texts(Links):
    """Answer what texts look like."""

    @question
    def text(self, path: str) -> str:
        """Return a document's body as HTML: rendered once, kept while its links lead where they did."""
        unsaved = self.unsaved.get(path)
        if unsaved and self.lead_as_before(path, unsaved.asked):
            return unsaved.html
        rows = self.rows(f"SELECT rendered.asked, rendered.html {RENDERED}", (path,))
        if rows and self.lead_as_before(path, json.loads(rows[0][0])):
            return str(rows[0][1])
        return self.render(path).html

    @question
    def media(self, path: str) -> tuple[tuple[Attachment, ...], Picture | None]:
        """Return the files and the picture that go with a document, as its header names them."""
        return self.catalogue.media.get(path, ((), None))

    @question
    def details(self, path: str) -> Details:
        """Return what a document's own page shows beside its text; raises ``Gone`` if there is no such document."""
        rows = self.rows("SELECT details FROM documents WHERE path = ?", (path,))
        if not rows:
            raise Gone(path)
        length, furniture, licence = json.loads(rows[0][0])
        return Details(length, tuple(furniture), licence)

    @question
    def excerpt(self, path: str) -> Excerpt:
        """Return the beginning of a document's body."""
        made = self.unsaved.get(path)
        if made is None or not self.lead_as_before(path, made.asked):
            rows = self.rows(f"SELECT rendered.asked, excerpts.html, more {RENDERED}", (path,))
            if rows and self.lead_as_before(path, json.loads(rows[0][0])):
                return Excerpt(rows[0][1], bool(rows[0][2]))
            made = self.render(path)
        return Excerpt(made.excerpt, made.more)

    def lead_as_before(self, path: str, asked: dict[str, dict[str, str]]) -> bool:
        """Tell whether the links of a rendered text still lead to what they led to; that is asked, so noted."""
        same = [self.about(path, name, one) == known[one] for name, known in asked.items() for one in known]
        return all(same)  # each is asked, also after one that differs

    def about(self, path: str, question: str, given: str) -> str:
        """Answer a question about a text and something that it names; ``resolve other.md`` is about another text."""
        name, _, other = question.partition(" ")
        if name not in ABOUT_TEXTS:
            raise LookupError(name)
        return str(getattr(self, name)(other or path, given))

    def render(self, path: str) -> Rendered:
        """Render a document and keep the result in the index."""
        from ..markup import links
        from ..markup.headings import lowered, steps

        document, text_digest = self.document_and_digest(path)
        base = self.settings.base_path
        leads = links.Leads(partial(self.about, path), base, urls.href(base, document.url))
        made, _ = self.parsed(document, leads)
        down = steps(made.html)
        html = lowered(links.change(made.html, leads.here), down)
        excerpt = links.change(links.change(made.excerpt, leads.here), leads.anywhere, elsewhere=True)
        excerpt = lowered(excerpt, down + 1)  # in a list the title is the <h2>
        rendered = Rendered(text_digest, leads.asked, html, excerpt, made.more)
        if not self.pinned:  # the text may change at any time: nobody may take this one for the new one
            self.put_rendered({path: rendered})
        else:
            self.unsaved[path] = rendered
            if len(self.unsaved) >= SAVE_EVERY:
                self.save_rendered()
        return rendered

    def parsed(self, document: Document, leads: Leads, embeds: bool = True) -> tuple[markup.Rendered, Around]:
        """Render what a document says, and tell what was found around it; links are as written."""
        from .. import markup  # the parser takes a while to load
        from ..markup.around import Around

        options = choices.of_text(self.markdown_of(document), document.meta, document.language, prefix(document.url))
        embed = partial(self.embed, leads) if embeds else lambda _: ""
        around = Around(ask=leads.ask, embed=embed, page=said_by(document) if options.foreign else {})
        return markup.render(document.body, document.markup, options, leads.size, around), around

    def embed(self, leads: Leads, name: str) -> str:
        """Return the text that another one shows in itself, or a part of it; what it shows itself are links there."""
        from ..markup import links, parts
        from ..markup.excerpt import ONE_PLACE

        target = leads.ask("state_of", name.partition("#")[0]).rpartition(" ")[0]
        if not target:
            return ""
        document, inner = self.document(target), leads.of(target)
        part = parts.part(document.body, name.partition("#")[2])
        html = self.parsed(replace(document, body=part), inner, embeds=False)[0].html
        return links.without_ids(ONE_PLACE.sub("", links.change(html, inner.here)))

    def told(self, path: str) -> list[Told]:
        """Return what is wrong with how a text is written, as far as it is read before Markdown."""
        from ..markup import links

        document = self.document(path)
        return self.parsed(document, links.Leads(partial(self.about, path), "", ""))[1].told

    def markdown_of(self, document: Document) -> Options:
        """Return what the site's settings choose for a document: only posts get a table of contents unasked."""
        on = furniture.chosen(self.settings.furniture, values.listed(document.meta.get("furniture")))
        return self.markdown if document.kind == POST and "toc" in on else replace(self.markdown, toc="")
