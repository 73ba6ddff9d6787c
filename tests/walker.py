"""A person who fills in any form: what stands where follows from the form's data, not its name.

A walk goes from the start page through every step in the form's order. On each page all that the
form asks is filled in by mouse and keys, by the kind of the field; of a list one or two items are
added. What has to be a certain value, so that the whole makes sense, stands in `SAID`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dossiers import belgian_iban, enterprise_number
from hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QPlainTextEdit

from sif_desktop import paths
from sif_desktop.app.steps import Step
from sif_desktop.calls.call import Call, FieldSpec
from sif_desktop.calls.reading import partner_name
from sif_desktop.ui.fields.row import FieldRow

KEY = Qt.Key
LETTER = paths.resources() / "example" / "attachments"

SAID: dict[str, tuple[str, ...]] = {
    "project/exclusions": ("none",),
    "project/duration": ("12",),
    "partners/*/kind": ("civil_society", "knowledge"),
    "partners/*/seat": ("flanders",),
    "partners/*/short_name": ("Pollepel", "HML"),
    "partners/*/signatory_name": ("Björn Krabbé",),
    "partners/*/disciplines": ("social_work", "sociology"),
    "work_packages/*/title": ("Samen luisteren", "Samen koken"),
    "work_packages/*/first_month": ("1", "4"),
    "work_packages/*/last_month": ("6", "12"),
    "work_packages/*/deliverables/*/month": ("6", "12"),
    "answers/reach": ("600",),
    "answers/engage": ("210",),
    "answers/action": ("32",),
    "answers/nurture_studies": ("4",),
    "answers/nurture_trajectories": ("1",),
}
"""What is filled in at an address, as typed or by the value of the choice: of the first item of a
list, of the second, and so on."""

MONTHS = (1, 7, 7)
"""The month in which each line of the budget is paid, and so its period."""

_LINES = frozenset({"text", "paragraph", "email", "website", "iban", "enterprise_number"})
"""Kinds of field from which the Tab key leads to the next."""


class Walker:
    """Somebody at a form. `amounts` are what the lines of the budget ask and pay, as typed."""

    def __init__(self, hands: Hands, call: Call, amounts: tuple[tuple[str, ...], ...]) -> None:
        self.hands, self.call, self.amounts = hands, call, amounts

    # -- from the start page on -------------------------------------------------------------

    def begin(self, draft: Path, title: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """The start page: a new proposal, the call, its name, and where it is kept."""
        hands, start = self.hands, self.hands.window.start
        hands.click(start.new)
        panel = start.stack.currentWidget()
        name = self.call.words("nl").say("call.title")
        hands.click(next(one for one in panel.choices if one.text().startswith(name)))
        hands.click(panel.name)
        hands.type(title)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(draft), ""))
        hands.click(panel.browse)
        assert panel.where.text() == str(draft)
        hands.click(panel.begin)
        desk = self.hands.window.desk
        assert desk.call.id == self.call.id
        assert desk.proposal.project.title == title

    def fill_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every section, by the button to the next."""
        sections = [step for step in self.hands.window.desk.steps if step.section]
        for place, step in enumerate(sections):
            if place:
                self.hands.next(step.id)
            self.fill(step, monkeypatch)

    def fill(self, step: Step, monkeypatch: pytest.MonkeyPatch) -> None:
        """One section: the fields that stand alone, then its lists."""
        page = self.hands.window.workspace.page
        if step.view != "budget":
            self.fill_rows("")
        if step.view == "partners":
            self.add_partners(page)
        elif step.view == "work_plan":
            self.plan_work(page)
        elif step.view == "budget":
            self.write_budget(page)
        elif step.view == "attachments":
            self.attach(page, monkeypatch)
        for cards in getattr(page, "lists", ()):
            self.fill_cards(cards, 0, 2)

    # -- fields -----------------------------------------------------------------------------

    def fill_rows(self, item: str, place: int = 0) -> None:
        """The fields of an item, or those of none, from top to bottom; answers may ask for more."""
        done: set[str] = set()
        before: FieldRow | None = None
        while row := next(self._left(item, done), None):
            done.add(row.address)
            if row.editor.held in ("", ()) and self._is_filled(row.spec):
                self.fill_row(row, place, before)
                before = row
            else:
                before = None

    def _left(self, item: str, done: set[str]) -> Iterator[FieldRow]:
        for row in self.hands.window.workspace.page.rows.values():
            own = row.address.rpartition("/")[0] == item if item else not row.spec.list_at
            if own and row.address not in done and row.isVisible():
                yield row

    def _is_filled(self, spec: FieldSpec) -> bool:
        return spec.kind != "file" and (spec.needed is not None or spec.kind == "website")

    def fill_row(self, row: FieldRow, place: int, before: FieldRow | None) -> None:
        """A field by its kind; where the one before is a line too, Tab leads here."""
        hands, spec, address = self.hands, row.spec, row.address
        (first, *_) = row.editor.inputs
        if isinstance(first, QComboBox):
            hands.choose(address, self.names(spec, place)[0])
        elif not isinstance(first, QLineEdit | QPlainTextEdit):
            hands.tick(address, *self.names(spec, place))
        else:
            if before and before.spec.kind in _LINES:
                assert first.hasFocus(), f"Tab leads elsewhere than to {address}"
            elif not first.hasFocus():
                hands.click(first)
            typed = self.typed(spec, place)
            hands.type(typed)
            hands.key(KEY.Key_Tab)
            self._look(row, first, typed)

    def _look(self, row: FieldRow, line: QLineEdit | QPlainTextEdit, typed: str) -> None:
        """What was typed is there, and some kinds take the form in which people read them."""
        assert row.editor.held not in ("", ())
        shown = {
            "date": "01/09/2026",
            "enterprise_number": f"{typed[:4]}.{typed[4:7]}.{typed[7:]}",
        }
        if row.spec.kind in shown:
            assert isinstance(line, QLineEdit)
            assert line.text() == shown[row.spec.kind]

    def typed(self, spec: FieldSpec, place: int) -> str:
        """What is typed in a field."""
        number = 4_000_021 * (place + 1)
        label = self.call.words("nl").say(f"fields.{spec.id}.label")
        longest = spec.longest.characters if spec.longest else 150
        by_kind = {
            "date": "1/9/2026",
            "number": "12",
            "month": "6",
            "money": "15 000",
            "email": "noella@example.org",
            "website": "https://www.example.org",
            "enterprise_number": enterprise_number(number),
            "iban": belgian_iban(number),
        }
        otherwise = by_kind.get(spec.kind, f"{label[: longest - 2]} {place + 1}")
        return _of(SAID.get(spec.at), place) or otherwise

    def names(self, spec: FieldSpec, place: int) -> list[str]:
        """What stands beside the choices that are made in a field."""
        proposal = self.hands.window.desk.proposal
        if spec.kind == "partner":
            one = proposal.partners[place % len(proposal.partners)]
            return [partner_name(proposal, one.id)]
        choices = self.call.choices[spec.choices or ""]
        wanted = _of(SAID.get(spec.at), place)
        values = [wanted] if wanted else choices[: 2 if spec.kind == "choices" else 1]
        words = self.call.words("nl")
        return [words.say(f"choices.{spec.choices}.{value}") for value in values]

    # -- lists ------------------------------------------------------------------------------

    def fill_cards(self, cards: Any, place: int, count: int = 1) -> None:
        """New cards of a list, or those that another section made; and the lists within."""
        if not cards.owned:
            for at, card in enumerate(list(cards.cards.values())):
                self.hands.click(card.head)
                self.fill_rows(card.address, at)
            return
        for at in range(count):
            self.hands.click(cards.add)
            card = list(cards.cards.values())[-1]
            self.fill_rows(card.address, place + at)
            for inner in card.inner:
                self.fill_cards(inner, place + at)

    def add_partners(self, page: Any) -> None:
        """A coordinator from the empty page, a co-applicant from the button above the list."""
        role = self.call.field_at("partners/*/role")
        for place, value in enumerate(("coordinator", "co_applicant")):
            button = page.add if place else page.nothing.button
            if role:
                name = self.call.words("nl").say(f"choices.{role.choices}.{value}")
                self.hands.pick(button, name)
            else:
                self.hands.click(button)
            self._fill_chosen(page, place)

    def plan_work(self, page: Any) -> None:
        """Two work packages; the outcomes that the call asks for are marked in two ways."""
        for place in range(2):
            self.hands.click(page.add)
            self._fill_chosen(page, place)
        for place, outcome in enumerate(page.outcomes.outcomes):
            link = page.outcomes.shown[outcome].link
            package = page.items[place % len(page.items)]
            title = f"{place % len(page.items) + 1}. {package.title}"
            if place == 0:
                one = page.items[0].deliverables[0]
                self._mark(page, f"work_packages/{package.id}/deliverables/{one.id}", outcome)
            else:
                self.hands.pick(link, title, "Nieuw")
                key = page.items[place % len(page.items)].deliverables[-1].id
                assert (
                    self.hands.focus()
                    in self.hands.row(
                        f"work_packages/{package.id}/deliverables/{key}/month"
                    ).editor.inputs
                )
                self.fill_rows(f"work_packages/{package.id}/deliverables/{key}", place)
            assert page.outcomes.shown[outcome].address

    def _mark(self, page: Any, deliverable: str, outcome: str) -> None:
        """A deliverable is an outcome, as its own field says."""
        _, package, _, key = deliverable.split("/")
        self.hands.click_row(page.view, page.model.place_of(package))
        card = next(cards.cards[key] for cards in page.detail.lists if key in cards.cards)
        self.hands.click(card.head)
        spec = self.call.field_at(f"{deliverable}/outcome")
        assert spec
        name = self.call.words("nl").say(f"choices.{spec.choices}.{outcome}")
        self.hands.choose(f"{deliverable}/outcome", name)

    def _fill_chosen(self, page: Any, place: int) -> None:
        item = page.items[-1]
        at = f"{page.list_at}/{item.id}"
        first = next(row for row in page.rows.values() if row.address.startswith(f"{at}/"))
        assert self.hands.focus() in first.editor.inputs
        self.fill_rows(at, place)
        for cards in page.detail.lists:
            self.fill_cards(cards, place)

    # -- the budget and the attachments -----------------------------------------------------

    def write_budget(self, page: Any) -> None:
        """Lines typed from cell to cell, as in a spreadsheet."""
        hands = self.hands
        hands.click(page.empty.first)
        assert hands.focus() is page.grid
        columns = [
            column for column in page.model.columns if self.call.field_at(f"budget/x/{column.name}")
        ]
        for place in range(len(self.amounts)):
            for at, column in enumerate(columns):
                hands.type(self._cell(page, column.name, place))
                if at < len(columns) - 1 or place < len(self.amounts) - 1:
                    hands.key(KEY.Key_Tab)  # behind the last cell a new line begins
            QApplication.processEvents()
        hands.key(KEY.Key_Return)
        assert page.model.rowCount() == len(self.amounts)

    def _cell(self, page: Any, name: str, place: int) -> str:
        """What is typed in a cell: a name whole, an amount as somebody writes it."""
        if name == "description":
            return "Kost"
        if name in ("subsidy", "own_means"):
            return self.amounts[place][int(name == "own_means")]
        offered = page.model.names.choices(name)
        if name == "period":
            month = MONTHS[place]
            wanted = next(one.id for one in self.call.periods if one.first <= month <= one.last)
            return str(offered[wanted])
        names = list(offered.values())
        by_place = {"partner": (0, 0, 1), "work_package": (0, 1, 1)}.get(name, (0, 1, 0))
        return str(names[by_place[place] % len(names)])

    def attach(self, page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file through the dialog of the system, which answers by itself here."""
        file = sorted(LETTER.glob("*.pdf"))[0]
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
        self.hands.click(page.files.zone.choose)
        self.hands.wait(lambda: page.files.cards and not page.files.busy)
        (card,) = page.files.cards.values()
        self.fill_rows(card.address)


def _of(values: tuple[str, ...] | None, place: int) -> str:
    return values[place % len(values)] if values else ""
