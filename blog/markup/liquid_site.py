"""What a text's Liquid may loop over: the posts and pages of the site, asked for only where the text names them.

https://jekyllrb.com/docs/variables/ https://jekyllrb.com/docs/pagination/
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from .around import Around

POSTS = re.compile(r"\bsite\.(?:posts|tags|categories|related_posts)\b|\bpaginator\b")
PAGES = re.compile(r"\bsite\.(?:html_)?pages\b")
RELATED = 10


def values_for(text: str, around: Around, known: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what a text needs to know of the site beyond what is known, under the names that Liquid has for it."""
    found: dict[str, dict[str, Any]] = {"site": {}}
    if "posts" not in known and POSTS.search(text):
        said = answer(around, "site_posts")
        posts = said.get("posts", [])
        found["site"] = {
            "posts": posts,
            "related_posts": posts[:RELATED],
            "tags": by_name(posts, "tags"),
            "categories": by_name(posts, "categories"),
        }
        found["paginator"] = paginator(posts, said)
        if len(posts) < said.get("count", 0):
            around.tell(f"of {said['count']} posts only the newest {len(posts)} are listed here", "site.posts")
    if "pages" not in known and PAGES.search(text):
        pages = answer(around, "site_pages").get("pages", [])
        found["site"] |= {"pages": pages, "html_pages": pages}
    return found


def answer(around: Around, question: str) -> dict[str, Any]:
    """Return what the library says, nothing for a text that stands alone."""
    try:
        said = json.loads(around.ask(question, ""))
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def by_name(posts: Iterable[dict[str, Any]], key: str) -> dict[str, list[dict[str, Any]]]:
    """Return the posts of each tag, or each category."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for post in posts:
        for name in post[key]:
            found[name].append(post)
    return dict(found)


def paginator(posts: list[dict[str, Any]], said: dict[str, Any]) -> dict[str, Any]:
    """Return the first page of the posts; the others are our own lists."""
    size = said.get("per_page", 10)
    pages = max(1, -(-said.get("count", 0) // size))
    return {
        "posts": posts[:size],
        "page": 1,
        "per_page": size,
        "total_posts": said.get("count", 0),
        "total_pages": pages,
        "previous_page": None,
        "previous_page_path": None,
        "next_page": 2 if pages > 1 else None,
        "next_page_path": "/page/2/" if pages > 1 else None,
    }
