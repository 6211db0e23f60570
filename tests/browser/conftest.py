"""A browser, the sites that it visits, and a tab with JavaScript and one without; each made once per worker."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from blog import create_app
from blog.settings import load

REPOSITORY = Path(__file__).parents[2]
EXAMPLES = REPOSITORY / "tests" / "theming"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync""".split()

LONG_TITLE = ("A title that was meant to be short and went on and on, " * 4)[:200]
LONG_WORD = "Llanfairpwllgwyngyll" * 10
CODE = f"""---
title: Code, wide and long
date: 2026-05-05
---

```python
@cache
def answer(question: str) -> int:
    \"\"\"Return the answer.\"\"\"
    return {" + ".join(["40", *["len(question)"] * 30])}  # which is as long as it is
```

```diff
-one line that goes
+another that comes
```

```console
$ {"very-" * 60}long-command
```

```console
$ flask check
All is well.

$ flask freeze
```

Also `{"inline_code_" * 20}` and <kbd>Ctrl</kbd>.

1. In a list:

   ```
   {"x" * 300}
   ```

> ```c
> int main(void) {{ return {"0 + " * 80}0; }}
> ```
"""
TABLE = f"""---
title: Twenty columns
date: 2026-05-07
---

|{"|".join(f" Column {n} " for n in range(20))}|
|{" --- |" * 20}
{f"|{'|'.join(f' value{n} ' for n in range(20))}|{chr(10)}" * 5}
The end, with a note[^1].

[^1]: Which says {"much " * 30}.
"""
MEDIA = f"""---
title: Things wider than the page
date: 2026-05-09
updated: 2026-05-10
---

![A wide picture](/static/wide.svg)

<svg width="4000" height="40" role="img" aria-label="Wide"><rect width="4000" height="40" fill="gray"/></svg>

<figure><img src="/static/wide.svg" alt="Again"><figcaption>A caption, {"rather long, " * 20}done.</figcaption></figure>

https://example.org/{"a-long-way/" * 30}

- [ ] to do
- [x] done <mark>well</mark>

<details open><summary>More</summary><p>Words.</p></details>

> A quotation, *with stress*.

Term[^a], ~~gone~~, <small>small print</small>, H<sub>2</sub>O, x<sup>2</sup>.

[^a]: A footnote.

<p>{" ".join(f'<a class="button" href="/b{n}/">Button {n}</a>' for n in range(12))}</p>
"""
CONSTRUCTS = f"""---
title: Every construct
date: 2026-05-13
math: true
toc: true
markdown: [marks, insertions, subsup, permalinks]
---

Text with a note[^long], the same again[^long], one on the spot^[with *stress*], ==marks==, ++insertions++, H~2~O, x^2^
and an abbreviation, HTML.

## {"A heading that goes on " * 6}[^long]

### Below it

> [!NOTE]
> A note with `code`, a [link](/) and a list:
>
> - one

> [!tip]+ A *tip* that can be folded, {"with a long title, " * 9}
> Text.

::: important
Important, and in it:

```python
answer = 42  # {"x" * 200}
```

> quoted
:::

!!! warning
    A warning, with a table:

    | {" | ".join(f"Column {n}" for n in range(14))} |
    |{"---|" * 14}

> [!CAUTION]
> {LONG_WORD}

> [!faq]- Closed
> Hidden.

Term
Other term

: What it means, $a^2 + b^2 = c^2$.

: - In a list
  - {LONG_WORD}

| left | right | middle |
|:-----|------:|:------:|
| 1    | 2     |

Table: A caption, {"rather long, " * 20}done.

$${" + ".join(f"x_{{{n}}}" for n in range(24))}$$

$$\\begin{{align}}\\frac{{a}}{{b}} &= \\sum_{{i=0}}^n i^2 \\label{{one}}\\\\ c &= d\\end{{align}}$$

As $\\eqref{{one}}$ says, ${" + ".join(f"y_{{{n}}}" for n in range(16))}$ is
$\\boxed{{\\cancel{{x}}}}$ and $\\nonsense{{x}}$ doesn't.

[^long]: A note, {"rather long, " * 20}done.

    > with a quote

*[HTML]: Hypertext Markup Language
"""
RAW = f"""---
title: HTML of a post that has moved in
date: 2026-05-17
---

<table border="1" width="900"><tr>{"".join(f"<td>Cell number {n}</td>" for n in range(20))}</tr></table>

- <audio controls></audio>
- <video width="560" height="315" controls></video>
- <pre>{"x" * 300}</pre>

<iframe width="560" height="315" src="/about/" title="About"></iframe>

<iframe width="100%" height="90" src="/about/" title="Low"></iframe>

<p><label>Name <input size="90"></label> <label>One of <select><option>{"a long choice " * 12}</select></label></p>

<fieldset><label>More <textarea cols="120" rows="3">Text</textarea></label><button>{"Send " * 30}</button></fieldset>

<nobr>{"As written in 2003, " * 20}</nobr>

<pre>{"y" * 300}</pre>

<table><tr><td><pre>{"z" * 300}</pre></td><td nowrap>{"never broken " * 20}</td></tr></table>

<hr width="900">
"""
SINK_TWO = """---
title: The same again
date: 2026-05-16
series: Sinks
tags: [typography, everything]
accent: purple
---

No.
"""
SINK = Path(__file__).with_name("kitchen-sink.md").read_text(encoding="utf-8")
HARD = {
    "posts/arabic.md": "---\ntitle: مرحبا بالعالم\nlang: ar\ndate: 2026-05-01\ntags: [سفر]\n---\n\n"
    + "هذه مدونة تُكتب في ملفات. " * 20
    + "\n\n- واحد\n- اثنان\n\n> قول\n\n```python\nprint('abc')\n```\n",
    "posts/japanese.md": "---\ntitle: " + "日本語の長い題名です" * 6 + "\nlang: ja\ndate: 2026-05-02\n---\n\n"
    + "これは*一つの*段落です。"
    + "これは一つの長い段落であり、どこにも空白がありません。" * 20 + "\n",
    "posts/code.md": CODE,
    "posts/long-title.md": f"---\ntitle: {LONG_TITLE}\nslug: long-title\ndate: 2026-05-03\n---\n\nShort.\n",
    "posts/long-word.md": f"---\ntitle: {LONG_WORD}\nslug: long-word\ndate: 2026-05-04\ntags: [{LONG_WORD}]\n---\n\n"
    f"{LONG_WORD}\n\n## {LONG_WORD}\n\n- {LONG_WORD}\n\n> {LONG_WORD}\n\n| a |\n|---|\n| {LONG_WORD} |\n",
    "posts/table.md": TABLE,
    "posts/tags.md": f"---\ntitle: Many tags\ndate: 2026-05-08\ntags: [{', '.join(f'tag {n}' for n in range(200))}]\n"
    "categories: [one, two]\n---\n\nSo many.\n",
    "posts/media.md": MEDIA,
    "posts/raw.md": RAW,
    "posts/constructs.md": CONSTRUCTS,
    "posts/sink.md": SINK,
    "posts/sink-two.md": SINK_TWO,
    "posts/untitled.md": "---\ndate: 2026-05-11\n---\n\n<!-- nothing -->\n",
    "posts/draft.md": "---\ntitle: Not yet\ndraft: true\ndate: 2026-05-12\ntags: [tag 1]\n---\n\nWait.\n",
    "pages/about.md": "---\ntitle: About\nmenu: {main: {weight: 1, params: {color: pink}}}\n---\n\nWho.\n\n# Again\n",
    "static/square.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path d="M0 0h40v30z"/></svg>',
    "static/wide.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="9"><path d="M0 0h4000v9z"/></svg>',
    "pyproject.toml": "[tool.blog]\ntitle = 'Hard cases'\nposts_per_page = 6\ndrafts = true\nauthor = 'Nobody at all'\n"
    "author_bio = 'Writes in the evenings.'\nauthor_links = [{ name = 'Elsewhere', url = 'https://example.org/me' }]\n"
    "licence = 'CC BY-SA 4.0'\nsource_url = 'https://example.org/blob/{path}'\ncopyright = '© {years} Nobody'\n"
    "description = 'Whatever people write.'\nmenu = ["
    + ", ".join(f"{{name = 'Entry {n}', url = '/entry-{n}/', weight = {n + 2}}}" for n in range(12))
    + "]\n",
}  # fmt: skip
ACTING = {
    "posts/acts.md": """---
title: Quiet
date: 2026-05-01
---

<p id="styled" style="color: rgb(1, 2, 3)">Words.</p>
<style>#styled { color: rgb(1, 2, 3) }</style>
<script>document.title = "acted"</script>
<script src="/static/own.js"></script>
<script src="https://elsewhere.invalid/script.js"></script>
<img id="gone" src="/none.png" alt="" onerror="document.title = 'acted'">
<img src="https://elsewhere.invalid/image.png" alt="">
<iframe src="https://elsewhere.invalid/frame/"></iframe>
<object data="https://elsewhere.invalid/object"></object>
<a id="link" href="javascript:document.title='acted'">Go</a>
""",
    "posts/sun.svg": '<svg xmlns="http://www.w3.org/2000/svg"><style>path { fill: rgb(1, 2, 3) }</style>'
    '<path d="M0 0h9v9z"/>'
    '<script>document.documentElement.setAttribute("id", "acted")</script></svg>',
    "static/own.js": "document.documentElement.dataset.own = 'ran'\n",
}
SITES = {
    "hard": HARD,
    "acting": ACTING | {"pyproject.toml": "[tool.blog]\n"},
    "allowing": ACTING | {"pyproject.toml": """[tool.blog]\ncsp = "default-src * 'unsafe-inline'"\n"""},
    "serif": {"pyproject.toml": "[tool.blog]\ntitle = 'In our own font'\nfont = 'serif'\naccent = '#c2410c'\n"},
    "empty": {"pyproject.toml": "[tool.blog]\ntitle = 'Nothing yet'\n"},
    "arabic": {
        "pyproject.toml": "[tool.blog]\ntitle = 'مدونة'\nlanguage = 'ar'\nurl = 'https://example.org/blog/'\n",
        "posts/one.md": "---\ntitle: مرحبا\ndate: 2026-05-01\ntags: [سفر]\n---\n\nكلمات\n\nكلمات أخرى\n",
        "posts/two.md": "---\ntitle: In English\nlang: en\ndate: 2026-05-02\n---\n\nWords.\n\nMore words.\n",
    },
}
PAGES = {
    "own": "/ /about/ /work/ /posts/ /posts/markdown/ /posts/from-file-to-page/ /404.html",
    "seeds": "/ /work/ /posts/ /posts/moving-on/",
    "hard": "/ /page/2/ /posts/arabic/ /posts/japanese/ /posts/code/ /posts/long-title/ /posts/long-word/"
    " /posts/table/ /posts/tags/ /posts/sink/ /posts/sink-two/ /series/ /series/sinks/"
    " /posts/media/ /posts/constructs/ /posts/untitled/ /posts/draft/ /about/ /archive/ /tags/ /tags/tag-1/",
    "serif": "/posts/markdown/",
    "empty": "/ /archive/ /tags/ /404.html",
    "arabic": "/blog/ /blog/posts/one/ /blog/posts/two/ /blog/archive/ /blog/tags/",
}

ICON = "/favicon.svg"


class Quiet(WSGIRequestHandler):
    """Answer without a line in the log."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(root: Path, cache: Path) -> Iterator[str]:
    """Serve a site on loopback; yield its address without the last slash."""
    settings = replace(load(root, {}), cache=str(cache))
    server = make_server(
        "127.0.0.1", 0, create_app(clock=lambda: NOON, settings=settings), threaded=True, request_handler=Quiet
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write the files of a site."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Callable[[str], str]]:
    """Return a function from a site's name to where it is served, from the first call on."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        @cache
        def serve(name: str) -> str:
            folder = tmp_path_factory.mktemp(name)
            if (EXAMPLES / name).is_dir():
                return stack.enter_context(served(shutil.copytree(EXAMPLES / name, folder / "site"), folder / "cache"))
            files = request.getfixturevalue("seeds") if name == "seeds" else SITES.get(name)
            root = REPOSITORY if files is None else write(folder / "site", files)
            if name == "serif":
                copytree(REPOSITORY / "posts", root / "posts")
                copytree(REPOSITORY / "pages", root / "pages")
            return stack.enter_context(served(root, folder / "cache"))

        yield serve


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium; skip where there is none."""
    found = [path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))]
    if not found:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found[0], args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Tab:
    """Hold a page of the browser; ``heard`` and ``asked`` are what happened since the last ``open``."""

    page: Page
    heard: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))
        self.page.on("request", lambda request: self.ask(request.url, self.asked))
        self.page.on("requestfailed", lambda request: self.ask(request.url, self.heard))

    def hear(self, message: ConsoleMessage) -> None:
        """Remember a message of the console."""
        self.heard.append(message.text)

    def ask(self, url: str, into: list[str]) -> None:
        """Remember a request; not that for the icon, which comes when it likes, also after the page was left."""
        if not url.endswith(ICON):
            into.append(url)

    def reset(self) -> Page:
        """Return to the width of a laptop and to light colours."""
        self.page.emulate_media(media="screen", color_scheme="light", contrast="no-preference", reduced_motion="reduce")
        self.page.set_viewport_size({"width": 1280, "height": 800})
        return self.page

    def show(self, url: str) -> Page:
        """Open an address, unless it is open already."""
        return self.reset() if self.page.url == url else self.open(url)

    def write(self, html: str) -> Page:
        """Show some HTML."""
        self.page.goto("about:blank")
        self.page.set_content(f"<!doctype html>{html}")
        return self.reset()

    def open(self, url: str) -> Page:
        """Load an address."""
        self.heard.clear()
        self.asked.clear()
        response = self.page.goto(url)
        assert response is not None
        assert response.status == 200, f"{url}: {response.status}"
        return self.reset()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> dict[str, Tab]:
    """Return a tab with JavaScript and one without."""
    switched = {"script": True, "no script": False}
    return {name: Tab(browser.new_page(java_script_enabled=on)) for name, on in switched.items()}


@pytest.fixture
def tab(tabs: dict[str, Tab]) -> Tab:
    """Return the tab with JavaScript."""
    return tabs["script"]


@pytest.fixture(
    scope="session", params=[(site, path) for site, paths in PAGES.items() for path in paths.split()], ids="".join
)
def url(request: pytest.FixtureRequest, base: Callable[[str], str]) -> str:
    """Return the address of each kind of page in turn; all tests visit one before they go on."""
    site, path = request.param
    return base(site) + path


@pytest.fixture
def page(tab: Tab, url: str) -> Page:
    """Return each kind of page in turn, shown."""
    return tab.show(url)
