"""Crafted containers in the folder of an intake: each has its reason, and none stops the run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from bundle import craft, crafted_attributes, crafted_manifest, crafted_signature, crafted_zip
from bundle.crafted import CASES
from forms_of_tests import action
from intake_bundles import FIRST, bundle, quick_identity

from sif_desktop.app.intake import across, outputs
from sif_desktop.app.intake.desk import Given, take_in
from sif_desktop.app.intake.judging import judge
from sif_desktop.bundle.identity import ephemeral
from sif_desktop.language import words

_ = (crafted_attributes, crafted_manifest, crafted_signature, crafted_zip)


def test_all_crafted_containers_are_told_apart_from_the_one_that_is_good(tmp_path: Path) -> None:
    folder, jan = tmp_path / "in", ephemeral("Jan Peeters", "Zorgcirkel vzw")
    folder.mkdir()
    parts = craft.contents(craft.bundle(tmp_path / "good.asice", jan))
    reasons = {}
    for place, (build, code) in enumerate(CASES.values()):
        name = f"{place:03}.asice"
        (folder / name).write_bytes(build(dict(parts), jan))
        reasons[name] = f"errors.{code[6:]}" if code.startswith("error:") else f"verify.{code}"
    bundle(folder / "zzz.asice", action(), quick_identity(), FIRST)
    for ledger, overview in take_in(
        Given(folder, tmp_path / "out"), make=lambda: (ThreadPoolExecutor(1), 1)
    ):
        outputs.write_all(tmp_path / "out", ledger, overview, words("fr"))
        found = {row.file: {reason.key for reason in row.reasons} for row in across.faulty(ledger)}
        assert overview.counts["good"] == 1
        assert found.keys() == reasons.keys()
        unmet = {name for name, reason in reasons.items() if reason not in found[name]}
        assert unmet == set()


def test_what_nobody_foresaw_is_a_reason_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle(tmp_path / "a.asice", action(), quick_identity(), FIRST)

    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("sif_desktop.app.intake.judging.examine", fails)
    row = judge(tmp_path, "a.asice", None, ())
    assert (row.state, row.reasons[0].key) == ("unreadable", "intake.reasons.unforeseen")
    assert judge(tmp_path, "weg.asice", None, ()).reasons[0].key == "errors.file_missing"
