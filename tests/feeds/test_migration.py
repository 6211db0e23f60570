"""A site moves here from Hugo, then changes all that can be changed: no id moves."""

from __future__ import annotations

import json
import re
import shutil
from email.utils import format_datetime
from pathlib import Path

import pytest

from blog.site import of

from ..conftest import SHARED, MadeSite

HUGO = "https://pointlessramblings.com"


@pytest.fixture
def moved(made: MadeSite) -> MadeSite:
    """Return the site with its content as Hugo had it."""
    content = SHARED / "corpora" / "fizzadar" / "content"
    if not content.is_dir():
        pytest.skip("the corpora lie beside the checkout only where the project is developed")
    shutil.copytree(content, made.root / "content", copy_function=shutil.copyfile)
    for path in [made.root / "content", *(made.root / "content").rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    made.settings(url=f"{HUGO}/", permalink="/posts/:title/", feed_size=1000)
    return made


def hugo_feed(made: MadeSite) -> str:
    """Return the feed that Hugo writes for the site: its address is the id of each entry."""
    items = []
    for post in of(made.app()).library.posts():
        assert post.date
        title, link = post.title.replace("&", "&amp;").replace("<", "&lt;"), f"{HUGO}{post.url}"
        items.append(
            f"<item><title>{title}</title><link>{link}</link><pubDate>{format_datetime(post.date)}</pubDate>"
            f"<guid>{link}</guid><description>…</description></item>"
        )
    head = f"<title>Pointless Ramblings</title><link>{HUGO}/</link><generator>Hugo</generator>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'


def released(made: MadeSite) -> list[str]:
    """Freeze, and return the ids of the feed."""
    made.freeze()
    return sorted(item["id"] for item in json.loads((made.root / "build/feed.json").read_bytes())["items"])


def posts(made: MadeSite) -> list[Path]:
    return sorted((made.root / "content/posts").glob("*.md"))


def test_no_id_moves_when_the_engine_does_nor_with_anything_that_changes_later(moved: MadeSite) -> None:
    moved.write({"hugo.xml": hugo_feed(moved)})
    want = sorted(re.findall("<guid>(.*?)</guid>", (moved.root / "hugo.xml").read_text()))
    assert len(want) > 30
    # Another domain and other addresses from the first release on: only what was adopted can give the old ids.
    moved.settings(url="https://new.example/", permalink="/:year/:slug/", feed_size=1000)
    result = moved.run("adopt-feed", str(moved.root / "hugo.xml"))
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (
        0,
        f"{len(want)} ids taken over, 0 known, 0 kept, 0 not matched",
    )
    assert released(moved) == want
    for path in posts(moved):
        path.write_text(re.sub(r"(?m)^title:\s*['\"]?([^'\"\n]*).*$", r'title: "\1, again"', path.read_text(), count=1))
    assert released(moved) == want
    for path in posts(moved):
        path.rename(path.with_name(f"renamed-{path.name}"))
    assert released(moved) == want
    moved.settings(url="http://third.example/blog/", permalink="/:year/:slug/", feed_size=1000)
    assert released(moved) == want
    moved.settings(url="http://third.example/blog/", permalink="/writing/:slug.html", feed_size=1000)
    assert released(moved) == want
