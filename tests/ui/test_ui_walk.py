"""The whole wizard as a person walks it: from the start page to a bundle that verifies.

Only the mouse and the keys are used. What is asserted is what such a person would see, and what
the bundle holds in the end.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from dossiers import belgian_iban, enterprise_number
from hands import Hands, accepted, sign
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from sif_desktop import paths
from sif_desktop.model.partners import Partner
from sif_desktop.ui.main_window import MainWindow

KEY = Qt.Key
LETTER = paths.resources() / "example" / "attachments"


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot) -> Hands:
    """A person before the start page."""
    return Hands(window, qtbot)


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_proposal_from_the_first_word_to_a_bundle_that_verifies(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = tmp_path / "buurtpot.sif"
    begin(hands, draft, monkeypatch)
    write_project(hands)
    hands.next("partners")
    add_partners(hands)
    hands.next("work_plan")
    plan_work(hands)
    hands.next("budget")
    write_budget(hands)
    hands.next("vision")
    write_criteria(hands)
    hands.next("capacity")
    show_capacity(hands)
    hands.next("attachments")
    attach(hands, monkeypatch)
    hands.next("check")
    window = hands.window
    hands.wait(lambda: window.desk.states["check"].kind == "complete")
    codes = {finding.code for finding in window.desk.findings}
    assert codes == {"closing_past", "enterprise_numbers_form"}
    hands.next("export")
    bundle = sign(hands, "Björn Krabbé")
    accepted(bundle, window.desk.proposal)
    window.close()
    assert draft.is_file()


def begin(hands: Hands, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The start page: a new proposal, the call, its name, and where it is kept."""
    start = hands.window.start
    hands.click(start.new)
    panel = start.stack.currentWidget()
    call = next(one for one in panel.choices if one.text().startswith("Oproep Sociale Innovatie"))
    hands.click(call)
    hands.click(panel.name)
    hands.type("Buren koken voor buren")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(draft), ""))
    hands.click(panel.browse)
    assert panel.where.text() == str(draft)
    hands.click(panel.begin)
    assert hands.window.workspace.step.id == "project"
    assert hands.window.workspace.page.rows["project/title"].editor.line.text() == (
        "Buren koken voor buren"
    )


def write_project(hands: Hands) -> None:
    """The first page; Tab leads from the title to the next field."""
    line = hands.row("project/title").editor.line
    hands.click(line)
    hands.key(KEY.Key_End)
    hands.type(" in drie wijken")
    hands.key(KEY.Key_Tab)
    assert hands.focus() is hands.row("project/acronym").editor.line
    hands.type("BUURTPOT")
    hands.key(KEY.Key_Tab)
    hands.type("Een mobiele keuken brengt buren aan tafel.")
    hands.tick("project/theme", "Sociale inclusie")
    hands.choose("project/second_node", "Innovatie in de zorg")
    hands.tick("project/exclusions", "Geen van beide")
    hands.fill("project/start", "1/9/2026")
    hands.key(KEY.Key_Tab)
    assert hands.row("project/start").editor.line.text() == "01/09/2026"
    hands.fill("project/duration", "12")
    hands.fill("project/need", "Een op drie bewoners eet elke dag alleen.")
    hands.tick("project/innovation_kinds", "Dienst", "Proces")
    hands.fill("project/innovation", "Nieuw is dat bewoners zelf de keuken leiden.")
    hands.fill("answers/demonstration", "Drie wijken tonen wat elders ook kan.")


def add_partners(hands: Hands) -> None:
    """A coordinator from the empty page, a co-applicant from the button above the list."""
    page = hands.window.workspace.page
    hands.pick(page.nothing.button, "Coördinator")
    write_partner(hands, page.items[0], "Buurthuis De Pollepel", "Pollepel", 4_000_021)
    hands.tick(f"partners/{page.items[0].id}/kind", "Middenveldorganisatie")
    hands.pick(page.add, "Mede-aanvrager")
    write_partner(hands, page.items[1], "Hogeschool Meerlaan", "HML", 8_000_042)
    hands.tick(f"partners/{page.items[1].id}/kind", "Kennisinstelling")
    assert page.model.rowCount() == 2


def write_partner(hands: Hands, partner: Partner, name: str, short: str, number: int) -> None:
    """All that is asked of a partner in Flanders. Its name has the focus already."""
    at = f"partners/{partner.id}"
    assert hands.focus() is hands.row(f"{at}/name").editor.line
    hands.type(name)
    hands.key(KEY.Key_Tab)
    hands.type(short)
    hands.tick(f"{at}/seat", "Vlaanderen")
    digits = enterprise_number(number)
    hands.fill(f"{at}/enterprise_number", digits)
    hands.key(KEY.Key_Tab)
    shown = hands.row(f"{at}/enterprise_number").editor.line.text()
    assert shown == f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
    hands.fill(f"{at}/iban", belgian_iban(number))
    hands.fill(f"{at}/address", "Lindelaan 1, 9000 Gent")
    hands.fill(f"{at}/website", "https://www.example.org")
    hands.fill(f"{at}/contact_name", "Noëlla Vanderzenne")
    hands.fill(f"{at}/contact_email", "noella@example.org")
    hands.fill(f"{at}/signatory_name", "Björn Krabbé")
    hands.fill(f"{at}/signatory_function", "voorzitter")
    hands.tick(f"{at}/disciplines", "Sociaal werk" if short == "Pollepel" else "Sociologie")
    hands.fill(f"{at}/expertise", "Tien jaar buurtwerk.")
    hands.fill(f"{at}/contribution", "Leidt de keuken.")


def plan_work(hands: Hands) -> None:
    """Two work packages; the compulsory outcomes are marked, each in another way."""
    page = hands.window.workspace.page
    hands.fill("answers/approach", "Eerst luisteren, dan koken, dan oogsten.")
    for title, first, last in (("Samen luisteren", "1", "6"), ("Samen koken", "4", "12")):
        hands.click(page.add)
        at = f"work_packages/{page.items[-1].id}"
        assert hands.focus() is hands.row(f"{at}/title").editor.line
        hands.type(title)
        hands.key(KEY.Key_Tab)
        hands.type("Wat bewoners zelf willen.")
        hands.choose(f"{at}/lead", "Pollepel" if first == "1" else "HML")
        hands.tick(f"{at}/partners", "HML" if first == "1" else "Pollepel")
        hands.fill(f"{at}/first_month", first)
        hands.fill(f"{at}/last_month", last)
        activities = page.detail.lists[0]
        hands.click(activities.add)
        hands.type("Keukentafelgesprekken")
        (card,) = activities.cards.values()
        hands.choose(f"{card.address}/partner", "HML")
        if first == "1":
            mark_by_field(hands, page.detail.lists[1], "6")
    strip = page.outcomes.shown
    assert strip["feasibility_statement"].address
    hands.pick(strip["rollout_plan"].link, "2. Samen koken", "Nieuw")
    assert hands.focus() is hands.row(f"{_last(page)}/month").editor.line
    hands.type("12")
    hands.choose(f"{_last(page)}/partner", "Pollepel")
    assert strip["rollout_plan"].address.endswith("/outcome")


def mark_by_field(hands: Hands, deliverables: object, month: str) -> None:
    """A deliverable that is the statement on feasibility, as its own fields say."""
    hands.click(deliverables.add)
    hands.type("Haalbaarheidsnota")
    (card,) = deliverables.cards.values()
    hands.fill(f"{card.address}/month", month)
    hands.choose(f"{card.address}/outcome", "Uitspraak over de haalbaarheid")
    hands.choose(f"{card.address}/partner", "Pollepel")


def _last(page: object) -> str:
    package = page.items[-1]
    return f"work_packages/{package.id}/deliverables/{package.deliverables[-1].id}"


LINES = (
    ("Pollepel", "Personeel", "Samen luisteren", "Maand 1 tot", "Buurtwerker", "12.500", "2500,50"),
    ("Pollepel", "Werking", "Samen koken", "Maand 7 tot", "Keuken", "3 000,00", "0"),
    ("HML", "Personeel", "Samen koken", "Maand 7 tot", "Onderzoeker", "9999.99", "1.000"),
)
"""Cells as a person types them: names begun and completed, amounts in several ways."""


def write_budget(hands: Hands) -> None:
    """Lines typed from cell to cell, as in a spreadsheet."""
    page = hands.window.workspace.page
    hands.click(page.empty.first)
    assert hands.focus() is page.grid
    for place, cells in enumerate(LINES):
        for column, text in enumerate(cells):
            names = page.model.names.choices(page.model.columns[column].name).values()
            hands.type(next((name for name in names if text in name), text))
            if column < len(cells) - 1 or place < len(LINES) - 1:
                hands.key(KEY.Key_Tab)  # behind the last cell a new line begins
        QApplication.processEvents()
    hands.key(KEY.Key_Return)
    assert page.model.rowCount() == len(LINES)
    lines = hands.window.desk.proposal.budget
    assert [line.subsidy for line in lines] == [1_250_000, 300_000, 999_999]
    assert [line.own_means for line in lines] == [250_050, 0, 100_000]
    assert hands.window.desk.session.totals.whole.total == 2_900_049


def write_criteria(hands: Hands) -> None:
    """The four wishes, with an indicator and two actors."""
    for name in ("future", "middle_term", "long_term"):
        hands.fill(f"answers/vision_{name}", "Niemand eet tegen zijn zin alleen.")
    hands.next("effects")
    for name in ("direct", "kept", "measured"):
        hands.fill(f"answers/effects_{name}", "Buren kennen elkaar bij naam.")
    add_item(hands, "Gasten", "40", "120", "Tellen aan tafel.", "Na een jaar")
    hands.next("connecting")
    hands.fill("answers/connecting_renewal", "Winkeliers en bewoners delen een keuken.")
    add_item(hands, "Bewoners", "Koken.", "Aan een tafel.")
    add_item(hands, "Winkeliers", "Leveren.", "Met restjes.")
    hands.next("empowerment")
    hands.tick("answers/empowerment_kinds", "Emancipatie", "Participatie")
    hands.fill("answers/empowerment_how", "Bewoners beslissen over de kaart.")
    hands.fill("answers/empowerment_voice", "Zij zitten de vergadering voor.")


def add_item(hands: Hands, *values: str) -> None:
    """Adds a card and fills it from field to field with Tab."""
    hands.click(hands.window.workspace.page.lists[0].add)
    for place, value in enumerate(values):
        if place:
            hands.key(KEY.Key_Tab)
        hands.type(value)


def show_capacity(hands: Hands) -> None:
    """The carrying capacity, of each applicant too."""
    hands.fill("answers/capacity_followup", "De gemeenten nemen de keuken over.")
    hands.fill("answers/capacity_independence", "Gasten betalen wat zij kunnen.")
    page = hands.window.workspace.page
    for card in page.lists[0].cards.values():
        hands.click(card.head)
        hands.fill(f"{card.address}/capacity", "Een eigen zaal en een halftijdse kok.")
        hands.fill(f"{card.address}/capacity_term", "Drie jaar")
        hands.fill(f"{card.address}/capacity_means", "15 000")


def attach(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file through the dialog of the system, which answers by itself here."""
    page = hands.window.workspace.page
    file = sorted(LETTER.glob("*.pdf"))[0]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    hands.click(page.files.zone.choose)
    hands.wait(lambda: page.files.cards and not page.files.busy)
    (card,) = page.files.cards.values()
    hands.fill(f"{card.address}/title", "Brief van de gemeente")
    hands.choose(f"{card.address}/kind", "Intentieverklaring")
