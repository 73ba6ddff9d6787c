"""The example dossier: what every new user sees first is whole, plausible and no real dossier."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dossiers
import pikepdf
import pytest
from stdnum import iban
from stdnum.be import vat

from sif_desktop.calls.call import FieldSpec
from sif_desktop.model import canonical
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.check import check
from sif_desktop.rules.totals import totals

FILE = dossiers.EXAMPLE / "proposal.json"
PDFS = sorted((dossiers.EXAMPLE / "attachments").iterdir())
PLACEHOLDERS = re.compile(r"(?i)lorem|ipsum|todo|tbd|xxx|\bn\.?v\.?t\b|\.\.\.|\?\?|@@|{|}")
CEILING = 5_000_000


@pytest.fixture
def example() -> Proposal:
    return dossiers.example_proposal()


def texts(value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """All texts of a tree of JSON, with their addresses; items go by their id."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from texts(child, f"{at}/{key}" if at else key)
    elif isinstance(value, list):
        for place, child in enumerate(value):
            key = child["id"] if isinstance(child, dict) else place
            yield from texts(child, f"{at}/{key}")


def paragraphs(proposal: Proposal) -> Iterator[tuple[FieldSpec, str, str]]:
    """The long texts of a proposal, with their fields and addresses."""
    for at, text in texts(proposal.model_dump(mode="json")):
        field = dossiers.the_call().field_at(at)
        if field is not None and field.kind == "paragraph":
            yield field, at, text


def test_only_what_cannot_be_mended_is_found(example: Proposal) -> None:
    findings = check(example, dossiers.the_call())
    assert {finding.code for finding in findings} == {
        "brussels_screening",  # a screening that is always due
        "enterprise_numbers_form",  # a form is checked, not whether the organisation exists
    }
    assert not findings.blocking


def test_it_has_the_size_of_a_real_dossier(example: Proposal) -> None:
    roles = [partner.role for partner in example.partners]
    assert (len(roles), roles.count("coordinator"), roles.count("subcontractor")) == (7, 1, 2)
    assert {partner.kind for partner in example.partners} == set(
        dossiers.the_call().choices["partner_kinds"]
    )
    seats = [partner.seat for partner in example.partners]
    assert (seats.count("brussels"), seats.count("abroad")) == (1, 1)
    assert len(example.work_packages) == 5
    assert 55 <= len(example.budget) <= 70
    assert (len(example.indicators), len(example.actors), len(example.attachments)) == (6, 6, 3)
    assert example.project.duration == 12


def test_the_two_outcomes_are_marked_once_each(example: Proposal) -> None:
    marked = [
        deliverable.outcome
        for package in example.work_packages
        for deliverable in package.deliverables
        if deliverable.outcome
    ]
    assert sorted(marked) == sorted(dossiers.the_call().choices["outcomes"])


def test_the_budget_keeps_its_ceilings_with_room(example: Proposal) -> None:
    sums = totals(example, dossiers.the_call())
    assert sums.unread == 0
    assert 0.99 * CEILING < sums.whole.subsidy <= CEILING
    assert sums.whole.subsidy % 100, "an example with whole euros hides errors of a cent"
    assert sums.whole.own_means > 0
    for share in (sums.foreign, sums.subcontracting):
        assert 0.14 < share / sums.whole.total < 0.18
    assert set(sums.by_partner) == {partner.id for partner in example.partners}
    assert set(sums.by_work_package) == {package.id for package in example.work_packages}


def test_a_line_costs_what_its_description_says(example: Proposal) -> None:
    told = re.compile(r"(?:(\d+(?:,\d+)?) (?:dagen|dag|uren)) à (\d+,\d\d) euro$")
    checked = 0
    for line in example.budget:
        found = told.search(line.description)
        if found:
            count, rate = (float(part.replace(",", ".")) for part in found.groups())
            assert line.subsidy + line.own_means == round(count * rate * 100), line.id
            checked += 1
    assert checked > 30


def test_the_note_on_the_budget_tells_its_figures(example: Proposal) -> None:
    sums = totals(example, dossiers.the_call())
    note = example.answers["budget_note"]
    for cents in (sums.whole.total, sums.whole.subsidy, sums.foreign, sums.subcontracting):
        euro, rest = divmod(cents, 100)
        assert f"{euro:,}".replace(",", ".") + f",{rest:02d} euro" in note


def test_everybody_who_has_costs_takes_part(example: Proposal) -> None:
    at_work = {package.id: {package.lead, *package.partners} for package in example.work_packages}
    assert all(line.partner in at_work[line.work_package] for line in example.budget)
    for package in example.work_packages:
        doing = {item.partner for item in (*package.activities, *package.deliverables)}
        assert doing <= at_work[package.id]


def test_it_says_that_it_is_an_example(example: Proposal) -> None:
    assert "(voorbeeld)" in example.project.title
    assert "voorbeelddossier" in example.project.summary.splitlines()[0]
    assert all(partner.name.endswith("(voorbeeld)") for partner in example.partners)
    assert all(attachment.title.endswith("(voorbeeld)") for attachment in example.attachments)
    for partner in example.partners:
        assert re.fullmatch(r"[a-z.]+@example\.(be|org)", partner.contact_email)
        assert re.match(r"https://example\.(be|org)/", partner.website)


def test_its_numbers_are_well_formed_and_of_nobody(example: Proposal) -> None:
    belgian = [partner for partner in example.partners if partner.seat != "abroad"]
    for partner in belgian:
        assert vat.is_valid(partner.enterprise_number)
        assert partner.enterprise_number.startswith("0000.")
    applicants = [partner for partner in example.partners if partner.role != "subcontractor"]
    for partner in applicants:
        assert iban.is_valid(partner.iban)
        assert "0000 000" in partner.iban
    numbers = [partner.enterprise_number for partner in belgian]
    assert len(set(numbers)) == len(numbers)


def test_every_field_is_filled_with_a_text_of_real_length(example: Proposal) -> None:
    form = dossiers.the_call()
    found = {field.id: text for field, _, text in paragraphs(example)}
    asked = {field.id for field in form.fields.values() if field.kind == "paragraph"}
    assert asked - found.keys() == {"community"}, "asked only for the open category"
    for field, at, text in paragraphs(example):
        if field.when and field.id.startswith("partner_") and not text:
            continue
        least = 600 if at.startswith("answers/") or field.id in ("need", "innovation") else 20
        assert field.longest is not None
        assert least <= len(text) <= field.longest.characters, at


def test_no_text_was_left_unwritten(example: Proposal) -> None:
    for at, text in texts(example.model_dump(mode="json")):
        assert not PLACEHOLDERS.search(text), at
        assert "  " not in text and "'" not in text, at
        assert text == text.strip(), at
    long = [text for _, _, text in paragraphs(example) if len(text) > 300]
    assert len(set(long)) == len(long), "no text stands in two places"
    everything = FILE.read_text(encoding="utf-8")
    assert all(sign in everything for sign in "łšőéëïК"), "names of all Europe are part of the test"


def test_the_file_is_readable_and_in_the_shape_of_the_model(example: Proposal) -> None:
    text = FILE.read_text(encoding="utf-8")
    tree = json.loads(text)
    assert tree == example.model_dump(mode="json")
    assert text == json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def test_the_figures_of_the_attachments_agree(example: Proposal) -> None:
    assert [file.name for file in PDFS] == sorted(a.filename for a in example.attachments)
    for attachment in example.attachments:
        file = dossiers.EXAMPLE / "attachments" / attachment.filename
        data = file.read_bytes()
        with pikepdf.open(file) as pdf:
            assert attachment.pages == len(pdf.pages)
        assert (attachment.size, attachment.media_type) == (len(data), "application/pdf")
        assert attachment.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("file", PDFS, ids=lambda file: file.stem)
def test_the_attachments_are_sound_and_marked_on_each_page(file: Path) -> None:
    subprocess.run(["qpdf", "--check", file], check=True, capture_output=True)
    told = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True)
    pages = told.stdout.rstrip("\f").split("\f")
    assert pages and all("VOORBEELD – fictief" in page for page in pages)


def test_the_big_dossier_is_big_and_nothing_blocks_it() -> None:
    big = dossiers.big_proposal()
    assert (len(big.partners), len(big.budget), len(big.work_packages)) == (50, 2000, 30)
    activities = sum(len(package.activities) for package in big.work_packages)
    deliverables = sum(len(package.deliverables) for package in big.work_packages)
    assert 120 <= activities <= 180 and 60 <= deliverables <= 120
    assert {finding.code for finding in check(big, dossiers.the_call())} == {
        "brussels_screening",
        "enterprise_numbers_form",
        "foreign_subcontractor",
    }
    assert totals(big, dossiers.the_call()).whole.subsidy == dossiers.SUBSIDY <= CEILING


def test_the_same_seed_gives_the_same_big_dossier() -> None:
    made_anew = dossiers.big_proposal.__wrapped__
    first = canonical.to_json(dossiers.big_proposal())
    assert canonical.to_json(made_anew(1)) == first
    assert canonical.to_json(made_anew(2)) != first


def test_the_empty_dossier_is_blocked_and_nothing_more() -> None:
    assert check(dossiers.empty_proposal(), dossiers.the_call()).blocking
