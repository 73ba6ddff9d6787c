"""The program works for any form: a Factory action, and a tiny form of the tests alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from document_reading import described, page_texts, told, written
from forms_of_tests import ACTION, PRIZE, action, action_call, bring_prize_form, prize, prize_call
from jsonschema import Draft202012Validator

import sif_desktop
from sif_desktop import paths
from sif_desktop.app import steps
from sif_desktop.app.export import export
from sif_desktop.app.sources import read
from sif_desktop.app.verification import examine
from sif_desktop.bundle.identity import ephemeral
from sif_desktop.calls.audit import audit
from sif_desktop.calls.call import Call
from sif_desktop.calls.schema import schema
from sif_desktop.calls.targets import share_of_target, target_fields
from sif_desktop.cli.main import main
from sif_desktop.document.content import KeyFigures, Signatory
from sif_desktop.errors import CallError
from sif_desktop.model import canonical
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.audit import audit as audit_rules
from sif_desktop.rules.check import check

FORMS = ((action, action_call), (prize, prize_call))
each_form = pytest.mark.parametrize(("make", "form"), FORMS, ids=[ACTION, PRIZE])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder with the tiny form in it."""
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path / "home"))
    bring_prize_form(tmp_path / "home")
    return tmp_path


def test_no_module_names_a_form() -> None:
    root = Path(sif_desktop.__file__).parent
    ids = [folder.name for folder in paths.forms().iterdir()]
    assert len(ids) >= 2
    for file in root.rglob("*.py"):
        if not {"forms", "resources"} & set(file.relative_to(root).parts):
            text = file.read_text(encoding="utf-8")
            assert not [name for name in ids if name in text], file


def test_each_step_of_the_factory_is_measured_against_its_target() -> None:
    call, given = action_call(), action().answers
    targets = {
        spec.id: (call.figure(spec.target or ""), share_of_target(call, spec, given[spec.id]))
        for spec in target_fields(call)
    }
    assert targets == {
        "reach": (5000, 1200),
        "engage": (2100, 1000),
        "action": (256, 1250),
        "nurture_studies": (36, 1111),
        "nurture_trajectories": (18, 556),
    }
    for spec in target_fields(call):
        assert [share_of_target(call, spec, one) for one in ("", "veel", -1, 0)] == [
            None,
            None,
            None,
            0,
        ]


def test_the_four_approaches_each_ask_for_their_own_kinds_of_action() -> None:
    call = action_call()
    for approach in call.choices["approaches"]:
        answers = {**action().answers, "approach": approach, "community_actions": ()}
        findings = check(action(answers=answers), call)
        asked = [one.address for one in findings.blocking]
        assert asked == [f"answers/{approach}_actions"]


def test_the_factory_leaves_out_what_only_the_call_asks() -> None:
    call = action_call()
    assert not any(section.criterion for section in call.sections)
    for at in ("partners/*/capacity", "attachments", "project/theme", "indicators"):
        assert call.section_at(at) is None


@each_form
def test_a_form_has_no_fault(make: object, form: object) -> None:
    call = form()  # type: ignore[operator]
    assert [*audit(call), *audit_rules(call)] == []


@each_form
def test_steps_check_and_schema_follow_from_the_form(make: object, form: object) -> None:
    call: Call = form()  # type: ignore[operator]
    proposal: Proposal = make()  # type: ignore[operator]
    findings = check(proposal, call)
    assert not findings.blocking
    progress = steps.Progress(call)
    states = progress.states(proposal, findings)
    sections = [section.id for section in call.sections]
    assert list(states) == [*sections, "check", "export"]
    assert {states[name].kind for name in sections} == {"complete"}
    assert progress.completeness(proposal) == 100
    empty = Proposal(call=call.id)
    assert check(empty, call).blocking
    assert {state.kind for state in progress.states(empty, check(empty, call)).values()} == {
        "not_started"
    }
    tree = json.loads(canonical.to_json(proposal))
    for strict in (False, True):
        Draft202012Validator(schema(call, "nl", strict=strict)).validate(tree)


@each_form
def test_from_proposal_to_a_verified_bundle(make: object, form: object, home: Path) -> None:
    file, out = home / "proposal.json", home / "voorstel.asice"
    file.write_bytes(canonical.to_json(make()))  # type: ignore[operator]
    export(read(file), out, ephemeral("Jan"))
    examination = examine(out)
    assert examination.good and not examination.verdict.problems
    assert examination.call == form()  # type: ignore[operator]
    assert examination.findings is not None and not examination.findings.blocking
    # Where the form is not known, the bundle carries it along.
    assert main(["check", str(out)]) == 0


def test_a_bundle_is_checked_by_the_form_it_carries(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out = home / "proposal.json", home / "voorstel.asice"
    file.write_bytes(canonical.to_json(prize(answers={"trees": 0})))
    with pytest.raises(CallError):
        monkeypatch.setenv("SIF_DESKTOP_HOME", str(home / "elders"))
        read(file)
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(home / "home"))
    file.write_bytes(canonical.to_json(prize()))
    export(read(file), out, ephemeral("Jan"))
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(home / "elders"))
    examination = examine(out)
    assert examination.call == prize_call()


def test_the_dossier_shows_shares_of_targets_on_the_cover_and_beside_the_number() -> None:
    document = described(action(), action_call())
    figures = [
        one
        for block in document.blocks
        for one in getattr(getattr(block, "figures", None), "items", ())
        if isinstance(getattr(block, "figures", None), KeyFigures)
    ]
    meters = {one.label.split(":")[0]: one.meter for one in figures if one.meter}
    assert meters["REACH"] and (meters["REACH"].share, meters["REACH"].ceiling) == (1200, 10_000)
    text = " ".join(part for block in document.blocks for part in told(block))
    assert "600 (12\u00a0% van het doel van 5.000)" in text
    assert "Thema" not in text


def test_the_dossier_of_the_tiny_form_tells_nothing_of_what_it_leaves_out(tmp_path: Path) -> None:
    document = described(prize(), prize_call())
    assert not any(isinstance(block, Signatory) for block in document.blocks)
    file = tmp_path / "klein.pdf"
    file.write_bytes(written(prize(), prize_call()))
    text = " ".join(page_texts(file, whole=True))
    assert "12 (30 % van het doel van 40)" in " ".join(text.split())
    absent = ("Partner", "Werkpakket", "Periode", "Eigen middelen", "Coördinator", "Duur")
    assert [word for word in absent if word in text] == []


def test_what_was_filled_in_besides_the_form_is_told_all_the_same() -> None:
    line = {"id": "b1", "category": "plants", "subsidy": 30_000, "own_means": 5}
    document = described(prize(budget=[line | {"period": "later"}]), prize_call())
    text = " ".join(part for block in document.blocks for part in told(block))
    assert "0,05" in text and "later" in text


def test_show_tells_the_share(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = home / "proposal.json"
    file.write_bytes(canonical.to_json(action()))
    assert main(["show", str(file)]) == 0
    assert "600 (12\u00a0% van het doel van 5.000)" in capsys.readouterr().out
