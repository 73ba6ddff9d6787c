"""Signing what was shown, and the three answers about it in words."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from dossiers import EXAMPLE, empty_proposal, example_proposal, the_call

from sif_desktop.app import payload
from sif_desktop.app.answers import answers, not_checked
from sif_desktop.app.signing import draft_pdf, prepare, sign, signer_of
from sif_desktop.app.sources import Source
from sif_desktop.app.verification import examine
from sif_desktop.app.work import StoppedError, Work
from sif_desktop.bundle.identity import Identity, ephemeral
from sif_desktop.errors import BlockedError, NotOursError
from sif_desktop.language import LANGUAGES
from sif_desktop.rules.check import check


@pytest.fixture(scope="module")
def identity() -> Identity:
    return ephemeral("An Ondertekenaar", "Organisatie (voorbeeld)")


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """The example dossier with its files."""
    files = {}
    for file in (EXAMPLE / "attachments").iterdir():
        files[sha256(file.read_bytes()).hexdigest()] = lambda file=file: file.open("rb")
    return Source("draft", tmp_path / "x.sif", example_proposal(), the_call(), files)


def test_what_is_prepared_is_what_is_signed(
    source: Source, identity: Identity, tmp_path: Path
) -> None:
    stages: list[tuple[str, int, int]] = []
    work = Work(lambda *told: stages.append(told))
    prepared = prepare(source, work)
    out = tmp_path / "uit.asice"
    found = sign(prepared, out, identity, work)
    assert found.good
    assert [one.name for one in found.verdict.members] == [one.name for one in prepared.listed]
    assert [one.size for one in found.verdict.members] == [one.size for one in prepared.listed]
    assert prepared.size == sum(one.size for one in prepared.listed)
    digests = {one.name: one.sha256 for one in found.verdict.members}
    assert digests["proposal.json"] == prepared.digest
    assert digests["proposal.pdf"] == sha256(prepared.pdf).hexdigest()
    writing = [(done, whole) for stage, done, whole in stages if stage == "writing"]
    assert writing[-1] == (prepared.size, prepared.size)
    assert stages[0][0] == "checking" and stages[-1][0] == "verifying"


def test_what_blocks_or_is_not_there_is_never_prepared(source: Source, tmp_path: Path) -> None:
    with pytest.raises(BlockedError):
        prepare(Source("draft", tmp_path / "x", empty_proposal(), the_call()))
    with pytest.raises(NotOursError):
        prepare(Source("draft", tmp_path / "x", source.proposal, the_call()))


def test_stopping_half_way_leaves_nothing(
    source: Source, identity: Identity, tmp_path: Path
) -> None:
    prepared = prepare(source)
    out = tmp_path / "uit.asice"
    out.write_bytes(b"of before")
    told: list[str] = []
    work = Work(lambda stage, *_: told.append(stage), lambda: told.count("writing") < 2)
    with pytest.raises(StoppedError):
        sign(prepared, out, identity, work)
    assert out.read_bytes() == b"of before"
    assert [one.name for one in tmp_path.iterdir()] == ["uit.asice"]


def test_the_pdf_is_marked_as_long_as_something_blocks(source: Source) -> None:
    data, marked = draft_pdf(source.proposal, source.call)
    findings = check(source.proposal, source.call)
    assert not marked
    assert data == payload.pdf(source.proposal, source.call, findings, draft=False)
    assert draft_pdf(empty_proposal(), the_call())[1]
    with pytest.raises(StoppedError):
        draft_pdf(source.proposal, source.call, Work(wanted=lambda: False))


def test_who_signs_is_told_by_the_proposal() -> None:
    assert signer_of(example_proposal())[0] == "Joris Voorbeeckx"
    assert signer_of(empty_proposal()) == ("", "")


def test_the_answers_differ_in_tone_and_words(
    source: Source, identity: Identity, tmp_path: Path
) -> None:
    out = tmp_path / "uit.asice"
    good = sign(prepare(source), out, identity)
    broken = tmp_path / "kapot.asice"
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(broken, "w") as new:
        for one in old.infolist():
            data = old.read(one)
            new.writestr(one, data + b" " if one.filename == "call.json" else data)
    bad = examine(broken)
    for language in LANGUAGES:
        words = the_call().words(language)
        assert [one.tone for one in answers(good, words)] == ["good", "warning", "good"]
        found = answers(bad, words)
        assert found[0].tone == "error"
        assert any("call.json" in problem for problem in found[0].parts[0].problems)
        signer = answers(good, words)[1].parts[0]
        assert "An Ondertekenaar" in signer.said
        assert len(signer.fingerprint.split()) == 10
        assert len(not_checked(good, words)) == 2
