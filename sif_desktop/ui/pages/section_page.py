"""The page of a section without a page of its own: its fields in groups, its lists as cards."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtWidgets import QLabel

from sif_desktop.calls.call import FieldSpec, Section
from sif_desktop.ui.pages.base import Page, card
from sif_desktop.ui.pages.items import ItemCards


class SectionPage(Page):
    """All fields of a section in the form's order. It knows no section by name."""

    def build(self) -> None:
        """A card for each group of fields, then each list of the section."""
        self._titles: list[tuple[QLabel, str]] = []
        self.lists: list[ItemCards] = []
        section = self.step.section
        assert section is not None  # noqa: S101 - the registry gives this page sections only
        single = [spec for spec in section.fields if not spec.list_at]
        for group, specs in groupby(single, key=lambda spec: spec.group or ""):
            self._add_group(group, tuple(specs))
        for list_at in dict.fromkeys(spec.list_at for spec in section.fields):
            if list_at and "*" not in list_at:
                self._add_list(section, list_at)

    def _add_group(self, group: str, specs: tuple[FieldSpec, ...]) -> None:
        title = QLabel() if group else None
        frame, layout = card(title)
        if title is not None:
            self._titles.append((title, f"groups.{group}"))
        for spec in specs:
            self.add_row(layout, spec, spec.at)
        self.body.addWidget(frame)

    def _add_list(self, section: Section, list_at: str) -> None:
        specs = tuple(spec for spec in section.fields if spec.list_at.startswith(list_at))
        owned = self.desk.call.section_at(list_at) is section
        cards = ItemCards(self, list_at, list_at, specs, owned=owned)
        self.lists.append(cards)
        self.body.addWidget(cards)

    def refresh(self) -> None:
        """The fields, and the lists with their items."""
        super().refresh()
        for cards in self.lists:
            cards.refresh()

    def show_findings(self) -> None:
        """Beside the fields, and at the head of a list or item."""
        super().show_findings()
        for cards in self.lists:
            cards.show_findings()

    def retranslate(self) -> None:
        """The titles of groups and lists too."""
        super().retranslate()
        for label, key in self._titles:
            label.setText(self.desk.speech.say(key))
        for cards in self.lists:
            cards.retranslate()

    def focus_on(self, address: str) -> bool:
        """Opens the card that holds the value first."""
        for cards in self.lists:
            if cards.open_to(address):
                break
        if super().focus_on(address):
            return True
        return any(cards.focus_on(address) for cards in self.lists)
