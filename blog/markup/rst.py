"""reStructuredText, by docutils: what it makes of a text, with headings that begin below the title.

Problems are reported, not printed. Files of the machine aren't read; raw HTML passes, as the owner's does.
https://docutils.sourceforge.io/docs/user/config.html
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from . import code
from .around import Around
from .options import Options

DEEPEST = 200  # signs that a line is set in
LONGEST = 400_000  # signs; docutils takes a second for so much
BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
SETTINGS: dict[str, Any] = {
    "input_encoding": "unicode",
    "output_encoding": "unicode",
    "file_insertion_enabled": False,
    "raw_enabled": True,
    "embed_stylesheet": False,
    "stylesheet_path": None,
    "math_output": "MathML",
    "syntax_highlight": "none",
    "doctitle_xform": False,
    "docinfo_xform": False,
    "sectsubtitle_xform": False,
    "initial_header_level": 2,
    "section_self_link": False,
    "smart_quotes": False,
    "footnote_references": "superscript",
    "report_level": 2,
    "halt_level": 5,
    "traceback": False,
    "_disable_config": True,
    "line_length_limit": 100_000,
    "cloak_email_addresses": False,
    "xml_declaration": False,
}
