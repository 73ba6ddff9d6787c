"""Where the program's data and the user's folders are."""

from __future__ import annotations

from pathlib import Path

import pytest

from sif_desktop import paths


def test_the_data_that_comes_with_the_program_is_there() -> None:
    assert (paths.forms() / "oproep-sociale-innovatie" / "call.toml").is_file()
    assert (paths.resources() / "texts" / "nl").is_dir()


def test_data_inside_an_installed_package_goes_before_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "sif_desktop"
    (tmp_path / "forms").mkdir()
    package.mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.forms() == tmp_path / "forms"
    (package / "forms").mkdir()
    assert paths.forms() == package / "forms"


def test_the_users_folder_can_be_put_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path / "stick"))
    assert paths.user_data() == tmp_path / "stick"
    assert paths.user_forms() == tmp_path / "stick" / "forms"
    assert not (tmp_path / "stick").exists(), "looking does not make a folder"


def test_without_that_the_users_folder_is_that_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SIF_DESKTOP_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.user_data().name == "sif-desktop"
    assert paths.user_data().is_absolute()


def test_a_name_that_no_disk_takes_is_the_name_of_nothing(tmp_path: Path) -> None:
    assert paths.is_folder(tmp_path)
    assert paths.is_there(tmp_path)
    for name in ("x" * 5000, "a\0b"):
        assert not paths.is_folder(tmp_path / name)
        assert not paths.is_there(tmp_path / name)


def test_what_is_typed_as_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert paths.typed("  ") is None
    assert paths.typed("\0\ud83d") is None
    assert paths.typed(" /map/met\0 naam ") == Path("/map/met naam")
    assert paths.typed("~/bundels") == tmp_path / "bundels"
