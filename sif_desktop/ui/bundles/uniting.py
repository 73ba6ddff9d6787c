"""Uniting copies: the list is looked at beside the window, and so is their whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sif_desktop.ui.bundles.beside import Beside

if TYPE_CHECKING:
    from sif_desktop.app.looking import Seen
    from sif_desktop.app.uniting import Copy
    from sif_desktop.app.work import Work
    from sif_desktop.ui.bundles.copies import Copies


class Uniting(QObject):
    """What the card of copies asks for. `listed`: a list is shown; `united(seen)`: the whole was
    written and looked at; `closed`: the list is done with. `trust` gives the folder of authorities.
    """

    listed = Signal()
    united = Signal(object)
    closed = Signal()

    def __init__(self, card: Copies, beside: Beside, trust: Callable[[], Path | None]) -> None:
        super().__init__()
        self._card, self._beside, self._trust = card, beside, trust
        card.without.connect(self._take_out)
        card.wants_unite.connect(self._unite)
        card.closed.connect(self.close)

    @property
    def shown(self) -> bool:
        """Whether the list is shown."""
        return not self._card.isHidden()

    def show_list(self, paths: list[Path]) -> None:
        """Looks at copies, and shows them."""
        from sif_desktop.app.uniting import copies

        trust = self._trust()
        self._beside.run(lambda work: copies(paths, trust, work), self._show)

    def add(self, paths: list[Path]) -> None:
        """Shows these copies too."""
        self.show_list([*(self._card.paths if self.shown else []), *paths])

    def look_again(self) -> None:
        """Whom one trusts is another question now."""
        self.show_list(self._card.paths)

    def close(self) -> None:
        """Forgets the list."""
        self._card.hide()
        self._card.place.forget()
        self.closed.emit()

    def _show(self, found: tuple[Copy, ...]) -> None:
        self._card.show_copies(found)
        self.listed.emit()

    def _take_out(self, row: int) -> None:
        paths = self._card.paths
        if self._beside.busy or not 0 <= row < len(paths):
            return
        del paths[row]
        if paths:
            self.show_list(paths)
        else:
            self.close()

    def _unite(self, out: Path) -> None:
        from sif_desktop.app.uniting import unite

        paths, trust = self._card.paths, self._trust()

        def act(work: Work) -> Seen:
            return unite(paths, out, trust, work)

        self._beside.run(act, self._united, self._card.tell_trouble)

    def _united(self, seen: Seen) -> None:
        self._card.hide()
        self._card.place.forget()
        self.united.emit(seen)
