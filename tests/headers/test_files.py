"""Every file of the folders here gives what the .json of its name says: header and body, or an error and its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from blog import headers
from blog.errors import ContentError

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*/*.md"))


def test_every_dialect_has_a_folder_of_files() -> None:
    folders = {file.parent.name for file in FILES}
    assert folders == {dialect.name for dialect in headers.DIALECTS} | {"none"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_file_says_what_is_expected_of_it(file: Path) -> None:
    expected = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    text = file.read_text(encoding="utf-8")
    if "error" in expected:
        with pytest.raises(ContentError) as refused:
            headers.read(text, file.name)
        assert (refused.value.reason, refused.value.line) == (expected["error"], expected["line"])
        assert refused.value.format_message() == f"{file.name}:{expected['line']}: {expected['error']}"
        return
    header = headers.read(text, file.name)
    said = json.loads(json.dumps(header.meta, default=str))
    assert {"dialect": header.dialect, "meta": said, "body": header.body, "body_line": header.body_line} == expected
    assert text.split("\n")[header.body_line - 1 :] == header.body.split("\n") or not header.body
