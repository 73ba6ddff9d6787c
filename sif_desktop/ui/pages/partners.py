"""The partners: who they are in a list, and the chosen one's fields with its part of the budget."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from sif_desktop.language import country
from sif_desktop.model.partners import Partner
from sif_desktop.model.values import new_id
from sif_desktop.ui.items_model import Told
from sif_desktop.ui.look.icons import exists
from sif_desktop.ui.pages.chosen import ChosenPage
from sif_desktop.ui.pages.chosen_detail import Detail
from sif_desktop.ui.pages.partners_budget import PartnerBudget
from sif_desktop.ui.pages.partners_number import NumberNote

ROLE = "partners/*/role"
KIND = "partners/*/kind"
SEAT = "partners/*/seat"

WIDE_LIST = 360
"""From this width on, role, seat and kind stand in one line."""


class PartnersPage(ChosenPage):
    """The partners of the proposal."""

    list_at = "partners"

    def tell(self, item: Any, place: int) -> Told:
        """A partner by its short name, with its role, seat and kind."""
        partner: Partner = item
        facts = (
            self._choice(ROLE, partner.role),
            self._seat(partner),
            self._choice(KIND, partner.kind),
        )
        icon = f"partner-{partner.kind}"
        return Told(
            self._name(partner, place),
            tuple(fact for fact in facts if fact),
            icon if partner.kind and exists(icon) else "step-partners",
        )

    def list_width(self, width: int) -> int:
        """Kinds of organisation have long names in French."""
        return min(max(width * 34 // 100, 185), 400)

    def fact_lines(self, width: int) -> int:
        """All facts fit in a line where the list is wide."""
        return 1 if width >= WIDE_LIST else 2

    def make_head(self, detail: Detail) -> None:
        """What the partner costs, live."""
        if self.desk.call.section_at("budget") is not None:
            budget = PartnerBudget(self.desk, detail.key)
            detail.column.addWidget(budget)
            detail.checkers.append(budget.refresh)
            detail.tellers.append(budget.retranslate)

    def make_foot(self, detail: Detail) -> None:
        """Beneath a number: that its form is right, and what that does not prove."""
        for row in self.rows.values():
            if row.spec.kind == "enterprise_number":
                note = NumberNote(self.desk, row)
                detail.checkers.append(note.refresh)
                detail.tellers.append(note.refresh)

    def add_item(self) -> None:
        """Asks in which role first, where the form has roles: what is asked depends on it."""
        spec = self.desk.call.field_at(ROLE)
        roles = self.desk.call.choices.get(spec.choices or "", ()) if spec else ()
        if not roles:
            super().add_item()
            return
        button = self.nothing.button if self.nothing.isVisible() else self.add
        menu = QMenu(button)
        for role in roles:
            act = menu.addAction(self._choice(ROLE, role))
            act.triggered.connect(lambda _=False, role=role: self.add_as(role))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def add_as(self, role: str) -> None:
        """Adds a partner in a role."""
        key = new_id()
        subject = self._choice(ROLE, role) or self.desk.speech.say("lists.partners.one")
        self.add_one(key, {"id": key, "role": role}, subject)

    def _name(self, partner: Partner, place: int) -> str:
        for name in (partner.short_name, partner.name):
            if said := " ".join(name[:300].split()):
                return said[:90]
        return self.desk.speech.say("window.fields.unnamed", place=place + 1)

    def _seat(self, partner: Partner) -> str:
        if partner.seat == "abroad" and partner.country.strip():
            return country(partner.country.strip(), self.desk.speech.language)[:60]
        return self._choice(SEAT, partner.seat)

    def _choice(self, at: str, value: str) -> str:
        """A choice in words; what is no choice of the form as it is, cut short."""
        spec = self.desk.call.field_at(at)
        if not value or spec is None:
            return ""
        return self.desk.speech.find(f"choices.{spec.choices}.{value}", value[:60])
