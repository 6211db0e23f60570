"""Where a post's file can be seen and edited."""

from __future__ import annotations

from lxml import html as parser


def test_a_post_leads_to_its_file(made):
    made.write({"posts/größe & co.md": "# A\n\nText.\n"})
    made.settings(source_url="https://code.example/see/{path}?x", edit_url="https://code.example/edit/{path}")
    page = parser.document_fromstring(made.body("/posts/gr%C3%B6%C3%9Fe-co/"))
    path = "posts/gr%C3%B6%C3%9Fe%20%26%20co.md"
    assert page.xpath("//p[@class='source']/a/@href") == [
        f"https://code.example/see/{path}?x",
        f"https://code.example/edit/{path}",
    ]


def test_without_the_settings_there_is_nothing(made):
    made.write({"posts/a.md": "# A\n\nText.\n"})
    assert 'class="source"' not in made.body("/posts/a/")
    made.settings(edit_url="https://code.example/edit/{path}")
    assert len(parser.document_fromstring(made.body("/posts/a/")).xpath("//p[@class='source']/a")) == 1
