"""Headers of which every line has a mark of its own."""

from __future__ import annotations

import re
from typing import Any

from .base import LONGEST, UNSEEN, Dialect, Header, line_at, lines_from
from .byline import plausible, unquoted, usual


class Marked(Dialect):
    """Read lines that a pattern matches, group 1 the key, group 2 the value; an empty line may follow them."""

    line: re.Pattern[str]

    def value(self, _key: str, written: str) -> Any:
        """Return what a value says."""
        return written.strip() or None

    def read(self, text: str, at: int) -> Header | None:
        """Read the lines up to the first other one; the last of two alike counts."""
        meta: dict[str, Any] = {}
        end = at
        for count, (line, after) in enumerate(lines_from(text, at)):
            found = self.line.fullmatch(line) if count < LONGEST else None
            if not found:
                end = min(after, len(text)) if meta and not line.strip() else end
                break
            key = UNSEEN.sub("", found[1].strip())
            meta[key] = self.value(key, UNSEEN.sub("", found[2] or ""))
            end = min(after, len(text))
        return self.header(text, meta, end) if meta else None


class Luapress(Marked):
    """Read ``$key=value`` lines, of which one must have a key that headers have: a shell's variables are text.

    https://github.com/Fizzadar/Luapress#post-page-markdown-extras
    """

    name = "luapress"
    begins = "$"
    # $n=3$ is a formula, $mast=$250 is not.
    line = re.compile(r"\$((?:title|date|time|order|hidden)(?==)|(?!\w++=[^$\n]*+\$(?:\W|$))\w++)=(.*+)")

    def read(self, text: str, at: int) -> Header | None:
        """Read the lines."""
        found = super().read(text, at)
        return found if found and (usual(found.meta) or "time" in found.meta) else None


class Franklin(Marked):
    """Read ``@def key = value`` lines.

    https://franklinjl.org/syntax/page-variables/
    """

    name = "franklin"
    begins = "@"
    line = re.compile(r"@def[ \t]++([\w-]++)[ \t]*+=(.*+)")

    def value(self, _key: str, written: str) -> Any:
        """Return a text without its quotes, a list of texts, else what is written."""
        written = written.strip()
        if written[:1] == "[" and written.endswith("]"):
            return [unquoted(item.strip()) for item in written[1:-1].split(",") if item.strip()]
        return unquoted(written) or None


class References(Marked):
    """Read links that lead nowhere: ``[#]: key: (value)``, ``[//]: # (key: value)``, ``[_metadata_:key]:- "value"``."""

    name = "references"
    begins = "["
    line = re.compile(
        r"(?:\[(?:\#|//|comment)\]:[ \t]*+(?:<>|\#(?=[ \t]))?[ \t]*+[(\"']?|\[_metadata_:)([^\W\d][\w .-]*+)"
        r"(?::|\]:-?)[ \t]*+(.*+)"
    )

    def value(self, _key: str, written: str) -> Any:
        """Return what stands in quotes or brackets; a space alone says nothing."""
        written = written.strip()
        if written[:1] == "(" and written.endswith(")"):
            return written[1:-1].strip() or None
        for opens, closes in ("()", '""', "''"):  # [//]: # (key: value)
            if written.endswith(closes) and written.count(opens) % 2 == (opens == closes) and opens != written[0]:
                return written[:-1].strip() or None
        return unquoted(written).strip() or None


class Org(Marked):
    """Read ``#+KEY: value`` lines as Hugo does.

    https://orgmode.org/manual/In_002dbuffer-Settings.html https://gohugo.io/content-management/formats/
    """

    name = "org"
    begins = "#:"
    line = re.compile(r"\#\+(\w++(?:\[\])?)[ \t]*+:(.*+)")
    drawer = re.compile(r":PROPERTIES:[ \t]*+\n(?::(?!END:)[\w-]++:.*+\n)*:END:[ \t]*+\n\n?", re.IGNORECASE)
    stamp = re.compile(r"[<\[](\d{4}-\d{2}-\d{2})[^>\]]*+[>\]]")

    def read(self, text: str, at: int) -> Header | None:
        """Read the lines, below a drawer of properties if there is one."""
        drawer = self.drawer.match(text, at)
        found = super().read(text, drawer.end() if drawer else at)
        if not found:
            return None
        meta = {key.lower().removesuffix("[]"): value for key, value in found.meta.items()}
        return Header(self.name, meta, found.body, found.body_line, found.doubts)

    def value(self, key: str, written: str) -> Any:
        """Return lists for tags, and of a stamp the day."""
        written = written.strip()
        if key.endswith("[]"):
            return written.split()
        if key.lower() == "filetags" or (key.lower() == "tags" and written.startswith(":")):
            return [tag for tag in re.split(r"[:\s]+", written) if tag]
        if stamp := self.stamp.fullmatch(written):
            return stamp[1]
        return written or None


class Ikiwiki(Marked):
    """Read directives that say something of the page: ``[[!meta title="..."]]``, ``[[!tag a b]]``.

    https://ikiwiki.info/ikiwiki/directive/meta/
    """

    name = "ikiwiki"
    begins = "["
    line = re.compile(r"\[\[!(?:meta[ \t]++)?((?<=[ \t])\w++(?==)|(?<=!)tag(?:link)?(?=[ \t]))[= \t](.*)\]\][ \t]*+")

    def value(self, key: str, written: str) -> Any:
        """Return a value without its quotes, and tags as a list."""
        return written.split() if key in ("tag", "taglink") else unquoted(written.strip().strip('"')) or None


class Quote(Dialect):
    """Read keys and values in a quotation, mostly as a list; the colon may be a wide one.

    Links in the values stay Markdown. A list without ``>`` is one if its first key says that it is.
    """

    name = "quote"
    begins = ">*+-"
    line = re.compile(r" {0,3}(>[ \t]?)?[ \t]*+([*+-][ \t]++)?\**([^:：*\n]{1,40})\**[ \t]*+[:：]\**(.*+)")
    empty = re.compile(r"[ \t]*+>[ \t]*+$")
    keys = re.compile(r"原文|作者|译者|译文|校对|链接|出处|来源|标题|日期|翻译|地址|時間|时间|標題|譯者|連結")

    def read(self, text: str, at: int) -> Header | None:
        """Read the lines, at least two, of which one must have a key that such quotations have."""
        meta: dict[str, Any] = {}
        end = at
        for count, (line, after) in enumerate(lines_from(text, at)):
            found = self.line.match(line) if count < LONGEST else None
            if not found and not (meta and self.empty.match(line)):
                break
            if found:
                if not (found[1] or found[2]) or (not meta and not found[1] and not self.keys.search(found[3])):
                    break
                meta[UNSEEN.sub("", found[3].strip())] = UNSEEN.sub("", found[4].strip()) or None
            end = min(after, len(text))
        if len(meta) < 2 or not (plausible(meta) or any(map(self.keys.search, meta))):
            return None
        end += text.startswith("\n", end)
        return self.header(text, meta, end)


class Pandoc(Dialect):
    """Read up to three blocks that begin with ``%``: title, authors, date.

    https://pandoc.org/MANUAL.html#extension-pandoc_title_block
    """

    name = "pandoc"
    begins = "%"
    block = re.compile(r"%(?:[ \t]++(.*+(?:\n[ \t]++\S.*+)*)|[ \t]*+)(?:\n|\Z)")

    def read(self, text: str, at: int) -> Header | None:
        """Read the blocks; authors stand on lines of their own or between semicolons."""
        found: list[str] = []
        end = at
        while len(found) < 3 and (one := self.block.match(text, end)) and one.end() > end:
            found.append(UNSEEN.sub("", (one[1] or "").strip()))
            end = one.end()
        if not any(found):
            return None
        title, authors, date = (*found, "", "")[:3]
        names = [name.strip() for name in re.split(r"[;\n]", authors) if name.strip()]
        meta = {"title": " ".join(title.split()), "author": names, "date": " ".join(date.split())}
        end += text.startswith("\n", end)
        doubtful = len(found) == 1 and not title[:1].isupper() and title[:1].isascii()  # % of people
        doubts = [(line_at(text, at), "this line is taken for the title")] if doubtful else []
        return self.header(text, {key: value for key, value in meta.items() if value}, end, *doubts)


class Pyblosxom(Dialect):
    """Read a title on the first line, and ``#key value`` lines under it.

    https://pyblosxom.github.io/ (writing entries)
    """

    name = "pyblosxom"
    line = re.compile(r"\#([a-z_][\w-]*+)(?:[ \t]++(.*+)|[ \t]*+)")
    keys = frozenset("published date time tags parser author keywords category summary".split())

    def read(self, text: str, at: int) -> Header | None:
        """Read title and lines; a key without a value is a switch that is on."""
        lines = lines_from(text, at)
        title, end = next(lines, ("", at))
        meta: dict[str, Any] = {"title": UNSEEN.sub("", title.strip())}
        for line, after in lines:
            found = self.line.fullmatch(line)
            if not found:
                break
            meta[found[1]] = UNSEEN.sub("", (found[2] or "").strip()) or "1"
            end = after
        told = [key for key in self.keys & meta.keys() if meta[key] != "1"]
        if not told or not all(re.search(r"\d", meta[key]) for key in told if key in ("published", "date", "time")):
            return None
        return self.header(text, meta, min(end, len(text)))


class JBake(Dialect):
    """Read ``key=value`` lines closed by ``~~~~~~``.

    https://jbake.org/docs/latest/#metadata-header
    """

    name = "jbake"
    line = re.compile(r"([A-Za-z_][\w.-]*+)[ \t]*+=(.*+)")
    close = re.compile(r"~{6,}+[ \t]*+$")

    def read(self, text: str, at: int) -> Header | None:
        """Read the lines up to the one that closes them."""
        meta: dict[str, Any] = {}
        for line, after in lines_from(text, at):
            found = self.line.match(line)
            if found:
                meta[found[1]] = UNSEEN.sub("", found[2].strip()) or None
            elif self.close.match(line) and usual(meta):
                return self.header(text, meta, min(after, len(text)))
            elif line.strip() and not line.startswith("#"):
                return None
        return None


class Fields(Dialect):
    """Read a title and the ``:key: value`` lines under it (reStructuredText, AsciiDoc).

    https://docs.getpelican.com/en/latest/content.html https://docs.asciidoctor.org/asciidoc/latest/document/header/
    """

    name = "fields"
    over = re.compile(r"([=#*~^\"+-])\1{2,}+[ \t]*+$")
    title = re.compile(r"=[ \t]++(\S.*+)$")
    line = re.compile(r":([A-Za-z][\w -]*+):(?:[ \t]++(.*+)|[ \t]*+)$")

    def read(self, text: str, at: int) -> Header | None:
        """Read title and fields; a field may go on below, indented."""
        title, end = self.headed(text, at)
        if not title and text[at : at + 1] != ":":
            return None
        meta: dict[str, Any] = {"title": title} if title else {}
        meta, end = self.signed(text, end, meta) if text.startswith("= ", at) else (meta, end)
        last = ""
        for count, (line, after) in enumerate(lines_from(text, end)):
            if count > LONGEST:
                break
            if found := self.line.match(line):
                last = UNSEEN.sub("", found[1].strip().lower())
                meta[last] = UNSEEN.sub("", (found[2] or "").strip()) or None
            elif last and line[:1] in " \t" and line.strip():
                meta[last] = f"{meta[last] or ''}\n{UNSEEN.sub('', line.strip())}".strip()
            elif line.strip() or last:
                end = min(after, len(text)) if not line.strip() else end
                break
            end = min(after, len(text))
        return self.header(text, meta, end) if last and usual(meta.keys() - {"title"}) else None

    def signed(self, text: str, at: int, meta: dict[str, Any]) -> tuple[dict[str, Any], int]:
        """Read the lines of author and revision that AsciiDoc has under a title, if fields follow them."""
        end = at
        rows: list[str] = []
        for line, after in lines_from(text, at):
            if self.line.match(line):
                names = dict(zip(("author", "revision"), rows, strict=False))
                return meta | names, end
            if not line.strip() or len(rows) == 2:
                break
            rows.append(UNSEEN.sub("", re.sub(r"<[^<>]*>", "", line)).strip())
            end = after
        return meta, at

    def headed(self, text: str, at: int) -> tuple[str, int]:
        """Return a title and where it ends: underlined, with a line above too, or behind ``=``."""
        lines = [*zip(range(3), lines_from(text, at), strict=False)]
        rows = [(line.rstrip(), min(after, len(text))) for _, (line, after) in lines] + [("", at)] * 3
        if found := self.title.match(rows[0][0]):
            return UNSEEN.sub("", found[1]), rows[0][1]
        first = bool(self.over.match(rows[0][0]))
        (title, _), (line, end) = rows[first], rows[first + 1]
        if title and not self.over.match(title) and self.over.match(line) and len(line) >= len(title) // 2:
            return UNSEEN.sub("", title.strip()), end
        return "", at
