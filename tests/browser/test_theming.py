"""A site's own colours are what a browser shows, in either scheme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).parents[1] / "theming" / "colours" / "static" / "custom.css"
PAIR = re.compile(r"(--[a-z]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
SHOWN = """name => {
  const one = document.createElement("i");
  one.style.setProperty("color", `var(${name})`);
  document.body.append(one);
  const shown = getComputedStyle(one).color;
  one.remove();
  return shown;
}"""


def rgb(color: str) -> str:
    return "rgb({}, {}, {})".format(*(int(color[n : n + 2], 16) for n in (1, 3, 5)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_the_site_s_own_sheet_holds(tab, base, scheme):
    page = tab.open(base("colours") + "/posts/harbour/")
    page.emulate_media(color_scheme=scheme)
    wanted = {name: rgb(dark if scheme == "dark" else light) for name, light, dark in PAIR.findall(SHEET.read_text())}
    assert len(wanted) > 20
    assert {name: page.evaluate(SHOWN, name) for name in wanted} == wanted
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == wanted["--paper"]
    assert page.evaluate("getComputedStyle(document.querySelector('.prose a')).color") == wanted["--link"]
    assert tab.heard == []
