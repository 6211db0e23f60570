"""The keys of headers that have a meaning of their own; all others are kept as they are."""

from __future__ import annotations

KEYS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "date": ("date", "published", "pubdate", "pub_date", "published_at", "date_published", "created"),
    "updated": ("updated", "lastmod", "modified", "last_modified_at", "updated_at", "date_modified"),
    "publishes": ("publishdate",),
    "expires": ("expirydate", "unpublishdate", "expires"),
    "summary": ("summary", "description"),
    "tags": ("tags", "tag"),
    "categories": ("categories", "category"),
    "slug": ("slug",),
    "series": ("series",),
    "part": ("part", "series_weight", "series_order"),
    "url": ("permalink", "url"),
    "aliases": ("aliases", "redirect_from"),
    "menu": ("menu", "menus"),
    "language": ("lang", "language"),
    "author": ("author", "authors"),
}
# Fields that are neither a list nor a table.
ONE_LINE = (
    "title",
    "date",
    "updated",
    "publishes",
    "expires",
    "summary",
    "slug",
    "url",
    "language",
)
SWITCHES = {
    "draft",
    "published",
    "isdraft",
    "is_draft",
    "publish",
    "visibility",
    "status",
    "unlisted",
    "hidden",
    "noindex",
    "layout",
    "weight",
    "accent",
}
TYPED = {key for keys in KEYS.values() for key in keys} | SWITCHES
