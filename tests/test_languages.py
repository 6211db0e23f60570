"""Which way a language runs."""

from __future__ import annotations

import pytest

from blog.languages import direction


@pytest.mark.parametrize("tag", ["ar", "AR-eg", "fa", "he-IL", "ur", "pa-Arab-PK", "az-Arab", "yi"])
def test_these_run_from_right_to_left(tag):
    assert direction(tag) == "rtl"


@pytest.mark.parametrize("tag", ["en", "ja", "zh-Hant-TW", "pa", "ku-Latn", "ar-Latn", "de-AT", "arn", "x"])
def test_these_run_from_left_to_right(tag):
    assert direction(tag) == "ltr"
