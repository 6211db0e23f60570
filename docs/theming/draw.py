"""Draw the pictures of ``docs/theming.md``, and the repository's own card, with the theme as it is.

``python docs/theming/draw.py`` needs Playwright and Chromium, as the browser tests do. Look at what has changed before
you keep it: fonts differ from machine to machine.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from blog import create_app
from blog.settings import load

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
EXAMPLES = REPOSITORY / "tests" / "theming"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
COLOURS = re.compile(r"(?m)^  (--[a-z]+): light-dark\(")
SIZES = "h1 h2 h3 h4 lead text small code".split()

# Both put a sheet of samples in the place of the page; styles are set one by one, as the policy lets no others in.
SWATCHES = """names => {
  const put = (parent, text, styles) => {
    const one = document.createElement("div");
    one.textContent = text;
    Object.entries(styles).forEach(([name, value]) => one.style.setProperty(name, value));
    parent.append(one);
    return one;
  };
  document.body.replaceChildren();
  document.body.style.display = "block";
  for (const scheme of ["light", "dark"]) {
    const grid = put(document.body, "", {"display": "grid", "grid-template-columns": "repeat(7, 1fr)", "gap": "10px",
      "padding": "16px", "color-scheme": scheme, "background-color": "var(--paper)"});
    for (const name of names) {
      const one = put(grid, "", {"font": "12px/1.5 var(--mono)", "color": "var(--ink)"});
      put(one, "", {"block-size": "34px", "background-color": `var(${name})`, "border": "1px solid var(--edge)",
        "border-radius": "var(--radius)"});
      put(one, name, {});
    }
  }
}"""
SCALE = """names => {
  document.body.replaceChildren();
  document.body.style.cssText = "display: block; padding: 16px 24px";
  for (const name of names) {
    const one = document.createElement("div");
    const size = `var(--size-${name})`;
    one.textContent = `--size-${name}: the tide comes twice`;
    const font = {small: "var(--font-small)", code: "var(--mono)"}[name] || "var(--font-text)";
    const weight = name.startsWith("h") ? "var(--bold)" : 400;
    one.style.cssText = `font: ${weight} ${size}/1.5 ${font}; white-space: nowrap`;
    document.body.append(one);
  }
}"""
CARD = """() => {
  document.querySelectorAll("main, .colophon, .menu, .skip").forEach(one => one.remove());
  document.documentElement.style.fontSize = "56px";
  document.body.style.cssText = `display: flex; flex-direction: column; justify-content: center; padding: 60px 90px;
    min-block-size: 630px`;
  document.querySelector(".masthead").style.cssText = "margin: 0; padding: 0; border: 0; font-size: 96px";
  const line = document.createElement("p");
  line.textContent = "A blog engine whose database is a folder of Markdown files.";
  line.style.cssText = "margin-block-start: 24px; color: var(--soft); font-size: 44px; max-inline-size: 22em";
  document.body.append(line);
}"""


class Quiet(WSGIRequestHandler):
    """Answer without a line in the log."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Serve a site on loopback; yield its address without the last slash."""
    with tempfile.TemporaryDirectory() as cache:
        app = create_app(settings=replace(load(root, {}), cache=cache))
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def show(page: Page, url: str, scheme: str = "light", width: int = 760, height: int = 470) -> None:
    """Open a page of a size, light or dark."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": height})
    response = page.goto(url)
    assert response
    assert response.ok, url


def samples(page: Page, url: str, script: str, names: list[str], file: Path) -> None:
    """Draw a sheet of samples."""
    show(page, url, width=760, height=100)
    page.evaluate(script, names)
    page.screenshot(path=file, full_page=True)


def draw(page: Page) -> None:
    """Draw everything."""
    colours = COLOURS.findall((REPOSITORY / "static" / "theme.css").read_text(encoding="utf-8"))
    with served(EXAMPLES / "block") as plain, served(EXAMPLES / "colours") as own:
        samples(page, f"{plain}/about/", SWATCHES, [*colours, "--accent", "--link"], HERE / "colours.png")
        samples(page, f"{plain}/about/", SCALE, SIZES, HERE / "sizes.png")
        for name, url in (("post", plain), ("own", own)):
            for scheme in ("light", "dark"):
                show(page, f"{url}/posts/harbour/", scheme)
                page.screenshot(path=HERE / f"{name}-{scheme}.png")
    with served(REPOSITORY) as url:
        show(page, f"{url}/", width=1200, height=630)
        page.evaluate(CARD)
        page.screenshot(path=REPOSITORY / "pages" / "card.png")


if __name__ == "__main__":
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox"])
        draw(browser.new_page())
        browser.close()
