"""Kirby: a folder for each page, its text in a file named as its template.

https://getkirby.com/docs/guide/content
"""

from __future__ import annotations

import re
from pathlib import Path

from .. import dates, slugs, urls, values
from ..documents import PAGE, POST
from ..facts import Facts, Folder, Understood
from ..reader import KEYS, Reading
from .config import text_of

NUMBER = re.compile(r"\d+_")
OF_A_FILE = re.compile(  # photo.jpg.txt, photo.jpg.de.txt
    r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|ico|heic|pdf|zip|gz|tar|epub|docx?|xlsx?|pptx?|csv|json|js|css|html?|xml"
    r"|mp3|m4a|ogg|wav|flac|mp4|m4v|mov|webm|avi|ogv|vtt|woff2?|ttf|otf|eps|ai|psd|md|txt)\.(?:\w{2,5}\.)?(?:txt|md)\Z",
    re.IGNORECASE,
)
DEFAULT = re.compile(r"['\"]default['\"]\s*=>\s*true")
LANGUAGE = re.compile(r"\.([a-z]{2}(?:[-_][A-Za-z]{2,4})?)\Z")  # article.de.txt


def configure(root: Path, why: str) -> Facts:
    """Return where the content lies, and the languages; the rest of the configuration is PHP, which isn't read."""
    content = "content" if (root / "content").is_dir() else ""
    languages = {file.stem: text_of(file) for file in sorted((root / "site/languages").glob("*.php"))}
    default = next((name for name, text in languages.items() if DEFAULT.search(text)), "")
    return Facts(
        "kirby",
        why,
        folders=(Folder(content, plain=not content),),
        values={"default": default},
        settings={"markdown": ("attributes",), **({"language": default} if default else {})},
        understood=tuple(Understood(f"site/languages/{name}.php", "code", name, "a language") for name in languages),
    )


class Rules(Reading):
    """Read a file as Kirby does."""

    keys = KEYS | {
        "date": ("date", "published"),
        "url": (),
        "slug": ("slug", "url-title"),
        "summary": ("summary", "intro"),
    }
    ladder = page_ladder = ("header",)
    slash = False
    index_names = ()

    @property
    def folders(self) -> list[str]:
        """Return the folders of the page without the numbers that sort them."""
        return [NUMBER.sub("", part) for part in self.path.parts[:-1] if part != "_drafts"]

    @property
    def number(self) -> str:
        """Return the number that the page's folder begins with; without one it isn't listed."""
        found = NUMBER.match(self.path.parent.name)
        return found[0][:-1] if found else ""

    def kind_of(self) -> str:
        """Tell a post, whose folder is numbered by its date, from a page."""
        return POST if len(self.number) >= 8 or self.meta.get("date") else PAGE

    def left_out(self) -> str:
        """Return why a file is no page."""
        if OF_A_FILE.search(self.path.name):
            return "it describes the file beside it"
        if len(self.path.parts) == 1:
            return "it holds what all pages share"
        return ""

    def draft(self) -> bool:
        """Tell whether the page lies among the drafts."""
        held = "_drafts" in self.path.parts
        if held:
            self.origins["draft"] = "the folder _drafts"
        return held

    def unlisted(self) -> bool:
        """Tell whether no list shows the page: its folder has no number."""
        return not self.number and self.kind == POST

    def tags(self) -> tuple[str, ...]:
        """Return the tags, split at commas."""
        return values.listed(self.first("tags"))

    def title_and_date(self) -> tuple[str, dates.When | None]:
        """Take the title from the header, else the page's slug."""
        if self.header_title():
            return super().title_and_date()
        self.origins["title"] = "its folder"
        return self.folders[-1] if self.folders else self.stem, None

    def usual_url(self) -> str:
        """Return the address: the folders without their numbers."""
        self.origins["url"] = "its folders"
        folders = self.folders
        default = self.facts.values.get("default") or self.settings.language
        language = self.tongue if self.tongue != default else ""
        if own := slugs.kirby(values.text(self.first("slug"))):
            folders[-1:] = [own]
        folders = [] if folders == ["home"] else folders
        return urls.closed(urls.safe("/".join([language, *folders] if language else folders)), slash=False)

    @property
    def tongue(self) -> str:
        """Return the language that the file's name ends with."""
        found = LANGUAGE.search(self.path.stem)
        return found[1] if found else ""

    def language(self) -> str:
        """Return the language of the text."""
        return self.tongue.replace("_", "-") or super().language()
