"""Folders of engines with few rules: Eleventy, Docusaurus, VuePress, Gatsby and its kin, Obsidian, and smaller ones."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog import engines
from blog.documents import Document, Source, Stamp
from blog.engines.obsidian import hashtags
from blog.facts import Facts, Folder
from blog.reader import LeftOut
from blog.settings import Settings
from blog.settings.choices import SITES

TEXT = "---\ntitle: A Title\n{}---\nText.\n"
DATED = TEXT.format("date: 2014-03-02\n{}")


DATA = 'module.exports = {\n  tags: ["posts"],\n  permalink: "/p/{{ page.fileSlug }}/"\n};'


def url_of(read_site, files: dict[str, str], name: str, more: str = "") -> str:
    """Return the address of one file."""
    return read_site(files | {name: TEXT.format(more)})[name].url


@pytest.mark.parametrize(
    ("name", "more", "expected"),
    [
        ("src/index.md", "", "/"),
        ("src/about.md", "", "/about/"),
        ("src/posts/2014-03-02-name.md", "", "/posts/2014-03-02-name/"),
        ("src/posts/posts.md", "", "/posts/"),
        ("src/posts/2014-03-02-name/index.md", "", "/posts/2014-03-02-name/"),
        ("src/posts/Some Name.md", "", "/posts/Some Name/"),
        ("src/a.md", "permalink: /x/index.html\n", "/x/"),
        ("src/a.md", "permalink: x.html\n", "/x.html"),
        ("src/2014-03-02-a.md", 'permalink: "/{{ page.fileSlug }}/"\n', "/a/"),
        ("src/b/a.md", 'permalink: "{{ page.filePathStem }}.html"\n', "/b/a.html"),
        ("src/b/index.md", 'permalink: "{{ page.filePathStem }}.html"\n', "/b/"),
        ("src/a.md", 'permalink: "/{{ title | slugify }}/"\n', "/a-title/"),
        ("src/a.md", "date: 2014-03-02\npermalink: \"/{{ page.date | date: '%Y/%m' }}/x/\"\n", "/2014/03/x/"),
        ("src/blog/a.md", "", "/journal/a/"),
    ],
)
def test_addresses_are_eleventys(read_site, name, more, expected):
    files = {
        ".eleventy.js": 'module.exports = () => ({ dir: { input: "src" } });\n',
        "src/blog/blog.json": '{"permalink": "/journal/{{ page.fileSlug }}/", "tags": ["post"]}',
    }
    assert url_of(read_site, files, name, more) == expected


def test_eleventy_takes_a_day_from_a_folder_too(read_site):
    read = read_site({".eleventy.js": "", "posts/2014-03-02-x/index.md": TEXT.format(""), "a.md": TEXT.format("")})
    assert read["posts/2014-03-02-x/index.md"].date.isoformat() == "2014-03-02T00:00:00+00:00"
    assert read["a.md"].origins["date"] == "file"


@pytest.mark.parametrize(
    ("config", "name", "more", "expected"),
    [
        ("", "docs/intro.md", "", "/docs/intro"),
        ("", "docs/01-guides/02-First Steps.md", "", "/docs/guides/First Steps"),
        ("", "docs/01-guides/2.0-notes.md", "", "/docs/guides/2.0-notes"),
        ("", "docs/guides/index.md", "", "/docs/guides/"),
        ("", "docs/guides/README.mdx", "", "/docs/guides/"),
        ("", "docs/guides/Guides.md", "", "/docs/guides/"),
        ("trailingSlash: false", "docs/guides/index.md", "", "/docs/guides"),
        ("trailingSlash: true", "docs/intro.md", "", "/docs/intro/"),
        ("", "docs/a/b.md", "id: other\n", "/docs/a/other"),
        ("", "docs/a/b.md", "slug: other\n", "/docs/a/other"),
        ("", "docs/a/b.md", "slug: /other\n", "/docs/other"),
        ("", "docs/a/b.md", "slug: ../other\n", "/docs/other"),
        ("", "docs/a/b.md", "slug: ../../../../other\n", "/docs/other"),
        ("", "docs/a.md", "slug: /\n", "/docs/"),
        ("docs: { sidebar: { a: 1 }, routeBasePath: '/' }", "docs/a.md", "", "/a"),
        ("blog: { routeBasePath: 'news' }", "blog/2014-03-02-a.md", "", "/news/2014/03/02/a"),
        ("", "blog/2014-3-2-some-name.md", "", "/blog/2014/3/2/some-name"),
        ("", "blog/2014/03/02/name/index.md", "", "/blog/2014/03/02/name"),
        ("", "blog/x/2014-03-02-name/index.mdx", "", "/blog/2014/03/02/x/name"),
        ("", "blog/name.md", "", "/blog/name"),
        ("", "blog/2014-03-02-a.md", "slug: own\n", "/blog/own"),
        ("", "src/pages/about.md", "", "/about"),
        ("", "src/pages/index.md", "", "/"),
        ("", "i18n/fr/docusaurus-plugin-content-docs/current/a/b.md", "", "/fr/docs/a/b"),
        ("", "i18n/fr/docusaurus-plugin-content-blog/2014-03-02-a.md", "", "/fr/blog/2014/03/02/a"),
    ],
)
def test_addresses_are_docusauruss(read_site, config, name, more, expected):
    files = {"docusaurus.config.js": f"module.exports = {{ url: 'https://x.example', baseUrl: '/', {config} }};\n"}
    assert url_of(read_site, files, name, more) == expected


def test_the_newest_version_of_docusauruss_documentation_has_the_plain_address(read_site):
    files = {
        "docusaurus.config.js": "",
        "versions.json": '["2.0", "1.0"]',
        "versioned_docs/version-2.0/a.md": TEXT,
        "versioned_docs/version-1.0/01-x/a.md": TEXT,
        "docs/a.md": TEXT,
    }
    found = {name: one.url for name, one in read_site({k: v.format("") for k, v in files.items()}).items()}
    assert list(found.values()) == ["/docs/next/a", "/docs/1.0/x/a", "/docs/a"]


def test_titles_and_dates_are_docusauruss(read_site):
    read = read_site(
        {
            "docusaurus.config.js": "",
            "blog/2014-03-02-some-name.md": "Text.\n",
            "docs/01-some.md": "Text.\n\n# Not this\n",
            "docs/b.md": "import X from 'y';\n\n# This\n\nText.\n",
            "docs/_part.md": "Text.\n",
        }
    )
    post = read["blog/2014-03-02-some-name.md"]
    assert (post.title, post.date.isoformat(), post.kind) == ("some-name", "2014-03-02T00:00:00+00:00", "post")
    assert [read["docs/01-some.md"].title, read["docs/b.md"].title] == ["some", "This"]
    assert read["docs/_part.md"] == "_part.md begins with _"


@pytest.mark.parametrize(
    ("name", "more", "expected"),
    [
        ("docs/README.md", "", "/"),
        ("docs/guide/README.md", "", "/guide/"),
        ("docs/guide/index.md", "", "/guide/"),
        ("docs/guide/some-page.md", "", "/guide/some-page.html"),
        ("docs/a.md", "permalink: /x/y.html\n", "/x/y.html"),
        ("docs/_posts/2014-03-02-name.md", "", "/2014/03/02/name/"),
    ],
)
def test_addresses_are_vuepresss(read_site, name, more, expected):
    assert url_of(read_site, {"docs/.vuepress/config.js": ""}, name, more) == expected


def test_vitepress_may_have_addresses_without_an_ending(read_site):
    files = {".vitepress/config.mts": "export default { cleanUrls: true, srcDir: './src' }\n"}
    assert url_of(read_site, files, "src/guide/a.md") == "/guide/a"


@pytest.mark.parametrize(
    ("config", "name", "more", "expected"),
    [
        ("gatsby-config.js", "content/blog/name/index.md", "", "/blog/name/"),
        ("gatsby-config.js", "content/blog/name.md", "path: /x/y\n", "/x/y"),
        ("gatsby-config.js", "content/blog/name.md", "slug: own\n", "/blog/own/"),
        ("gatsby-config.js", "content/blog/name.md", "slug: /own\n", "/own"),
        ("gatsby-config.js", "content/blog/name.md", "slug: ../../own\n", "/blog/own/"),
        ("astro.config.mjs", "src/content/blog/Some Post v1.2.md", "", "/blog/some-post-v12/"),
    ],
)
def test_addresses_of_gatsby_and_its_kin_are_paths_or_slugs(read_site, config, name, more, expected):
    assert url_of(read_site, {config: ""}, name, more) == expected


@pytest.mark.parametrize("key", ["date", "pubDate", "pubDatetime", "publishedAt", "publishDate"])
def test_dates_of_gatsby_and_its_kin_go_by_many_names(read_site, key):
    read = read_site({"astro.config.mjs": "", "src/content/blog/a.md": TEXT.format(f"{key}: 2014-03-02\n")})
    assert read["src/content/blog/a.md"].date.isoformat() == "2014-03-02T00:00:00+00:00"


def test_a_vault_is_published_as_quartz_does_it(read_site):
    read = read_site(
        {
            "quartz.config.ts": 'pageTitle: "T",\nignorePatterns: ["private", "drafts"],\n',
            "content/Some Note & more.md": "---\ntags: '#one, two words'\naliases: [Old]\n---\nText.\n",
            "content/a/index.md": "Text.\n",
            "content/a/x.md": TEXT.format("permalink: /other\n"),
            "content/private/b.md": "Text.\n",
            "content/2014-03-02.md": TEXT.format("publish: false\nstatus: draft\n"),
        }
    )
    note = read["content/Some Note & more.md"]
    assert (note.url, note.title, note.tags) == ("/Some-Note--and--more", "Some Note & more", ("one", "two-words"))
    assert note.aliases == ("/Old",)
    assert (read["content/a/index.md"].url, read["content/a/x.md"].url) == ("/a/", "/other")
    assert read["content/private/b.md"] == "obsidian leaves out content/private"
    daily = read["content/2014-03-02.md"]
    assert (daily.draft, daily.date) == (False, None)


def test_a_vault_without_quartz_is_published_as_obsidian_does_it(read_site):
    read = read_site({".obsidian/app.json": "{}", "2014-03-02.md": "Text.\n", "b.md": TEXT.format("publish: false\n")})
    assert read["2014-03-02.md"].date.isoformat() == "2014-03-02T00:00:00+00:00"
    assert read["b.md"] == "publish: false"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#tea and #walks/river, #tea.", ("tea", "walks/river")),
        ("- #list\n> #quote\n\n**#bold** a#b (#c) #d", ("list", "quote", "d")),
        ("#2020 #1/2 #--- #y2020 ##two # three", ("y2020",)),
        ("#चाय #茶，好 #café #🌊", ("चाय", "茶", "café", "🌊")),
        ("# Heading #no\n\n`#no` [#no](x) [[a#no]] [[a #no]] %% #no %%\n\n```\n#no\n```\n", ()),
        ('<b style="color: #fff">x</b> https://a.example/ #yes', ("yes",)),
    ],
)
def test_tags_in_the_text_of_a_note_are_its_tags(read_site, text, tags):
    files = {".obsidian/app.json": "{}", "a.md": f"---\ntags: [one]\n---\n{text}\n"}
    note = read_site(files)["a.md"]
    assert note.tags == ("one", *tags)
    assert note.body == f"{text}\n"


@pytest.mark.parametrize("piece", ["#", "# ", "#a ", "[", "[a](", "<", "```\n", "`", "%%", "#/", "> # ", "[[a"])
def test_a_megabyte_of_a_note_is_looked_through_in_a_moment(piece):
    start = time.process_time()
    hashtags(piece * (1_000_000 // len(piece)))
    assert time.process_time() - start < 1


def test_quartz_may_publish_only_what_is_said_to_be(read_site):
    files = {"quartz.config.ts": "filters: [Plugin.ExplicitPublish()]", "content/a.md": TEXT.format("publish: true\n")}
    read = read_site(files | {"content/b.md": TEXT.format("")})
    assert read["content/a.md"].url == "/a"
    assert read["content/b.md"] == "it isn't said to be published, and ExplicitPublish is on"


def test_tags_of_eleventys_data_files_come_with_those_of_the_header(read_site):
    read = read_site(
        {
            ".eleventy.js": "",
            "posts/posts.11tydata.js": DATA,
            "posts/a.md": TEXT.format("tags: one, two\n"),
        }
    )
    assert (read["posts/a.md"].tags, read["posts/a.md"].url) == (("posts", "one, two"), "/p/a/")


def test_luapress_names_pages_as_their_files(read_site):
    read = read_site(
        {
            "config.lua": "local config = { url = 'https://x.example' }\nreturn config\n",
            "posts/My Post.md": "$date=05/09/2012\n\nText.\n",
        }
    )
    post = read["posts/My Post.md"]
    assert (post.url, post.title, post.date.isoformat()) == ("/posts/My_Post/", "My Post", "2012-09-05T12:00:00+00:00")


def test_pyblosxom_has_its_folders_as_categories(read_site):
    config = 'py = {}\npy["blog_title"] = "B"\npy["datadir"] = "/srv/blog/entries"\n'
    read = read_site(
        {"config.py": config, "entries/a/b/some_name.txt": "Title\n#published 2012-09-05 10:11:12\nText.\n"}
    )
    entry = read["entries/a/b/some_name.txt"]
    assert (entry.url, entry.title, entry.categories) == ("/a/b/some_name.html", "Title", ("a/b",))
    assert entry.date.isoformat() == "2012-09-05T10:11:12+00:00"


def plain_url(root, name: str, pattern: str, header: str = "", **values: str) -> str:
    """Return the address of a text of a plain folder by a pattern for all of it."""
    facts = Facts("plain", permalinks=(("*", pattern),), values=values, folders=(Folder(""),))
    text = f"---\ntitle: A Title\ndate: 2014-03-02\n{header}---\nText.\n".encode()
    source = Source(name, name, "page", Stamp(0, 0), text, b"", "")
    return engines.reading_of(Settings(root=root, facts=facts))(source, Settings(root=root, facts=facts)).document().url


@pytest.mark.parametrize(
    ("name", "pattern", "header", "expected"),
    [
        ("a/b.md", "/:path/", "", "/a/b/"),
        ("a/b/index.md", "/:path/", "", "/a/b/"),
        ("index.md", "/:path/", "", "/"),
        ("a/index.md", "/:path.html", "", "/a/"),
        ("a/2014-03-02-b.md", "/:year/:month/:name", "", "/2014/03/b"),
        ("a/b/c.md", "/:sections[0]/:filename", "", "/a/c"),
        ("a/b.md", "/:slug", "slug: own\n", "/own"),
        ("a/b.md", "/:slug", "slug: ../../own\n", "/own"),
        ("a/b.md", "/:title/", "", "/a-title/"),
    ],
)
def test_patterns_for_a_plain_folder_are_filled_with_names_as_they_are(tmp_path, name, pattern, header, expected):
    assert plain_url(tmp_path, name, pattern, header) == expected


def test_addresses_of_a_plain_folder_may_be_in_small_letters_without_spaces(tmp_path):
    assert plain_url(tmp_path, "Some Folder/A B.md", "/:path", lower=True, spaces="-") == "/some-folder/a-b"


HOSTILE = st.sampled_from(
    ["..", "../..", "/../", "a/../../b", "\\", "\0", "%2e%2e", "?x", "#y", "~", "…", "{{x}}", " ", "/", ""]
)
WORDS = st.lists(HOSTILE | st.text(max_size=6), max_size=4).map("".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    engine=st.sampled_from([name for name in SITES if name != "flatleaf"]),
    header=st.dictionaries(
        st.sampled_from(
            "title slug url permalink path category categories tags id save_as _slug lang date author".split()
        ),
        WORDS,
        max_size=6,
    ),
    folder=st.sampled_from(["posts", "blog", "docs", "content/posts", "_posts", "src/pages", "content"]),
)
def test_no_header_makes_an_address_that_leads_out(tmp_path, engine, header, folder):
    made = engines.facts_of(Settings(root=tmp_path, engine=engine))
    site = engines.settings_with(Settings(root=tmp_path, engine=engine), made)
    lines = "".join(f"{key}: {' '.join(value.split())!r}\n" for key, value in header.items())
    text = f"---\n{lines}---\n\nText.\n".encode(errors="replace")
    name = f"{folder}/2014-03-02-a.{'lr' if engine == 'lektor' else 'md'}"
    source = Source(name, name, "post", Stamp(0, 0), text, b"", "")
    try:
        found = engines.reading_of(site)(source, site).document()
    except LeftOut:
        return
    assert isinstance(found, Document)
    assert found.url.startswith("/")
    assert not {"..", "."} & set(found.url.split("/"))
    assert all(not {"..", "."} & set(one.split("/")) for one in found.aliases)
