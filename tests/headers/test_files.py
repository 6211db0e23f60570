"""Every file of the folders here gives what the .json of its name says: header, body, and what is in doubt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from blog import headers
from blog.errors import ContentError
from blog.headers.records import Records

HERE = Path(__file__).parent
FILES = sorted(file for file in HERE.glob("*/*") if file.suffix not in (".json", ".meta", ".pyc"))
MADE = {dialect.name for dialect in headers.DIALECTS if isinstance(dialect, Records)}  # of fields: no end of the file


def test_every_dialect_has_a_folder_of_files() -> None:
    folders = {file.parent.name for file in FILES}
    assert folders == {dialect.name for dialect in headers.DIALECTS} | {"none"}


def test_no_file_is_expected_that_is_not_there() -> None:
    assert {file.with_suffix(".json") for file in FILES} == set(HERE.glob("*/*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_file_says_what_is_expected_of_it(file: Path) -> None:
    expected = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    text = file.read_text(encoding="utf-8")
    meta = file.with_name(f"{file.name}.meta")
    if "error" in expected:
        with pytest.raises(ContentError) as refused:
            headers.read(text, file.name)
        assert {"error": refused.value.reason, "line": refused.value.line} == expected
        return
    header = headers.read(text, file.name, meta.read_text(encoding="utf-8") if meta.exists() else "")
    said = json.loads(json.dumps(header.meta, default=str))
    found = {"dialect": header.dialect, "meta": said, "body": header.body, "body_line": header.body_line}
    assert found | ({"doubts": [list(doubt) for doubt in header.doubts]} if header.doubts else {}) == expected
    below = text.split("\n")[header.body_line - 1 :]
    if header.dialect in MADE:
        assert not header.body or header.body.split("\n")[0] in "\n".join(below)
    else:
        assert "\n".join(below).endswith(header.body)
        assert len(below) == header.body.count("\n") + 1 or not header.body
