"""Hexo's sites as Hexo 8 has them: what is a page or a post, its title, date, tags, categories and address."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import engines
from blog.documents import Document
from blog.engines import config as configuration
from blog.engines import hexo

from .conftest import ANYTHING, SAID, compare, read_anything, told

Read = Callable[[dict[str, str | bytes]], dict[str, Any]]

KEYS = (
    "permalink source_dir new_post_name permalink_defaults default_category category_map skip_render exclude"
    " include ignore timezone url title filename_case per_page language post_asset_folder"
).split()

DATE = "date: 2014-03-09 10:00:00\n"
DUMP = """
hexo.extend.console.register("dump", "dump", {}, async function () {
  await hexo.load();
  const found = {}, shown = new Set(hexo.locals.get("posts").map((post) => post._id));
  const names = (of) => of.map((one) => one.name);
  hexo.model("Post").filter((post) => shown.has(post._id)).forEach((post) => {
    const path = "/" + post.path.replace(/^\\//, "");
    const filed = { tags: names(post.tags), categories: names(post.categories) };
    found["source/" + post.source] = { url: path, title: post.title, date: post.date.unix(), ...filed };
  });
  hexo.model("Page").forEach((page) => {
    const path = "/" + page.path.replace(/index\\.html$/, "");
    found["source/" + page.source] = { url: path, title: page.title, tags: [], categories: [] };
  });
  require("fs").writeFileSync("truth.json", JSON.stringify(found));
});
"""


def header(said: str = "", text: str = "Text.\n") -> str:
    """Return a text with a header."""
    return f"---\ntitle: T\n{'' if 'date:' in said else DATE}{said}---\n{text}"


def one(read_site: Read, name: str, text: str | bytes = header(), config: str = "") -> Any:
    """Read one file of a site, by its path below the folder of content."""
    config = f"title: S\nsource_dir: source\ntimezone: Asia/Shanghai\n{config}"
    return read_site({"_config.yml": config, f"source/{name}": text})[f"source/{name}"]


@pytest.mark.parametrize(
    ("permalink", "url"),
    [
        ("", "/2014/03/09/sub/Über x/"),
        (":year/:month/:day/:title.html", "/2014/03/09/sub/Über x.html"),
        ("/blog/:i_month/:i_day/:name", "/blog/3/9/Über x"),
        (":category/:post_title/", "/Web-Dev/C/t/"),
        ("p/:timestamp-:hour:minute:second/", "/p/1394330400-100000/"),
        (":hash/", "/5787f27e3935/"),
        ("posts/:abbrlink.html", "/posts/4a17b156.html"),
        ("posts/:nothing.html", "/posts/sub/Über x.html"),
        (":lang/:title/", "/en/sub/Über x/"),
        (":year_:month/:title/", "/2014_03/sub/Über x/"),
    ],
)
def test_permalinks_make_addresses(read_site: Read, permalink: str, url: str) -> None:
    config = f"permalink: {permalink}\npermalink_defaults: {{lang: en, abbrlink: none}}\n"
    text = header("abbrlink: 4a17b156\ncategories: [Web Dev, C++]\n")
    assert one(read_site, "_posts/sub/Über x.md", text, config).url == url


def test_new_post_name_tells_of_names(read_site: Read) -> None:
    config = "new_post_name: :year-:month-:day-:title.md\nfilename_case: 1\n"
    document = one(read_site, "_posts/2014-03-05-Some Name.md", "---\ntitle: T\n---\n", config)
    assert (document.url, f"{document.date:%F}") == ("/2014/03/05/Some Name/", "2014-03-05")
    assert one(read_site, "_posts/Other Näme.md", header(), config).url == "/2014/03/09/Other-Name/"
    config = "new_post_name: :lang/:title.md\npermalink: :lang/:title/\n"
    assert one(read_site, "_posts/fr/x.md", header("lang: de\n"), config).url == "/fr/x/"


def test_a_name_says_no_date_where_new_post_name_has_none(read_site: Read) -> None:
    document = one(read_site, "_posts/2014-03-05-x.md", "---\ntitle: T\n---\n")
    assert (document.date.year > 2020, document.origins["date"]) == (True, "file")


@pytest.mark.parametrize(
    ("name", "said", "url"),
    [
        ("about/index.md", "", "/about/"),
        ("Sp ace/größe.md", "", "/Sp ace/größe.html"),
        ("v1.2.md", "", "/v1.2.html"),
        ("x.md", "permalink: /given/", "/given/"),
        ("x.md", "permalink: given", "/given.html"),
        ("x.md", "permalink: given.html", "/given.html"),
        ("_posts/x.md", "permalink: given", "/given"),
        ("_posts/x.md", "permalink: /中文/", "/中文/"),
    ],
)
def test_pages_have_addresses_by_their_path_or_as_written(read_site: Read, name: str, said: str, url: str) -> None:
    assert one(read_site, name, header(f"{said}\n")).url == url


def test_a_post_with_a_folder_for_its_pictures_is_one(read_site: Read) -> None:
    config = "permalink: :title\npost_asset_folder: true\n"
    assert one(read_site, "_posts/x.md", header(), config).url == "/x/"
    assert one(read_site, "_posts/y.md", header("permalink: /z\n"), config).url == "/z/"
    assert one(read_site, "_posts/x/part.html", header(), config) == "asset"


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2014-03-10", "2014-03-10T00:00:00+08:00"),
        ("2014-03-10 23:30", "2014-03-10T23:30:00+08:00"),
        ("2014-03-10 23:30:00", "2014-03-10T23:30:00+08:00"),
        ("2014/03/10 23:30:00", "2014-03-10T23:30:00+08:00"),
        ("2014-03-10T23:30:00Z", "2014-03-10T23:30:00+08:00"),  # YAML: the hour in UTC is taken for one of the site
        ("2014-03-10 23:30:00 +09:00", "2014-03-10T14:30:00+08:00"),
        ("'2014-03-10T23:30:00Z'", "2014-03-11T07:30:00+08:00"),  # a text, so a moment of JavaScript
        ("2014-03-10 23:30:00 -0700", "2014-03-11T14:30:00+08:00"),
        ("'2014-03-10'", "2014-03-10T08:00:00+08:00"),
        ("'2014-03-10 23:30:00'", "2014-03-10T23:30:00+08:00"),
    ],
)
def test_dates_are_as_hexo_has_them(read_site: Read, written: str, moment: str) -> None:
    assert one(read_site, "_posts/x.md", header(f"date: {written}\n")).date.isoformat() == moment


@pytest.mark.parametrize(
    "text",
    [
        "title: A\ndate: 2014-03-09\ntags: [a]\n---\nText.\n",
        '"title": "A",\n"date": "2014/03/09",\n"tags": ["a"]\n;;;\nText.\n',
        ';;;\n"title": "A",\n"date": "2014/03/09",\n"tags": ["a"]\n;;;\nText.\n',
        "---\ntitle: A\ndate: 2014-03-09\ntags:\n\t- a\n---\nText.\n",
        "-----\ntitle: A\ndate: 2014-03-09\ntags: a\n-----\nText.\n",
        "---\r\ntitle: A\r\ndate: 2014-03-09\r\ntag: a\r\n---\r\nText.\r\n",
    ],
)
def test_every_kind_of_header_is_read(read_site: Read, text: str) -> None:
    document = one(read_site, "_posts/x.md", text)
    assert (document.title, document.tags, f"{document.date:%F}", document.body.strip()) == (
        "A",
        ("a",),
        "2014-03-09",
        "Text.",
    )


@pytest.mark.parametrize(
    ("said", "categories", "url"),
    [
        ("categories: 前端", ("前端",), "/frontend/x/"),
        ("categories: a, b", ("a, b",), "/a-b/x/"),
        ("categories: [a, b]", ("a", "b"), "/a/b/x/"),
        ("categories: [[a, b], c]", ("a", "b", "c"), "/c/x/"),
        ("category: [a]\n", ("a",), "/a/x/"),
        ("categories:", (), "/misc/x/"),
        ("Categories: a", (), "/misc/x/"),
    ],
)
def test_categories_are_paths(read_site: Read, said: str, categories: tuple[str, ...], url: str) -> None:
    config = "permalink: :category/:title/\ndefault_category: misc\ncategory_map: {前端: frontend}\n"
    document = one(read_site, "_posts/x.md", header(f"{said}\n"), config)
    assert (document.categories, document.url) == (categories, url)


@pytest.mark.parametrize(
    ("pattern", "name", "said"),
    [
        (":title", "a/b c", {"title": "a/b c"}),
        (":year-:month-:day-:title", "2014-03-09-x-y", {"year": "2014", "month": "03", "day": "09", "title": "x-y"}),
        (":year-:month-:day-:title", "x", {}),
        (":1/:é:title:title", "a", {}),
        ("x.(:title", "x.(y", {"title": "y"}),
    ],
)
def test_names_are_read_by_the_pattern_of_new_posts(pattern: str, name: str, said: dict[str, str]) -> None:
    assert hexo.parsed(pattern, name) == said


def test_a_text_is_one_tag(read_site: Read) -> None:
    assert one(read_site, "_posts/x.md", header("tags: a b, c\n")).tags == ("a b, c",)


@pytest.mark.parametrize(
    ("name", "said", "draft"),
    [
        ("_posts/x.md", "published: false", True),
        ("_posts/x.md", "published:", False),
        ("_posts/x.md", "published: true", False),
        ("_posts/x.md", "draft: true", False),
        ("_drafts/x.md", "", True),
        ("x.md", "published: false", False),
    ],
)
def test_posts_are_held_back_and_pages_are_not(read_site: Read, name: str, said: str, draft: bool) -> None:
    assert one(read_site, name, header(f"{said}\n")).draft is draft


def test_posts_to_come_are_seen_unless_the_configuration_says_otherwise(read_site: Read, tmp_path: Path) -> None:
    one(read_site, "_posts/x.md")
    assert engines.load(tmp_path, {}).future is True
    assert one(read_site, "x.md", header("date: 2040-01-01\n"), "future: false\n").publishes.year == 1970
    assert engines.load(tmp_path, {}).future is False


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("_posts/_x.md", "_x.md begins with _"),
        ("_posts/sub/_x/y.md", "_x begins with _"),
        ("_private/x.md", "_private begins with _"),
        ("_inc/x.md", ""),
        ("skip/a/x.md", "asset"),
        ("README.md", "asset"),
        ("x.txt", "asset"),
        ("_posts/x.txt", "Hexo doesn't render it"),
        ("out/x.md", "the configuration excludes it"),
        ("a/never/x.md", "the configuration ignores it"),
    ],
)
def test_what_hexo_makes_no_page_of_is_told(read_site: Read, name: str, reason: str) -> None:
    config = "skip_render: [README.md, 'skip/**']\nexclude: ['out/*']\ninclude: ['_inc/*']\nignore: ['**/never/**']\n"
    found = one(read_site, name, header(), config)
    assert ("" if isinstance(found, Document) else found) == reason


def test_the_slug_may_be_the_title(read_site: Read) -> None:
    text = f"---\n{DATE}---\nText.\n"
    assert one(read_site, "_posts/Some Name.md", text).origins["title"].startswith("nothing")
    assert one(read_site, "_posts/Some Name.md", text, "use_slug_as_post_title: true\n").title == "Some Name"


@given(st.text(alphabet="*/?!a.{}[](", max_size=40), st.text(max_size=100))
def test_any_pattern_of_paths_is_one(pattern: str, path: str) -> None:
    assert configuration.ignored(pattern, path) in (True, False)
    assert configuration.globbed(pattern, path) in (True, False)
    assert isinstance(hexo.parsed(pattern, path), dict)


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("*.md", "a.md", True),
        ("*.md", "b/a.md", False),
        ("**/*.md", "b/a.md", True),
        ("**/*.md", "a.md", True),
        ("b/**", "b/c/a.md", True),
        ("b/**/c/**", "b/x/c/a.md", True),
        ("b/**/c/**", "b/x/d/a.md", False),
        ("b/*.{md,html}", "b/a.html", True),
        ("b/*.{md,html}", "b/a.txt", False),
        ("?.md", "ab.md", False),
    ],
)
def test_only_two_stars_stand_for_slashes(pattern: str, path: str, fits: bool) -> None:
    assert configuration.globbed(pattern, path) is fits


@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=5), st.dictionaries(st.sampled_from(SAID), ANYTHING))
@hypothesis.settings(max_examples=60, deadline=None)
def test_any_configuration_and_header_can_be_read(said: Any, header: Any) -> None:
    files = {"_config.yml": json.dumps(said), "package.json": '{"dependencies": {"hexo": "*"}}'}
    read_anything(files, header, ("source/_posts/x.md", "source/a/x.md", "source/_drafts/z.md"))


@pytest.mark.skipif(not shutil.which("hexo"), reason="Hexo isn't installed")
def test_hexo_itself_has_the_same(read_site: Read, tmp_path: Path) -> None:
    config = "title: S\nsource_dir: source\ntimezone: UTC\npermalink: :category/:year/:hash/:title.html\n"
    files: dict[str, str | bytes] = {
        "source/_posts/sub/Über x.md": header("categories: [[a, b], [C d]]\ntags: a, b\n"),
        "source/_posts/closing.md": f"title: C\n{DATE}tag: x\n---\nText.\n",
        "source/_posts/offset.md": header("date: 2014-03-09 23:00:00 +02:00\n"),
        "source/_posts/_no.md": header(),
        "source/_drafts/no.md": header(),
        "source/about/index.md": header(),
        "source/x y.md": header("permalink: given\n"),
    }
    package = '{"hexo": {}, "dependencies": {"hexo": "*", "hexo-renderer-marked": "*"}}'
    ours = read_site({"_config.yml": config, "scripts/dump.js": DUMP, "package.json": package} | files)
    modules = next(path for path in Path(shutil.which("hexo") or "").resolve().parents if path.name == "node_modules")
    (tmp_path / "node_modules").symlink_to(modules)
    compare(ours, told(tmp_path, "hexo", "dump", TZ="UTC"))


PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\4\0\0\0\2\x08\0\0\0\0"
BUNDLES = {
    "_config.yml": "title: Site\npost_asset_folder: true\n",
    "package.json": '{"dependencies": {"hexo": "8"}}',
    "source/_posts/a.md": "---\ntitle: A\ndate: 2015-01-02 03:04:05\n---\n![](pic.png) ![](a/pic.png)\n",
    "source/_posts/a/pic.png": PICTURE,
    "source/_posts/b.md": "---\ntitle: B\ndate: 2015-01-03 03:04:05\n---\n{% asset_img pic.png %}\n",
    "source/_posts/b/pic.png": PICTURE,
    "source/_posts/c.md": "---\ntitle: C\ndate: 2015-01-04 03:04:05\n---\n{% asset_img pic.png %}\n",
}


def test_the_folder_of_a_post_s_name_is_beside_the_post(made):
    made.write(BUNDLES)
    assert made.body("/2015/01/02/a/").count('src="/2015/01/02/a/pic.png"') == 2
    client = made.app().test_client()
    assert client.get("/2015/01/02/a/pic.png", buffered=True).data == PICTURE
    assert client.get("/_posts/a/pic.png").status_code == 404
    assert made.freeze()["2015/01/02/a/pic.png"] == PICTURE


def test_a_permalink_of_a_file_has_its_folder_beside_it(made):
    made.write(BUNDLES | {"_config.yml": "post_asset_folder: true\npermalink: :year/:title.html\n"})
    assert 'src="/2015/a/pic.png"' in made.body("/2015/a.html")
    assert made.app().test_client().get("/2015/a/pic.png", buffered=True).status_code == 200


def test_a_picture_is_looked_for_in_the_post_s_own_folder_first_and_reported_elsewhere(made):
    made.write(BUNDLES)
    assert 'src="/2015/01/03/b/pic.png"' in made.body("/2015/01/03/b/")
    assert 'src="/2015/01/02/a/pic.png"' in made.body("/2015/01/04/c/")
    result = made.run("check")
    found = "source/_posts/c.md:5: pic.png isn't in the folder of the post; /2015/01/02/a/pic.png is taken"
    assert found in result.output.splitlines()
    assert "b.md" not in result.output


def test_what_lies_with_a_held_back_post_is_held_back(made):
    text = "---\ntitle: A\ndate: 2015-01-02 03:04:05\npublished: false\n---\n![](pic.png)\n"
    made.write(BUNDLES | {"source/_posts/a.md": text})
    client = made.app().test_client()
    assert client.get("/2015/01/02/a/pic.png").status_code == 404
    assert client.get("/_posts/a/pic.png").status_code == 404


def test_without_the_setting_the_folder_is_one_like_any_other(made):
    made.write(BUNDLES | {"_config.yml": "title: Site\n"})
    assert made.app().test_client().get("/2015/01/02/a/pic.png").status_code == 404
