"""Images know their size from their file, and are shown with it."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import markup, sources
from blog.documents import Stamp
from blog.site import of


def png(width: int, height: int) -> bytes:
    """Return a whole image, all black."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 1) * height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def extent(file: Path) -> str:
    return sources.extent(sources.Found(str(file), file.name, file.name, Stamp(0, 0)))


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("a.png", png(3, 2), "3x2"),
        ("A.PNG", png(640, 480), "640x480"),
        ("a.gif", b"GIF89a" + struct.pack("<HH", 7, 5) + b"\0\0\0;", "7x5"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="10.4" height="20"/>', "10x20"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 40"/>', ""),
        ("a.svg", b"<svg", ""),
        ("a.png", b"", ""),
        ("a.png", b"\x89PNG\r\n\x1a\n", ""),
        ("a.txt", png(3, 2), ""),
    ],
)
def test_an_image_file_says_its_size(tmp_path: Path, name: str, data: bytes, size: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert extent(tmp_path / name) == size


STARTS = [
    png(1, 1)[:20],
    b"GIF89a",
    b"\xff\xd8\xff\xe0\0\x10JFIF",
    b"RIFF\0\0\0\0WEBPVP8 ",
    b"<svg ",
    b"\0\0\0\x18ftypavif",
]


@given(st.sampled_from(STARTS), st.binary(max_size=80), st.sampled_from(["png", "gif", "jpg", "webp", "svg", "avif"]))
def test_a_broken_image_has_no_size_or_one(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, rest: bytes, ending: str
) -> None:
    file = tmp_path_factory.getbasetemp() / f"broken.{ending}"
    file.write_bytes(start + rest)
    size = extent(file)
    assert size == "" or all(part.isdigit() for part in size.split("x"))


@pytest.fixture
def pictures(site: Callable[..., Any]) -> Any:
    return site(
        {
            "posts/tea/index.md": "# Tea\n\nWords ![a](cup.png)\n\n![b](../../pages/pot.png)\n\n![c](/pot.png)\n",
            "posts/tea/cup.png": png(3, 2),
            "pages/pot.png": png(30, 20),
        }
    )


def test_a_page_says_how_large_its_images_are(pictures: Any) -> None:
    html = pictures.body("/posts/tea/")
    assert '<img src="/posts/tea/cup.png" alt="a" width="3" height="2" decoding="async">' in html
    assert '<img src="/pot.png" alt="b" width="30" height="20" loading="lazy" decoding="async">' in html
    assert '<img src="/pot.png" alt="c" width="30" height="20" loading="lazy" decoding="async">' in html


def test_lists_say_it_too(pictures: Any) -> None:
    assert '<img src="/posts/tea/cup.png" alt="a" width="3" height="2" decoding="async">' in pictures.body("/")


def test_another_image_in_its_place_is_measured_again(pictures: Any) -> None:
    first = pictures.freeze()
    pictures.write({"posts/tea/cup.png": png(33, 22)})
    second = pictures.freeze()
    assert b'alt="a" width="3" height="2"' in first["posts/tea/index.html"]
    assert b'alt="a" width="33" height="22"' in second["posts/tea/index.html"]
    assert b'alt="a" width="33" height="22"' in second["index.html"]
    assert pictures.run("verify").exit_code == 0


def test_an_image_that_comes_later_is_measured_then(pictures: Any) -> None:
    (pictures.root / "pages/pot.png").unlink()
    app = pictures.app()
    assert 'alt="b" loading="lazy"' in app.test_client().get("/posts/tea/").text
    pictures.write({"pages/pot.png": png(9, 8)})
    of(app).library.refresh()
    assert 'alt="b" width="9" height="8" loading="lazy"' in app.test_client().get("/posts/tea/").text


@pytest.mark.parametrize("link", ["https://a.example/cup.png", "//a.example/cup.png", "data:image/png,x", "//[", "#x"])
def test_nothing_is_asked_of_an_image_elsewhere(made: Any, link: str) -> None:
    made.write({"posts/a.md": f"# A\n\nWords ![a](<{link}>)\n"})
    library = of(made.app()).library
    assert 'alt="a" decoding="async"' in library.text("posts/a.md")
    assert library.rows("SELECT asked FROM rendered") == [("{}",)]


@pytest.mark.parametrize("link", ["", "?", "%00", "../../../../etc/passwd", "a" * 5000, "cup.png#x", "cup.png/"])
def test_any_link_can_be_asked_for(pictures: Any, link: str) -> None:
    assert of(pictures.app()).library.extent("posts/tea/index.md", link) in ("", "3x2")


PIECES = st.sampled_from(
    r"""![ ] ] [ ](a.png) ](a.png~"A~<b>~title") ](b) [r] [r]: * ** ` <b> </b> " ' &amp; & < words [^1] ^[ http://a.b
    - > # | \] \" ![a](b~"c") [![a](b~'c')](d)""".split()
).map(lambda piece: piece.replace("~", " ")) | st.sampled_from([" ", "\n", "\n\n"])


@given(st.lists(PIECES, max_size=20).map("".join))
def test_every_image_has_a_description_and_every_figure_a_caption(text: str) -> None:
    html = markup.render(f"{text}\n\n[r]: c.png 'T'\n").html
    for image in re.findall(r"<img [^>]*>", html):
        assert re.match(r'<img src="[^"]*" alt="[^"]*"( title="[^"]*")?( loading="lazy")? decoding="async">', image)
    assert html.count("<figure>") == html.count("<figcaption>") == html.count("</figure>")
    assert len(re.findall(r'<img (?![^>]*loading="lazy")', html)) <= 1
