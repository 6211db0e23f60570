"""How other engines make an address of words: a table of pure functions, each as its engine has it.

Each takes a text and returns what the engine would put into the address, decoded and not cut to a length
that the engine doesn't cut to; the result may be empty. ``SLUGS`` names them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from html import unescape
from itertools import groupby
from urllib.parse import unquote

Slug = Callable[[str], str]

TAGS = re.compile(r"</?[^<>]*>")
LATIN = dict(  # letters that are no other letter with a mark
    zip(
        "ÆæØøŒœĐđÐðĦħıĲĳŁłĿŀŦŧÞþßẞſŉĸŊŋ",
        "AE ae O o OE oe D d D d H h i IJ ij L l L l T t Th th ss SS s n k Ng ng".split(),
        strict=True,
    )
)
CORRECTED = {  # where text-unidecode is older than the tables of Unidecode
    **dict(zip("しちっつシチッツー", "shi chi tsu tsu shi chi tsu tsu -".split(), strict=True)),
    **dict(zip("אחךכק־−Є", "A H KH KH k - - Ie".split(), strict=True)),
    **{"¼": " 1/4", "½": " 1/2", "¾": " 3/4", "⟩": "> ", "〉": "> "},
}
HEXO = {  # with letters in a circle, or as wide as Chinese ones; what it has no letter for stays
    **dict(zip("ßẞſĸŊŋÞþÐðĲĳ", "sSlĸŊŋÞþÐðĲĳ", strict=True)),
    **{chr(first + at): chr(letter + at) for first, letter in ((0x24B6, 65), (0x24D0, 97)) for at in range(26)},
    **{chr(first + at): chr(letter + at) for first, letter in ((0xFF21, 65), (0xFF41, 97)) for at in range(26)},
}
ELEVENTY = {
    **dict(zip("äöüß&♥🦄", ["ae", "oe", "ue", "ss", " and ", " love ", " unicorn "], strict=True)),
    **dict(zip("абвгдеёжзийклмноп", "a b v g d e yo zh z i j k l m n o p".split(), strict=True)),
    **dict(zip("рстуфхцчшщыэюя", "r s t u f h cz ch sh shh y e yu ya".split(), strict=True)),
    **dict(zip("ъьќљњєіїґ", ["", "", "kj", "lj", "nj", "ye", "i", "yi", "g"], strict=True)),
    **dict(zip("αβγδεζηθικλμνξο", "a v g d e z i th i k l m n ks o".split(), strict=True)),
    **dict(zip("πρσςτυφχψω", "p r s s t y f x ps o".split(), strict=True)),
    **dict(zip("άέήίόύώϊϋΐΰ", "a e i i o y o i y i y".split(), strict=True)),
    **dict(zip("ءآأؤإئابةتثجحخد", "e a a w i y a b t t th j h kh d".split(), strict=True)),
    **dict(zip("ذرزسشصضطظعغ", "dh r z s sh s d t z e gh".split(), strict=True)),
    **dict(zip("ـفقكلمنهوىيُچکگپژی", "_ f q k l m n h w a y u ch k g p zh y".split(), strict=True)),
    **dict(zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789", strict=True)),
    **dict(zip("ټځڅډړږښګڼۀېۍٹڈڑںہھے", "p z c d r g x g n e e ai t d r n h h e".split(), strict=True)),
    **dict(zip("აბგდევზთიკლმნოპჟრ", "a b g d e v z t i k l m n o p zh r".split(), strict=True)),
    **dict(zip("სტუფქღყშჩცძწჭხჯჰ", "s t u ph q gh k sh ch ts dz ts tch kh j h".split(), strict=True)),
    **dict(zip("աբգդեզէըթժիլխծկհձղճ", "a b g d ye z e y t zh i l kh ts k h dz gh tch".split(), strict=True)),
    **dict(zip("մյնշոչպջռսվտրցփքօֆև", "m y n sh vo ch p j r s v t r c p q o f yev".split(), strict=True)),
}
KIRBY = {
    **dict(zip("°₀¹₁²₂³₃⁴₄⁵₅⁶₆⁷₇⁸₈⁹₉", "00112233445566778899", strict=True)),
    **dict(zip("абцдефгхийклмнопрстувызеёэ", "abcdefghijklmnoprstuvyzeee", strict=True)),
    **dict(zip("чюяшщжæǽœøß", "ch ju ja sh shch zh a a oe o ss".split(), strict=True)),
    **dict(zip("ðďđƒªºŉſ", "dj dj dj f a o n s".split(), strict=True)),
    **dict(zip("łħŧıĳ", "l h t i ij".split(), strict=True)),
}


def plain(text: str, others: Mapping[str, str] | None = None) -> str:
    """Return a text with Latin letters without their marks, each as the table has it where there is one."""
    table = LATIN | dict(others or {})
    return "".join(table[sign] if sign in table else base(sign) for sign in text)


def composed(text: str) -> str:
    """Return a text with each letter as one sign where there is one for it."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def base(sign: str) -> str:
    """Return the letter below the marks of a Latin one; any other sign as it is."""
    first = unicodedata.normalize("NFD", sign)[0]
    return first if first.isascii() and first.isalpha() else sign


def unidecoded(text: str) -> str:
    """Return a text in ASCII, by the tables that Unidecode goes back to."""
    return text if text.isascii() else "".join(map(romanised, text))


@lru_cache(maxsize=8192)
def romanised(sign: str) -> str:
    """Return one sign in ASCII; what the tables don't know is looked up in its plainest form."""
    from text_unidecode import unidecode  # its tables take a while to load

    found = CORRECTED.get(sign) or str(unidecode(sign))
    if found and "[?]" not in found:
        return found
    other = unicodedata.normalize("NFKC", sign)
    return "" if sign == other else unidecoded(other).replace("[?]", "")


def github(text: str) -> str:
    """Keep letters, digits and ``_``, in lower case; a space is a dash: Astro has it, too.

    https://github.com/Flet/github-slugger
    """
    kept = (sign for sign in text.lower() if sign in " -_" or sign.isalnum() or unicodedata.category(sign)[0] == "M")
    return "".join(sign for sign in kept if unicodedata.category(sign) != "No").replace(" ", "-")


def hugo(text: str, accents: bool = True, lower: bool = True) -> str:
    """Keep letters, digits and ``. / _ # + ~ - @``; white space is a dash, everything else goes.

    https://github.com/gohugoio/hugo/blob/master/common/paths/path.go
    """
    made, gap, last = [], False, ""
    for at, sign in enumerate(text):
        if allowed_in_hugo(text, at, sign):
            if gap and sign != "-":
                made.append("-")
            made.append(sign)
            gap, last = False, sign
        elif made and last != "-" and sign.isspace():
            gap = True
    if not accents:  # removePathAccents
        made = [sign for sign in unicodedata.normalize("NFD", "".join(made)) if unicodedata.category(sign) != "Mn"]
    return unquote(composed("".join(map(str.lower, made) if lower else made)))


def allowed_in_hugo(text: str, at: int, sign: str) -> bool:
    """Tell whether Hugo keeps a sign; a percent sign belongs to two digits."""
    if sign.isascii():
        octet = sign == "%" and re.match("[0-9A-Fa-f]{2}", text[at + 1 : at + 3])
        return sign.isalnum() or sign in "./\\_#+~-@" or bool(octet)
    return unicodedata.category(sign) in ("Nd", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me")


def jekyll(text: str, mode: str = "default", cased: bool = False) -> str:
    """Put a dash for all that is no letter or digit; ``pretty`` keeps more, ``raw`` all but spaces.

    https://jekyllrb.com/docs/liquid/filters/#options-for-the-slugify-filter
    """
    if mode == "latin":
        text = "".join(sign if sign.isascii() else "?" for sign in plain(text))
    keeps = {"pretty": "._~!$&'()+,;=@", "raw": None}.get(mode, "")
    made = runs(text, lambda sign: in_jekyll(sign, mode, keeps))
    made = made.removeprefix("-").removesuffix("-")
    return made if cased else made.lower()


def in_jekyll(sign: str, mode: str, keeps: str | None) -> bool:
    """Tell whether a mode keeps a sign."""
    if keeps is None:
        return not (sign.isspace() and sign.isascii())
    if sign.isascii() or mode == "ascii":
        return sign.isascii() and (sign.isalnum() or sign in keeps)
    return unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) == "Nd"


def runs(text: str, kept: Callable[[str], bool]) -> str:
    """Put one dash for each run of signs that aren't kept."""
    return "".join("".join(run) if keep else "-" for keep, run in groupby(text, kept))


PELICAN = ((r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-"))


def pelican(
    text: str,
    substitutions: Iterable[tuple[str, str]] = PELICAN,
    preserve_case: bool = False,
    use_unicode: bool = False,
) -> str:
    """Romanise, then substitute: SLUG_REGEX_SUBSTITUTIONS of the site, in lower case.

    https://docs.getpelican.com/en/latest/settings.html#url-settings
    """
    text = unicodedata.normalize("NFKC", " ".join(unescape(TAGS.sub("", text)).split()))
    text = text if use_unicode else unidecoded(text)
    for pattern, by in substitutions:
        try:
            text = re.sub(unicodedata.normalize("NFKC", pattern), by, text, flags=re.IGNORECASE)
        except re.error:
            continue
    return (text if preserve_case else text.lower()).strip()


def nikola(text: str, use_slugify: bool = True) -> str:
    """Romanise, keep letters, digits, ``+`` and ``_``; where USE_SLUGIFY is off only what no file may hold goes.

    https://getnikola.com/handbook.html
    """
    if not use_slugify:
        return re.sub("[/\\\\?#\"'\r\n\t*:<>|]", "-", text)
    return re.sub(r"[-\s]+", "-", re.sub(r"[^+\w\s-]", "", unidecoded(text)).strip().lower())


def hexo(text: str, transform: int = 0) -> str:
    """Take the marks off Latin letters and put a dash for ASCII punctuation; filename_case 1 is lower, 2 upper case.

    https://github.com/hexojs/hexo-util#slugizestr-options
    """
    text = re.sub("[\x00-\x1f]", "", plain(text, HEXO))
    text = re.sub(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+", "-", text).strip("-")
    return {1: text.lower(), 2: text.upper()}.get(transform, text)


def zola(text: str, strategy: str = "on") -> str:
    """Romanise, with one dash for all that is no letter or digit; ``safe`` only takes out what no file may hold.

    https://www.getzola.org/documentation/getting-started/configuration/#slugification-strategies
    """
    if strategy == "on":
        return re.sub("[^a-z0-9]+", "-", unidecoded(text).lower()).strip("-")
    return re.sub(r'[<>:"/\\|?*]', "", text.rstrip(" .")) if strategy == "safe" else text


def lektor(text: str) -> str:
    """Romanise each part of a path; an extension at its end stays.

    https://www.getlektor.com/docs/api/templates/filters/slugify/
    """
    *parts, last = text.split("/")
    names = last.rsplit(".", 2)
    stem, ending = (names[0], ".".join(names[1:])) if len(names) == 3 and len(names[1]) < 5 else (last, "")
    if not ending or re.search(r"\s", ending):
        stem, _, ending = last.rpartition(".")
    if not ending or re.search(r"\s", ending) or len(names) == 1:
        stem, ending = last, ""
    if not stem:
        stem, ending = f".{ending}", ""
    return "/".join(map(python_slugify, [*parts, stem])) + f".{ending}" * bool(ending)


def python_slugify(text: str) -> str:
    """Romanise, with one dash for all that is no letter or digit; quotes go, so do commas within numbers.

    https://github.com/un33k/python-slugify
    """
    text = unicodedata.normalize("NFKD", unescape(re.sub("'+", "-", text)))
    text = re.sub("'+", "", unidecoded(text).lower())
    return re.sub("[^a-z0-9]+", "-", re.sub(r"(?<=\d),(?=\d)", "", text)).strip("-")


def kirby(text: str) -> str:
    """Spell letters by Kirby's table and put a dash for all else; cut at 128.

    https://getkirby.com/docs/reference/objects/toolkit/str/slug
    """
    spelt = (KIRBY.get(sign) or (base(sign) if sign < "\u0220" else "") for sign in composed(text.strip().lower()))
    ascii_only = "".join(sign for sign in "".join(spelt) if sign in "\t\n\r" or " " <= sign <= "~")
    return re.sub("[^a-z0-9]+", "-", ascii_only).strip("-")[:128]


def quartz(text: str) -> str:
    """Put dashes for white space and words for what an address can't hold, in a path without its extension.

    https://github.com/jackyzha0/quartz/blob/v4/quartz/util/path.ts
    """
    text = re.sub(r"\s", "-", text.strip("/")).replace("&", "-and-").replace("%", "-percent")
    return re.sub(r"(^|/)_index\Z", r"\1index", text.replace("?", "").replace("#", ""))


def eleventy(text: str) -> str:
    """Spell letters by the table of its ``slugify`` filter, with one dash for all that is no letter or digit.

    https://www.11ty.dev/docs/filters/slugify/
    """
    text = re.sub(r"([a-z\d])'([ts])(?=\s|\Z)", r"\1\2", plain(composed(text).lower(), ELEVENTY))
    return re.sub("[^a-z0-9]+", "-", "".join(c for c in text if unicodedata.category(c) != "Mn")).strip("-")


def eleventy_slug(text: str) -> str:
    """Do what the older ``slug`` filter of Eleventy did: some punctuation stays.

    https://www.11ty.dev/docs/filters/slug/
    """
    spelt = plain(text, {"&": "and", "|": "or", "<": "less", ">": "greater", "$": "dollar", "%": "percent"})
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s$*_+~.()'\"!\-:@]+", "", spelt, flags=re.ASCII).strip()).lower()


def wordpress(text: str) -> str:
    """Take the marks off Latin letters, keep other letters, put a dash for spaces, dots, slashes and dashes.

    https://developer.wordpress.org/reference/functions/sanitize_title_with_dashes/
    """
    text = re.sub(r"&(nbsp|#160|ndash|#8211|mdash|#8212);", "-", plain(composed(TAGS.sub("", unquote(text))))).lower()
    last = text.rfind(";") + 1
    text = re.sub("&[^;]+;", "", " ".join(text[:last].split("\n"))) + text[last:]
    text = re.sub("[\u00a0\u2010-\u2015./]", "-", text).replace("×", "x")
    kept = (sign for sign in text if in_wordpress(sign))
    text = re.sub("-+", "-", re.sub(r"\s+", "-", "".join(kept))).strip("-")
    return cut(text, 200)


def in_wordpress(sign: str) -> bool:
    """Tell whether WordPress keeps a sign; beyond ASCII it strikes some punctuation and keeps the rest."""
    if sign.isascii():
        return sign.isalnum() or sign in " _-\t\n\r\f\v"
    return sign not in "¡¿«»‹›‘’“”‚‛„‟©®°…™´ˊ\u0301\u0341\u0300\u0304\u030c\u2028\u2029\ufeff\ufffc"


def cut(text: str, longest: int) -> str:
    """Cut a text where its escaped form gets longer than that many characters."""
    length = 0
    for at, sign in enumerate(text):
        length += 1 if sign.isascii() else 3 * len(sign.encode(errors="replace"))
        if length > longest:
            return text[:at]
    return text


def docusaurus(text: str) -> str:
    """Take a number in front off, unless it is that of a date or a version.

    https://docusaurus.io/docs/sidebar/autogenerated#using-number-prefixes
    """
    if re.match(r"\d+[-_.]\d", text):
        return text
    found = re.match(r"\d+\s*[-_.]+\s*(?=[^-_.\s])", text)
    return text[found.end() :] if found else text


def python_markdown(text: str) -> str:
    """Keep ASCII letters, digits and ``_``, in lower case, with a dash for spaces.

    https://python-markdown.github.io/extensions/toc/
    """
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip().lower())


def material(text: str) -> str:
    """Keep letters, digits, ``_`` and ``-``, in lower case, with a dash for each space.

    https://squidfunk.github.io/mkdocs-material/plugins/blog/#config.post_slugify
    """
    text = composed(TAGS.sub("", text)).strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def as_is(text: str) -> str:
    """Return a text as it is: Gatsby, MkDocs, Lume, VitePress and others take the path of a file."""
    return text


SLUGS: dict[str, Slug] = {
    "as-is": as_is,
    "docusaurus": docusaurus,
    "eleventy": eleventy,
    "eleventy-slug": eleventy_slug,
    "github": github,
    "hexo": hexo,
    "hexo-lower": partial(hexo, transform=1),
    "hugo": hugo,
    "jekyll": jekyll,
    "jekyll-ascii": partial(jekyll, mode="ascii"),
    "jekyll-latin": partial(jekyll, mode="latin"),
    "jekyll-pretty": partial(jekyll, mode="pretty"),
    "jekyll-raw": partial(jekyll, mode="raw"),
    "jekyll-title": partial(jekyll, mode="pretty", cased=True),
    "kirby": kirby,
    "lektor": lektor,
    "material": material,
    "nikola": nikola,
    "nikola-off": partial(nikola, use_slugify=False),
    "pelican": pelican,
    "pelican-unicode": partial(pelican, use_unicode=True),
    "python-markdown": python_markdown,
    "quartz": quartz,
    "wordpress": wordpress,
    "zola": zola,
    "zola-off": partial(zola, strategy="off"),
    "zola-safe": partial(zola, strategy="safe"),
}
