"""Posts like a post; how they are found is tested in tests/test_likeness.py."""

from __future__ import annotations

from lxml import html as parser


def related(page: str | bytes) -> list[str]:
    return parser.document_fromstring(page).xpath("//section[contains(@class, 'related')]//li//a/@href")


def test_a_post_leads_to_the_four_most_like_it_live_and_frozen(made):
    made.write({f"posts/n{n}.md": f"---\ntitle: N{n}\ndate: 2020-01-{n:02}\ntags: x\n---\n\nN.\n" for n in range(1, 9)})
    made.write({"posts/alone.md": "---\ntitle: Alone\n---\n\nText.\n"})
    live, tree = made.body("/posts/n1/"), made.freeze()
    assert related(live) == ["/posts/n3/", "/posts/n4/", "/posts/n5/", "/posts/n6/"]  # n2 is the newer one
    assert related(tree["posts/n1/index.html"]) == related(live)
    assert related(tree["posts/alone/index.html"]) == []


def test_what_goes_is_no_longer_led_to(made):
    made.write({f"posts/{name}.md": f"---\ntitle: {name}\ntags: x\n---\n\nText.\n" for name in "abc"})
    made.settings(furniture=["-neighbours"])
    assert len(related(made.freeze()["posts/a/index.html"])) == 2
    (made.root / "posts/b.md").unlink()
    assert related(made.freeze()["posts/a/index.html"]) == ["/posts/c/"]


def test_it_leads_to_no_post_twice(made):
    made.write({f"posts/n{n}.md": f"---\ntitle: N{n}\ndate: 2020-01-{n:02}\ntags: x\n---\n\nN.\n" for n in range(1, 9)})
    for n in range(1, 9):
        page = parser.document_fromstring(made.body(f"/posts/n{n}/"))
        found = page.xpath("//*[contains(@class, 'related') or contains(@class, 'neighbours')]//li//a/@href")
        assert len(found) == len(set(found)) >= 5
