"""What is like an address that holds nothing."""

from __future__ import annotations

import time

import pytest
from lxml import html as parser

from blog.site import of

FILES = {
    "posts/2012-09-05-moving-on.md": "---\ntitle: Moving house\n---\n\nText.\n",
    "posts/2013-01-01-tea.md": "---\ntitle: A cup of tea\n---\n\nText.\n",
    "posts/2014-01-01-teapots.md": "---\ntitle: Gardening with teapots\ndraft: true\n---\n\nText.\n",
    "posts/weather.md": "---\ntitle: 京都の天気予報\ndate: 2015-01-01\n---\n\nText.\n",
    "pages/garden.md": "# Gardening\n",
}


def found(made, url: str) -> list[str]:
    response = made.app().test_client().get(url)
    assert response.status_code == 404
    return parser.document_fromstring(response.data).xpath("//section[@class='missing']//li//a/@href")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/2012/moving-house/", ["/posts/moving-on/"]),
        ("/2012/09/moving_on.html", ["/posts/moving-on/"]),
        ("/MOVING", ["/posts/moving-on/"]),
        ("/blog/cup-of-tea/index.php", ["/posts/tea/"]),
        ("/gardener/", ["/garden/"]),
        ("/天気/", ["/posts/weather/"]),
        ("/teapots/", []),
        ("/2012/", []),
        ("/posts/nothing-like-it/", []),
        ("/%00%ff/..%5c/", []),
    ],
)
def test_documents_that_share_words_with_the_address_are_named(made, url, expected):
    made.write(FILES)
    assert found(made, url) == expected


def test_what_shares_most_comes_first_and_five_are_enough(made):
    made.write({f"posts/tea-{n}.md": f"---\ntitle: Tea {n}x\ndate: 2020-01-0{n}\n---\n" for n in range(1, 9)})
    made.write({"posts/cup.md": "---\ntitle: Tea in a cup\ndate: 2010-01-01\n---\n"})
    urls = found(made, "/cup-of-tea/")
    assert urls == ["/posts/cup/", *(f"/posts/tea-{n}/" for n in (8, 7, 6, 5))]


def test_a_word_that_very_many_have_says_nothing(made):
    made.write({f"posts/tea-{n}.md": "---\ntitle: Tea\n---\n" for n in range(201)})
    assert found(made, "/tea/") == []


def test_the_frozen_page_is_the_same_for_every_address(made):
    made.write(FILES)
    assert b"Perhaps" not in made.freeze()["404.html"]
    assert made.body("/404.html").encode() == made.tree()["404.html"]


def test_a_page_of_ones_own_for_what_is_not_there_stays(made):
    made.write(FILES | {"pages/404.html": "---\ntitle: Lost\npermalink: /404.html\n---\n<p>Mine.</p>\n"})
    response = made.app().test_client().get("/moving-house/")
    assert (response.status_code, b"Mine." in response.data, b"Perhaps" in response.data) == (404, True, False)


def test_a_hostile_address_is_cheap(made):
    made.write({f"posts/n{n}.md": f"---\ntitle: Word{n % 7} other{n} some tea\n---\n" for n in range(300)})
    app = made.app()
    asked = of(app).library
    with app.app_context():
        of(app).resembling("/warm-up/")
        for url in (
            "/" + "tea-some-" * 50_000,
            "/" + "-".join(f"word{n}" for n in range(100_000)),
            "/" + "字" * 100_000,
        ):
            start = time.process_time()
            assert len(of(app).resembling(url)) <= 5
            assert time.process_time() - start < 0.2, url[:20]
    assert asked.count() == 300
