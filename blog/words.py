"""The words of texts: how many there are to read, which two texts have in common, which an address is made of.

Scripts without spaces have no words that could be told without a dictionary: for their length signs count, and what
two texts have in common is pairs of signs.
"""

from __future__ import annotations

import re
import unicodedata

# Thai and Lao, Burmese, Khmer, Japanese, Chinese
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
SPACELESS += "\U00020000-\U0003ffff"
RUN = re.compile(f"[{SPACELESS}]+")
WORD = re.compile(rf"(?:(?![{SPACELESS}])[^\W_])+")
SPACED = re.compile(r"[^\W_]\S*")  # what stands between spaces, if there is a letter or digit in it
MARKS = {code: None for code in range(128) if not (chr(code).isalnum() or chr(code).isspace())}
TAG = re.compile(r"<[^<>]*>")
LEADS = re.compile(r"\]\([^()\s]*")  # where a link of Markdown leads
SIGNS, WORDS = 5, 2  # so many signs take as long as so many words
MOST, LONGEST = 8, 500  # words and characters of an address that are looked at
ENDING = re.compile(r"(?:/index)?\.\w{1,5}/?\Z")


def length(text: str) -> int:
    """Return how long a text in Markdown or HTML is to read, in words."""
    text = LEADS.sub("](", TAG.sub(" ", text))
    if text.isascii():  # the same count, in half the time
        return len(text.translate(MARKS).split())
    signs = sum(map(len, RUN.findall(text)))
    return len(SPACED.findall(RUN.sub(" ", text))) + -(-signs * WORDS // SIGNS)


def words(text: str) -> list[str]:
    """Return the words of a text, and pairs of the signs that aren't parted by spaces, each once, in order."""
    text = unicodedata.normalize("NFKC", text).casefold()
    found = [word for word in WORD.findall(text) if len(word) > 1 and not word.isdecimal()]
    for run in RUN.findall(text) if not text.isascii() else ():
        found += [run[place : place + 2] for place in range(max(1, len(run) - 1))]
    return list(dict.fromkeys(found))


def of_address(url: str) -> list[str]:
    """Return the words of an address, the last ones if they are many."""
    return words(ENDING.sub("", url[-LONGEST:]).replace("_", " "))[-MOST:]


def of_name(url: str) -> list[str]:
    """Return the words of the last part of an address: those before it are the same for many."""
    return words(ENDING.sub("", url).rstrip("/").rpartition("/")[2].replace("_", " "))
