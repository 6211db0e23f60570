"""What the theme says, in which language."""

from __future__ import annotations

import string
from datetime import datetime

import pytest
from lxml import html as parser

from blog import phrases

DAY = datetime(2024, 3, 5)
LONG = {
    "da": "5. marts 2024",
    "de": "5. März 2024",
    "en": "5 March 2024",
    "es": "5 de marzo de 2024",
    "fr": "5 mars 2024",
    "it": "5 marzo 2024",
    "nl": "5 maart 2024",
    "pt": "5 de março de 2024",
    "sv": "5 mars 2024",
}
FILES = {
    "posts/a.md": "---\ntitle: A\ndate: 2024-03-05\ntags: [x]\n---\n\nText.\n",
    "posts/b.md": "---\ntitle: B\ndate: 2024-03-04\nlang: fr\n---\n\nText.\n",
    "posts/c.md": "---\ntitle: C\ndate: 2024-03-03\nlang: ar\n---\n\nText.\n",
}


def values(said: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(said)} - {None}


@pytest.mark.parametrize("language", phrases.SAID)
def test_every_language_says_all_that_english_says(language):
    for name, english in phrases.PHRASES["en"].items():
        said = phrases.PHRASES[language][name]
        assert said
        assert (values(said), said.count("~")) == (values(english), english.count("~")), name


@pytest.mark.parametrize(("language", "day"), LONG.items())
def test_days_are_written_as_the_language_writes_them(language, day):
    assert phrases.date(DAY, language) == day
    assert phrases.date(DAY, f"{language}-XX") == day
    assert day.startswith(phrases.date(DAY, language, year=False))


@pytest.mark.parametrize(
    ("page", "site", "language"),
    [("de", "en", "de"), ("de-AT", "en", "de-AT"), ("ar", "de", "de"), ("ar", "ja", "en"), ("ja", "ja", "en")],
)
def test_it_speaks_the_page_s_language_else_the_site_s_else_english(page, site, language):
    say = phrases.speech(page, site)
    assert say.language == language
    assert (say.lang == "") == (language == page)


def test_one_is_said_otherwise_than_several():
    english, french = phrases.speech("en", "en"), phrases.speech("fr", "fr")
    assert [english("posts_word", count) for count in (0, 1, 2)] == ["posts", "post", "posts"]
    assert [french("posts_word", count) for count in (0, 1, 2)] == ["article", "article", "articles"]
    assert english("part_of", 5, number=2) == "Part 2 of 5 of"


def spoken(made, url: str) -> dict[str, str]:
    """Return by text the language that an element with words of the theme is labelled with."""
    page = parser.document_fromstring(made.body(url))
    found = {}
    for element in page.iter():
        if isinstance(element.tag, str) and (text := (element.text or "").strip()):
            found[text] = next(one.get("lang") for one in (element, *element.iterancestors()) if one.get("lang"))
    return found


def test_a_german_site_speaks_german(made):
    made.write(FILES)
    made.settings(language="de")
    said = spoken(made, "/posts/a/")
    for words in ("Zum Inhalt springen", "Schlagwörter", "5. März 2024", "Archiv", "Älter"):
        assert said[words] == "de", words
    assert "Skip to content" not in said
    assert spoken(made, "/archive/")["Archiv"] == "de"
    assert "Alle Beiträge nach Jahren." in made.body("/archive/")
    assert spoken(made, "/tags/x/")["Schlagwort"] == "de"


def test_a_page_in_another_language_is_spoken_around_in_that(made):
    made.write(FILES)
    assert spoken(made, "/posts/b/")["Aller au contenu"] == "fr"
    assert spoken(made, "/posts/b/")["A"] == "en"  # the title of its neighbour


def test_words_in_english_are_said_to_be_english(made):
    made.write(FILES)
    made.settings(language="ja")
    for url in ("/posts/a/", "/posts/c/", "/", "/archive/", "/tags/", "/tags/x/", "/subscribe/", "/404.html"):
        said = spoken(made, url)
        words = {"Skip to content", "Archive", "Tags", "Tagged", "5 March 2024", "Page not found", "Auto", "All tags"}
        assert {said[word] for word in words & said.keys()} == {"en"}, url
    page = parser.document_fromstring(made.body("/posts/c/"))
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert page.xpath("//footer[@class='facts']/@dir") == ["ltr"]
