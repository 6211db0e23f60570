"""What the configuration of a Jekyll site says."""

from __future__ import annotations

import json
from typing import Any

import hypothesis
from hypothesis import given
from hypothesis import strategies as st

from ..conftest import ANYTHING, SAID, read_anything
from .conftest import Read, header

KEYS = (
    "permalink source destination collections collections_dir defaults exclude include"
    " plugins timezone url baseurl title markdown_ext show_drafts unpublished"
).split()


def test_octopress_has_its_content_in_source(read_site: Read) -> None:
    config = "source: source\ndestination: public\npermalink: /blog/:year/:month/:day/:title/\n"
    files: dict[str, str | bytes] = {
        "_config.yml": config,
        "README.md": header(),
        "source/about/index.markdown": header(),
    }
    found = read_site(files | {"source/_posts/2014-01-02-x.markdown": header("categories: [a]\n")})
    assert {name: document.url for name, document in found.items()} == {
        "source/about/index.markdown": "/about/",
        "source/_posts/2014-01-02-x.markdown": "/blog/2014/01/02/x/",
    }


@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=5), st.dictionaries(st.sampled_from(SAID), ANYTHING))
@hypothesis.settings(max_examples=60, deadline=None)
def test_any_configuration_and_header_can_be_read(said: Any, header: Any) -> None:
    read_anything(
        {"_config.yml": json.dumps(said)}, header, ("_posts/2014-01-02-x.md", "a/x.md", "_x/y.md", "_drafts/z.md")
    )
