"""Pelican's sites as Pelican 4.12 has them."""

from __future__ import annotations

import pytest

from blog.documents import Document

CONF = "PATH = 'content'\nTIMEZONE = 'Europe/Paris'\n"


def text(title: str = "A Title", date: str = "2014-03-02 10:11", **more: str) -> str:
    """Write a text with Pelican's header."""
    lines = {"Title": title, "Date": date} | {key.capitalize(): value for key, value in more.items()}
    return "".join(f"{key}: {value}\n" for key, value in lines.items() if value) + "\nText.\n"


def url(read_site, config: str = "", name: str = "content/a.md", **header: str) -> str:
    """Return the address of one text."""
    return read_site({"pelicanconf.py": CONF + config, name: text(**header)})[name].url


@pytest.mark.parametrize(
    ("config", "name", "header", "expected"),
    [
        ("", "a.md", {}, "/a-title.html"),
        ("", "a.md", {"title": "C++ & C# / .NET (v1.2)!"}, "/c-c-net-v12.html"),
        ("", "a.md", {"title": "日本語"}, "/ri-ben-yu.html"),
        ("SLUGIFY_USE_UNICODE = True", "a.md", {"title": "日本語 Größe"}, "/日本語-größe.html"),
        ("SLUGIFY_PRESERVE_CASE = True", "a.md", {}, "/A-Title.html"),
        ("SLUGIFY_SOURCE = 'basename'", "Some Name.md", {}, "/some-name.html"),
        ("SLUG_REGEX_SUBSTITUTIONS = [(r'\\s+', '_')]", "a.md", {}, "/a_title.html"),
        ("", "a.md", {"slug": "Own Slug"}, "/Own Slug.html"),
        ("", "a.md", {"slug": "../../etc"}, "/etc.html"),
        ("", "a.md", {"url": "some/where/"}, "/some/where/"),
        ("", "a.md", {"save_as": "some/index.html"}, "/some/"),
        ("", "a.md", {"lang": "fr"}, "/a-title-fr.html"),
        ("DEFAULT_LANG = 'fr'", "a.md", {"lang": "fr"}, "/a-title.html"),
        ("ARTICLE_URL = '{date:%Y}/{date:%b}/{category}/{slug}/'", "Big Cat/a.md", {}, "/2014/Mar/big-cat/a-title/"),
        ("ARTICLE_URL = '{date.year}/{date.month}/{path}'", "x/a.md", {}, "/2014/3/x/a.md"),
        ("ARTICLE_URL = '{author}/{lang}/{slug}'", "a.md", {"author": "Some One"}, "/some-one/en/a-title"),
        ("ARTICLE_PERMALINK_STRUCTURE = '/%Y/%m/'", "a.md", {}, "/2014/03/a-title.html"),
        ("FILENAME_METADATA = r'(?P<date>\\d{4}-\\d\\d-\\d\\d)_(?P<slug>.*)'", "2014-01-02_x y.md", {}, "/x y.html"),
        ("PATH_METADATA = r'(?P<slug>[^/]+)/.*'", "deep/a.md", {}, "/deep.html"),
        ("EXTRA_PATH_METADATA = {'x': {'url': 'one'}, 'x/a.md': {'url': 'two'}}", "x/a.md", {}, "/two"),
        ("", "pages/deep/a.md", {}, "/pages/a-title.html"),
        ("PAGE_URL = '{slug}/'", "pages/a.md", {}, "/a-title/"),
        ("", "a.md", {"status": "draft"}, "/drafts/a-title.html"),
        ("", "pages/a.md", {"status": "draft"}, "/drafts/pages/a-title.html"),
        ("DRAFT_URL = 'd/{slug}'", "a.md", {"status": "draft"}, "/d/a-title"),
    ],
)
def test_addresses_are_pelicans(read_site, config, name, header, expected):
    assert url(read_site, config, f"content/{name}", **header) == expected


@pytest.mark.parametrize(
    ("config", "name", "content", "reason"),
    [
        ("", "a.md", text(date=""), "it has no date"),
        ("", "a.md", text(title=""), "it has no title"),
        ("", "a.md", text(status="skip"), "its status is skip"),
        ("", "a.md", text(status="hiden"), "its status is hiden"),
        ("", "a.txt", text(), "Pelican reads no .txt"),
        ("", "images/a.txt", text(), "asset"),
        ("READERS = {'md': None}", "a.md", text(), "READERS leaves out .md"),
        ("IGNORE_FILES = ['_*']", "_a/b.md", text(), "IGNORE_FILES has _*"),
        ("ARTICLE_PATHS = ['blog']", "a.md", text(), "it lies neither in ARTICLE_PATHS nor in PAGE_PATHS"),
        ("ARTICLE_EXCLUDES = ['x/y']", "x/y/a.md", text(), "it lies neither in ARTICLE_PATHS nor in PAGE_PATHS"),
        ("ARTICLE_SAVE_AS = ''", "a.md", text(), "ARTICLE_SAVE_AS is empty"),
    ],
)
def test_what_pelican_passes_over_is_left_out_with_the_reason(read_site, config, name, content, reason):
    read = read_site({"pelicanconf.py": CONF + config, f"content/{name}": content})
    assert read[f"content/{name}"] == reason


@pytest.mark.parametrize(
    ("config", "header", "expected"),
    [
        ("", {}, "2014-03-02T10:11:00+01:00"),
        ("", {"date": "2014-03-02_10:11"}, "2014-03-02T10:11:00+01:00"),
        ("", {"date": "2014-03-02 10:11:12+02:00"}, "2014-03-02T10:11:12+02:00"),
        ("", {"date": "03/02/2014"}, "2014-03-02T00:00:00+01:00"),
        ("", {"timezone": "Asia/Tokyo"}, "2014-03-02T10:11:00+09:00"),
        ("DEFAULT_DATE = (2011, 2, 3, 4, 5)", {"date": ""}, "2011-02-03T04:05:00+01:00"),
        ("DEFAULT_DATE = '2010-10-10'", {"date": ""}, "2010-10-10T00:00:00+02:00"),
    ],
)
def test_dates_are_pelicans(read_site, config, header, expected):
    read = read_site({"pelicanconf.py": CONF + config, "content/a.md": text(**header)})
    assert read["content/a.md"].date.isoformat() == expected


def test_the_date_of_the_file_is_taken_where_the_configuration_says_so(read_site):
    read = read_site({"pelicanconf.py": CONF + "DEFAULT_DATE = 'fs'", "content/a.md": text(date="")})
    assert read["content/a.md"].origins["date"] == "file"


def test_tags_category_and_state_are_pelicans(read_site):
    read = read_site(
        {
            "pelicanconf.py": CONF + "DEFAULT_CATEGORY = 'misc'\n",
            "content/a.md": text(tags="one, two; three", category="Big, Cat"),
            "content/dir/b.md": text(category="", tags="x,y ,"),
            "content/c.md": text(status="hidden"),
            "content/d.md": text(status="Draft"),
            "content/e.md": "Title: E\nDate: 2014-01-01\nTags: x\n    y, z\nCategory:\n\nText.\n",
        }
    )
    a, b, c, d, e = (read[f"content/{name}"] for name in ("a.md", "dir/b.md", "c.md", "d.md", "e.md"))
    assert (a.tags, a.categories) == (("one, two", "three"), ("Big, Cat",))
    assert (b.tags, b.categories) == (("x", "y"), ("dir",))
    assert (c.unlisted, c.draft, d.draft) == (True, False, True)
    assert (e.tags, e.categories) == (("x",), ("misc",))


def test_the_title_of_restructuredtext_is_the_documents(read_site):
    read = read_site({"pelicanconf.py": CONF, "content/pages/a.rst": "A Title\n=======\n\nText.\n"})
    assert (read["content/pages/a.rst"].title, read["content/pages/a.rst"].url) == ("A Title", "/pages/a-title.html")


@pytest.mark.parametrize(
    "path",
    [
        "'src'",
        "'./src/'",
        "os.path.join(os.path.dirname(__file__), 'src')",
        "os.path.join(os.path.abspath(os.path.dirname(__file__)), 'src')",
    ],
)
def test_the_folder_of_content_is_that_of_the_configuration(read_site, path):
    read = read_site({"pelicanconf.py": f"import os\nPATH = {path}\n", "src/a.md": text(), "content/b.md": text()})
    assert list(read) == ["src/a.md"]


def test_a_configuration_that_can_not_be_read_stops_nothing(read_site):
    config = (
        "PATH = compute()\nDEFAULT_METADATA = ('a', 'b')\nFILENAME_METADATA = '('\nPAGE_PATHS = 'pages'\nSITENAME = ["
    )
    for broken in (config, config.removesuffix("SITENAME = [")):
        assert isinstance(read_site({"pelicanconf.py": broken, "content/a.md": text()})["content/a.md"], Document)
