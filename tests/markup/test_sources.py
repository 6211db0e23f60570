"""Links between source files become links between pages, in every way that engines write them."""

from __future__ import annotations

import pytest

from blog import names
from blog.site import of


def links(made, body: str, switches: str = "[]", path: str = "posts/a.md") -> str:
    made.write({"pyproject.toml": f"[tool.blog]\nmarkdown = {switches}\n", path: f"# A\n\n{body}\n"})
    library = of(made.app()).library
    return library.text(path).strip()


@pytest.fixture
def tea(made):
    tea = "---\ntags: [Green Tea]\n---\n# Tea\n\n## Part\n"
    made.write({"posts/2012-01-02-tea.md": tea, "pages/deep/About.md": "# About\n", "pages/cup.png": b""})
    return made


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("2012-01-02-tea.md", "/posts/tea/"),
        ("2012-01-02-tea.md#part", "/posts/tea/#part"),
        ("./2012-01-02-tea.md", "/posts/tea/"),
        ("../pages/deep/About.md", "/deep/about/"),
        ("2012-01-02-tea.html", "/posts/tea/"),
        ("2012-01-02-tea", "/posts/tea/"),
        ("posts/2012-01-02-tea.md", "/posts/tea/"),
        ("/posts/2012-01-02-tea.md", "/posts/tea/"),
        ("/deep/About.md", "/deep/about/"),
        ("About.md", "/deep/about/"),
        ("../pages/cup.png", "/cup.png"),
        ("lost.md", "lost.md"),
        ("/lost.md", "/lost.md"),
        ("lost", "lost"),
        ("#part", "#part"),
        ("https://example.org/tea.md", "https://example.org/tea.md"),
        ("http://[", "http://%5B"),
    ],
)
def test_a_link_to_a_source_leads_to_its_page(tea, link, leads):
    assert links(tea, f"[x](<{link}>)") == f'<p><a href="{leads}">x</a></p>'


def test_a_name_alone_that_several_files_have_leads_to_none(tea):
    tea.write({"pages/other/About.md": "# About\n"})
    assert links(tea, "[x](About.md)") == '<p><a href="About.md">x</a></p>'


def test_an_address_that_is_there_wins_over_a_source_of_that_name(tea):
    tea.write({"pages/x.md": "# X\n", "pages/x/deep.md": "# Deep\n", "pages/deep.md": "# Other\n"})
    assert links(tea, "[x](deep)", path="pages/x.md") == '<p><a href="deep">x</a></p>'


@pytest.mark.parametrize(
    ("switch", "body", "html"),
    [
        ("shortcodes", '[x]({{< ref "2012-01-02-tea.md#part" >}})', '<a href="/posts/tea/#part">x</a>'),
        ("shortcodes", '[x]({{% relref "/posts/tea" %}})', '<a href="/posts/tea/">x</a>'),
        ("shortcodes", '[x]({{< ref "deep/about" >}})', '<a href="/deep/about/">x</a>'),
        ("shortcodes", '<a href="{{< ref "tea" >}}">x</a>', '<a href="/posts/tea/">x</a>'),
        ("liquid", "[x]({% post_url 2012-01-02-tea %})", '<a href="/posts/tea/">x</a>'),
        ("liquid", "[x]({% link posts/2012-01-02-tea.md %})", '<a href="/posts/tea/">x</a>'),
        ("liquid", "[x]({{ site.baseurl }}{% post_url tea %})", '<a href="/posts/tea/">x</a>'),
        ("liquid", "[x]({{ '/deep/about/' | relative_url }})", '<a href="/deep/about/">x</a>'),
        ("zola", "[x](@/posts/2012-01-02-tea.md#part)", '<a href="/posts/tea/#part">x</a>'),
        ("zola", "[x](@/deep/About.md)", '<a href="/deep/about/">x</a>'),
        ("hexo", "{% post_link tea %}", '<a href="/posts/tea/">Tea</a>'),
        ("hexo", "{% post_link 2012-01-02-tea 'So &' %}", '<a href="/posts/tea/">So &amp;</a>'),
        (
            "hexo",
            "{% asset_img ../pages/cup.png A cup %}",
            '<img src="/cup.png" alt="A cup" title="A cup" decoding="async">',
        ),
        ("nikola", "[x](link://slug/tea)", '<a href="/posts/tea/">x</a>'),
        ("nikola", "[x](link://filename/posts/2012-01-02-tea.md)", '<a href="/posts/tea/">x</a>'),
        ("nikola", "[x](link://tag/Green%20Tea)", '<a href="/tags/green-tea/">x</a>'),
        ("nikola", "{{% doc %}}so <tea>{{% /doc %}}", '<a href="/posts/tea/">so</a>'),
        ("pelican", "[x]({filename}2012-01-02-tea.md#part)", '<a href="/posts/tea/#part">x</a>'),
        ("pelican", "[x]({filename}/deep/About.md)", '<a href="/deep/about/">x</a>'),
        ("pelican", "[x](|filename|../pages/deep/About.md)", '<a href="/deep/about/">x</a>'),
        ("pelican", "<img src='{static}/cup.png'>", '<img src="/cup.png">'),
        ("pelican", "[x]({tag}Green%20Tea) [y]({index})", '<a href="/tags/green-tea/">x</a> <a href="/">y</a>'),
        (
            "luapress",
            "[=posts/2012-01-02-tea] [=posts/tea so]",
            '<a href="/posts/tea/">Tea</a> <a href="/posts/tea/">so</a>',
        ),
    ],
)
def test_each_engine_s_own_way_to_name_a_file_leads_to_its_page(tea, switch, body, html):
    assert links(tea, body, f'["{switch}"]') in (f"<p>{html}</p>", html)
    assert tea.run("check").exit_code == 0, tea.run("check").output


@pytest.mark.parametrize(
    ("switch", "body", "said"),
    [
        ("shortcodes", '[x]({{< ref "lost" >}})', "there is no text lost to lead to"),
        ("shortcodes", "{{< nobody knows >}}", "the shortcode nobody isn't known; what is in it stays"),
        ("shortcodes", "{{< open", "this shortcode has no end"),
        ("liquid", "[x]({% post_url lost %})", "there is no text lost to lead to"),
        ("liquid", "{% nobody knows %}", "the tag nobody isn't known; what is in it stays"),
        ("liquid", "{% include lost.html %}", "there is no _includes/lost.html"),
        ("liquid", "{{ page.title | nobody }}", "the filter nobody isn't known"),
        ("zola", "[x](@/lost.md)", "there is no text /lost.md to lead to"),
        ("hexo", "{% post_link lost %}", "there is no text lost to lead to"),
        ("nikola", "{{% nobody %}}", "the shortcode nobody isn't known; what is in it stays"),
        ("pelican", "[x]({filename}lost.md)", "there is no file lost.md to lead to"),
        ("luapress", "[=posts/lost]", "there is no text posts/lost to lead to"),
        ("mdx", "<Nobody />", "the component Nobody isn't known; what is in it stays"),
    ],
)
def test_what_cannot_be_drawn_is_reported_with_its_place_and_not_printed(made, switch, body, said):
    html = links(made, body, f'["{switch}"]')
    assert "nobody" not in html
    assert f"posts/a.md:3: {said}" in made.run("check").stdout.splitlines()


def test_a_picture_that_lies_elsewhere_than_beside_its_post_is_drawn_and_reported(tea):
    assert links(tea, "{% asset_img cup.png %}", '["hexo"]') == '<p><img src="/cup.png" alt="" decoding="async"></p>'
    said = "posts/a.md:3: cup.png isn't in the folder of the post; /cup.png is taken"
    assert said in tea.run("check").output.splitlines()


def test_a_link_follows_its_target(tea):
    links(tea, '[x]({{< ref "tea" >}})', '["shortcodes"]')
    library = of(tea.app()).library
    library.text("posts/a.md")
    tea.write({"posts/2012-01-02-tea.md": "---\nslug: green\n---\n# Tea\n"})
    library.refresh()
    assert "/posts/green/" in library.text("posts/a.md")


def test_an_included_file_is_read_anew_when_it_changes(made):
    made.write({"_includes/note.html": "<b>{{ include.text }}, {{ page.title }}</b>"})
    assert links(made, "{% include note.html text='old' %}", '["liquid"]') == "<p><b>old, A</b></p>"
    library = of(made.app()).library
    made.write({"_includes/note.html": "<i>new</i>"})
    assert library.text("posts/a.md") == "<p><i>new</i></p>\n"


@pytest.mark.parametrize("name", ["../secret.html", "../../etc/passwd", "x/../../secret.html"])
def test_no_file_outside_of_the_folder_is_included(made, name):
    made.write({"secret.html": "secret", "_includes/x/y.html": ""})
    assert "secret" not in links(made, f"{{% include {name} %}}", '["liquid"]')


def test_what_a_text_shows_of_its_header_follows_it(made):
    links(made, "{{ page.key }}", '["liquid"]')
    library = of(made.app()).library
    for value in ("one", "two"):
        made.write({"posts/a.md": f"---\ntitle: A\nkey: {value}\n---\n{{{{ page.key }}}}\n"})
        library.refresh()
        assert library.text("posts/a.md") == f"<p>{value}</p>\n"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Green Tea.md", "green-tea"),
        ("./posts/tea/index.md", "posts/tea"),
        ("/posts/_index.md", "posts"),
        ("cup.png", "cup.png"),
        ("index", ""),
        (".", ""),
        ("reindex", "reindex"),
    ],
)
def test_names_are_compared_in_a_plain_form(name, plain):
    assert names.plain(name) == plain


def test_an_address_that_is_there_wins_over_the_source_that_a_rooted_link_names(tea):
    tea.write({"pages/x.md": "---\nurl: /tea.md\n---\n# X\n"})
    assert links(tea, "[x](/tea.md)") == '<p><a href="/tea.md">x</a></p>'


@pytest.mark.parametrize("folder", ["downloads", "source/downloads"])
@pytest.mark.parametrize("switch", ["liquid", "hexo"])
def test_a_file_for_download_is_shown_as_code(made, folder, switch):
    made.write({f"{folder}/code/words.py": "a = 1\n"})
    html = links(made, "{% include_code words.py %}", f'["{switch}"]')
    assert '<code class="language-py"><span class="n">a</span>' in html
    assert "<figcaption>words.py</figcaption>" in html
