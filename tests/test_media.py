"""Sound, film and pictures, as headers name them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.documents import Attachment, Picture
from blog.media import FILES, MOST, PICTURES, attachments, picture, seconds


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ({"enclosure": "ep.mp3"}, ("ep.mp3", "audio/mpeg", 0, 0)),
        ({"enclosure": "/a/ep.m4a", "length": "12,345", "duration": "33:25"}, ("/a/ep.m4a", "audio/mp4", 12345, 2005)),
        (
            {"enclosure": "https://e.org/ep.mp3 123 audio/mpeg a:1:{}"},  # as WordPress keeps it
            ("https://e.org/ep.mp3", "audio/mpeg", 123, 0),
        ),
        (
            {"enclosure": {"url": "//e.org/play?id=3", "length": 5, "type": "Audio/Ogg"}},
            ("//e.org/play?id=3", "audio/ogg", 5, 0),
        ),
        ({"podcast": {"file": "ep.mp3", "duration": "1:02:03", "bytes": "9"}}, ("ep.mp3", "audio/mpeg", 9, 3723)),
        (
            {"podcast_file": "ep.mp3", "podcast_duration": "90", "podcast_bytes": "77"},
            ("ep.mp3", "audio/mpeg", 77, 90),
        ),
        ({"audio": [{"src": "https://e.org/play"}]}, ("https://e.org/play", "audio/mpeg", 0, 0)),
        ({"video": "talk.webm", "duration": "PT1H2M"}, ("talk.webm", "video/webm", 0, 3720)),
        ({"enclosure": {"url": "paper.pdf", "type": "no type"}}, ("paper.pdf", "application/pdf", 0, 0)),
    ],
)
def test_a_file_is_read_from_the_forms_that_people_use(meta, expected):
    assert attachments(meta) == (Attachment(*expected),)


@pytest.mark.parametrize(
    "meta",
    [{}, {"audio": True}, {"enclosure": None}, {"audio": "a word"}, {"podcast": {"title": "x"}}, {"video": [[], {}]}],
)
def test_what_names_no_file_is_none(meta):
    assert attachments(meta) == ()


def test_several_files_are_told_once_each():
    found = attachments({"enclosures": ["a.mp3", "b.mp3"], "audio": "a.mp3"})
    assert [one.url for one in found] == ["a.mp3", "b.mp3"]


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ({"image": "a.png"}, ("a.png", "image/png", "", 0, 0)),
        ({"images": ["https://e.org/a", "b.png"]}, ("https://e.org/a", "", "", 0, 0)),
        ({"cover": {"image": "c.jpg", "alt": "A cat"}}, ("c.jpg", "image/jpeg", "A cat", 0, 0)),
        ({"image": {"path": "/a.webp", "width": 3, "height": "4"}}, ("/a.webp", "image/webp", "", 3, 4)),
        ({"image": "a.svg", "image_alt": "Drawn"}, ("a.svg", "image/svg+xml", "Drawn", 0, 0)),
        ({"header": {"teaser": "t.gif"}, "title": "x"}, ("t.gif", "image/gif", "", 0, 0)),
        ({"image": "", "thumbnail": "t.avif"}, ("t.avif", "image/avif", "", 0, 0)),
    ],
)
def test_a_picture_is_read_from_the_forms_that_people_use(meta, expected):
    assert picture(meta) == Picture(*expected)


@pytest.mark.parametrize("meta", [{}, {"image": True}, {"cover": 3}, {"image": "a picture of a cat"}, {"images": {}}])
def test_what_names_no_picture_is_none(meta):
    assert picture(meta) is None


@pytest.mark.parametrize(
    ("given_", "expected"),
    [("61", 61), ("1:01", 61), ("01:00:01", 3601), ("1h 2m 3s", 3723), ("PT5M", 300), ("61.5", 61), ("", 0), ("x", 0)],
)
def test_a_duration_is_in_seconds(given_, expected):
    assert seconds(given_) == expected


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.dates(), st.datetimes()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["url", "length"]), inner)),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*FILES, *PICTURES, "length", "duration", "podcast_bytes"]), VALUES))
def test_no_header_raises(meta):
    for one in attachments(meta):
        assert one.url
        assert "/" in one.type
        assert 0 <= one.length <= MOST
        assert one.duration >= 0
    found = picture(meta)
    assert found is None or found.url
