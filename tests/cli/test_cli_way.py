"""The main job from end to end, each command in a process of its own as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def sif(*words: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command in a fresh process."""
    environment = {
        **os.environ,
        "SIF_DESKTOP_HOME": str(home),
        "SIF_DESKTOP_PASSPHRASE": "een lange wachtwoordzin",
    }
    return subprocess.run(
        [sys.executable, "-m", "sif_desktop.cli.main", *map(str, words)],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `demo` filled."""
    out = tmp_path_factory.mktemp("demo") / "uit"
    done = sif("demo", out, home=out.parent)
    assert done.returncode == 0, done.stderr
    return out


def test_demo_gives_draft_pdf_and_bundle(demo: Path) -> None:
    assert sorted(file.suffix for file in demo.iterdir()) == [".asice", ".pdf", ".sif"]


def test_verify_in_another_process_finds_the_bundle_good(demo: Path) -> None:
    done = sif("verify", demo / "voorbeeld.asice", "--json", home=demo.parent)
    assert done.returncode == 0, done.stdout
    report = json.loads(done.stdout)
    assert report["intact"]
    assert report["signed"]
    assert report["rules"]["error"] == 0
    assert {member["name"] for member in report["members"]} >= {
        "proposal.json",
        "proposal.pdf",
        "call.json",
        "attachments/001.pdf",
    }


def test_demo_never_writes_into_a_folder_with_something_in_it(demo: Path) -> None:
    before = {file: file.read_bytes() for file in demo.iterdir()}
    done = sif("demo", demo, home=demo.parent)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert {file: file.read_bytes() for file in demo.iterdir()} == before


def test_every_product_gives_the_same_proposal_back(demo: Path) -> None:
    shown = [sif("show", file, "--json", home=demo.parent) for file in sorted(demo.iterdir())]
    assert {done.returncode for done in shown} == {0}
    assert len({done.stdout for done in shown}) == 1


def test_export_with_the_embedded_identity_made_at_first_use(demo: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "een.asice", tmp_path / "twee.asice"
    for out in (first, second):
        done = sif("export", demo / "voorbeeld.sif", out, home=tmp_path / "thuis")
        assert done.returncode == 0, done.stderr
    reports = [
        json.loads(sif("verify", out, "--json", home=tmp_path).stdout) for out in (first, second)
    ]
    signers = {report["signatures"][0]["fingerprint"] for report in reports}
    assert len(signers) == 1
    assert reports[0]["members"] == reports[1]["members"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["een.asice", "thuis", "twee.asice"]


def test_a_wrong_passphrase_signs_nothing(demo: Path, tmp_path: Path) -> None:
    assert (
        sif("export", demo / "voorbeeld.sif", tmp_path / "a.asice", home=tmp_path).returncode == 0
    )
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("een andere wachtwoordzin")
    out = tmp_path / "b.asice"
    done = sif("export", demo / "voorbeeld.sif", out, "--passphrase-file", wrong, home=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "andere" not in done.stderr
    assert not out.exists()


def test_a_draft_from_a_bundle_has_its_attachments_and_exports_again(
    demo: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "opnieuw.sif"
    done = sif("import", draft, "--from", demo / "voorbeeld.asice", home=tmp_path)
    assert done.returncode == 0, done.stderr
    out = tmp_path / "opnieuw.asice"
    done = sif("export", draft, out, home=tmp_path)
    assert done.returncode == 0, done.stderr


def test_pdf_is_the_same_from_run_to_run(demo: Path, tmp_path: Path) -> None:
    outs = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    for out in outs:
        assert sif("pdf", demo / "voorbeeld.sif", out, home=tmp_path).returncode == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_a_changed_bundle_is_broken(demo: Path, tmp_path: Path) -> None:
    data = bytearray((demo / "voorbeeld.asice").read_bytes())
    data[len(data) // 2] ^= 1
    changed = tmp_path / "anders.asice"
    changed.write_bytes(data)
    assert sif("verify", changed, home=tmp_path).returncode == 1
