"""Every error that the program raises has a plain sentence in three languages, with its figures."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import sif_desktop
from sif_desktop import errors, language
from sif_desktop.errors import SifError
from sif_desktop.language import LANGUAGES, Language

PACKAGE = Path(sif_desktop.__file__).parent
GENERIC = (
    "file_missing",
    "file_is_folder",
    "file_no_permission",
    "file_unreadable",
    "file_not_ours",
    "file_exists",
    "folder_not_empty",
    "disk_full",
    "newer",
)
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}


class Raised(NamedTuple):
    """An error made in the source: where, its key, and its figures where all are named."""

    where: str
    key: str
    figures: frozenset[str] | None


def raised() -> Iterator[Raised]:
    """All places of the source where one of our errors is made with a key written there."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            first = node.args[0] if node.args else None
            if node.func.id in KINDS and isinstance(first, ast.Constant):
                names = [word.arg for word in node.keywords]
                figures = None if None in names else frozenset(name for name in names if name)
                yield Raised(f"{file.name}:{node.lineno}", str(first.value), figures)


RAISED = list(raised())


def test_the_errors_of_the_floors_below_are_found() -> None:
    keys = {found.key for found in RAISED}
    assert {"newer", "json_twice", "call_fault", "edit_id_in_use"} <= keys


@pytest.mark.parametrize("in_language", LANGUAGES)
def test_each_error_that_is_raised_has_a_sentence(in_language: Language) -> None:
    words = language.words(in_language)
    missing = [found for found in RAISED if not (words.find(f"errors.{found.key}") or "").strip()]
    assert missing == []


@pytest.mark.parametrize("in_language", LANGUAGES)
def test_each_figure_of_a_sentence_is_given_where_it_is_raised(in_language: Language) -> None:
    words = language.words(in_language)
    for found in RAISED:
        sentence = words.find(f"errors.{found.key}") or ""
        asked = {name for name, _ in language.placeholders(sentence)}
        assert found.figures is None or asked <= found.figures, found


@pytest.mark.parametrize("in_language", LANGUAGES)
def test_the_sentences_about_files_name_the_file_and_say_what_to_do(in_language: Language) -> None:
    words = language.words(in_language)
    for key in GENERIC:
        said = words.say(f"errors.{key}", file="map/voorstel.sif")
        assert "map/voorstel.sif" in said
        assert said.count(". ") >= 1 and said.endswith("."), said
        assert "{" not in said


def test_an_error_says_its_key_and_figures_to_whoever_debugs() -> None:
    error = errors.NewerError("newer", file="x.sif")
    assert isinstance(error, SifError)
    assert (error.key, error.figures, error.exit_code) == ("newer", {"file": "x.sif"}, 2)
    assert str(error) == "newer {'file': 'x.sif'}"
    assert errors.BlockedError("export_blocked", count=1).exit_code == 1
