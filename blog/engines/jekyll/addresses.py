"""Where a file of a Jekyll site is published: by its header, or a pattern.

https://jekyllrb.com/docs/permalinks/"""

from __future__ import annotations

import re

from ... import permalinks, slugs, urls, values
from ...documents import POST
from ...permalinks import Value
from .dates import Dated
from .place import DATED

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
PAGES = (".html", ".xhtml", ".htm")
TOKEN = re.compile(":[a-z_]+")


class Addressed(Dated):
    """Tell under which addresses a file is published."""

    slash = False

    @property
    def file_slug(self) -> str:
        """Return the file's name, without its date where it begins with one."""
        dated = DATED.match(self.path.stem) if self.collection else None
        return (dated[4] if dated else self.path.stem).rstrip(".")

    @property
    def given_slug(self) -> str:
        """Return the slug of the header, else that of the file's name."""
        return values.text(self.first("slug")) or self.file_slug

    def written_url(self) -> str:
        """Return the address that the header gives, whose tokens stand for what they stand for elsewhere."""
        given = values.text(self.first("url"))
        if TOKEN.search(given):
            self.origins["url"] = "permalink"
            return self.filled(given)
        return super().written_url()

    def address(self, given: str) -> str:
        """Return an address of a header as Jekyll takes it: with or without a slash at its end."""
        return urls.written(clean(given) if not given.startswith(("http:", "https:")) else given, slash=False)

    def usual_url(self) -> str:
        """Return the address of a post or of a text in a collection by a pattern, of a page by its path."""
        pattern = self.pattern()
        self.origins["url"] = f"the permalink {pattern}" if self.collection else "its path"
        return self.filled(pattern)

    def pattern(self) -> str:
        """Return the pattern of the addresses of this kind of text."""
        known, own = self.facts.values, "posts" if self.collection == "drafts" else self.collection
        style = str(known.get("style", "date"))
        if own:
            said = values.text(known.get("collections", {}).get(own, {}).get("permalink"))
            usual = str(known.get("permalink", STYLES["date"]))
            return said or (usual if own == "posts" else suffixed("/:collection/:path", style))
        if self.output_ext.lower() not in PAGES:
            return "/:path/:basename:output_ext"
        return "/:path/" if self.path.stem == "index" else suffixed("/:path/:basename", style)

    def filled(self, pattern: str) -> str:
        """Fill a pattern of addresses; in that of a page what isn't a token of pages stays as it is."""
        tokens, moment = self.tokens(), self.when.moment if self.when else None
        if self.collection:
            path = permalinks.fill(pattern, tokens, moment)
        else:
            path = TOKEN.sub(lambda found: str(tokens.get(found[0][1:], found[0])), pattern)
        return urls.closed(urls.safe(clean(path)), slash=False)

    def tokens(self) -> dict[str, Value]:
        """Return what the tokens of a pattern stand for."""
        slug, name = self.given_slug, self.path.stem.rstrip(".")
        above = "/".join(self.place.parts[:-1])
        if not self.collection:
            return {"path": above, "basename": name, "output_ext": self.output_ext}
        categories = self.categories()
        day = self.when.moment if self.when else None
        return {
            "title": slugs.jekyll(slug, "pretty", cased=True),
            "slug": slugs.jekyll(slug),
            "name": slugs.jekyll(self.path.stem),
            "path": "/".join((*self.categories_by_path(), *self.below[:-1], name)),
            "collection": "posts" if self.kind == POST else self.collection,
            "categories": "/".join(dict.fromkeys(category.lower() for category in categories)),
            "slugified_categories": "/".join(dict.fromkeys(map(slugs.jekyll, categories))),
            "short_month": f"{day:%b}" if day else "",
            "short_day": f"{day:%a}" if day else "",
            "output_ext": self.output_ext,
        }

    def alias(self, given: str) -> str:
        """Return an old address as the plugin for redirects takes it."""
        return self.address(given)


def clean(path: str) -> str:
    """Return a path as Jekyll sanitises it: ``..`` is a slash, ``./`` nothing."""
    return re.sub("/{2,}", "/", f"/{path}".replace("..", "/").replace("./", ""))


def suffixed(template: str, style: str) -> str:
    """Return the pattern of a page, which ends as those of posts do."""
    if style in ("date", "ordinal", "none") or style.endswith(":output_ext"):
        return f"{template}:output_ext"
    return f"{template}/" if style == "pretty" or style.endswith("/") else template
