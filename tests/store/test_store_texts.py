"""Every error that the draft file raises has its sentence, in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sif_desktop.store
from sif_desktop.language import LANGUAGES, Language, placeholders, words

SOURCES = "".join(
    file.read_text(encoding="utf-8") for file in Path(sif_desktop.store.__path__[0]).glob("*.py")
)
RAISED = set(re.findall(r'(?<!Damage)Error\(\s*"([a-z_]+)"', SOURCES)) | set(
    re.findall(r'"((?:file|draft|disk|attachment)_[a-z_]+)"', SOURCES)
)
FIGURES = {"file", "folder", "journal", "holder", "size", "limit", "number", "digest"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(RAISED))
def test_every_error_has_a_sentence_with_the_file_in_it(key: str, language: Language) -> None:
    sentence = words(language).find(f"errors.{key}")
    assert sentence
    names = {name for name, _ in placeholders(sentence)}
    assert "file" in names
    assert names <= FIGURES


def test_the_errors_are_found() -> None:
    assert {"newer", "file_exists", "draft_busy", "disk_full", "draft_write_denied"} <= RAISED
