"""Moving and removing the chosen item, and telling what still names one that was removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from sif_desktop.app.mentions import Mentions, mentions
from sif_desktop.model.edit import Drop, Move
from sif_desktop.ui.banner import Banner

if TYPE_CHECKING:
    from sif_desktop.model.proposal import Proposal
    from sif_desktop.ui.pages.chosen import ChosenPage


class Acts:
    """What is done to the chosen item of a page. `notice` stands above the list."""

    def __init__(self, page: ChosenPage) -> None:
        self._page = page
        self._desk = page.desk
        self._removed: tuple[str, str, Proposal, Mentions] | None = None
        self.notice = Banner(page.desk.look, "advice", self.take_back)

    def move(self, by: int) -> None:
        """Moves the chosen item up (-1) or down (1) by a place."""
        page = self._page
        keys, key = page.model.keys, page.chosen
        place = page.model.place_of(key)
        if place < 0 or not 0 <= place + by < len(keys):
            return
        if not self._desk.may_change(f"{page.list_at}/{key}"):
            return
        behind = place + (by if by > 0 else by - 1)
        move = Move(at=f"{page.list_at}/{key}", after=keys[behind] if behind >= 0 else "")
        self._desk.do(move, label="move", subject=page.called(key))
        page.view.scrollTo(page.view.currentIndex())

    def remove(self) -> None:
        """Removes the chosen item, and tells what still names it; undo brings it back."""
        page = self._page
        key, name = page.chosen, page.called(page.chosen)
        if not key or not self._desk.may_change(f"{page.list_at}/{key}"):
            return
        self._desk.do(Drop(at=f"{page.list_at}/{key}"), label="remove", subject=name)
        after = self._desk.proposal
        self._removed = (key, name, after, mentions(after, f"{page.list_at}/{key}"))
        self.tell_removed()
        (page.view if page.items else page.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self) -> None:
        """Undoes the removal, while it is the last act."""
        removed = self._removed
        if removed and self._desk.proposal is removed[2]:
            self._desk.session.undo()
            self._page.choose(removed[0])
            self._page.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Tells no more of what was removed."""
        self._removed = None
        self.notice.say("")

    def tell_removed(self) -> None:
        """What was removed, what still names it, and the way back while that is the last act."""
        removed = self._removed
        if removed is None or self._page.item(removed[0]) is not None:
            self.forget()
            return
        _, name, after, named = removed
        say = self._desk.speech.say
        told = "named" if named.lines or named.places else "plain"
        sentence = say(
            f"window.lists.removed.{told}", name=name, lines=named.lines, places=named.places
        )
        self.notice.say(sentence, say("window.lists.take_back"))
        self.notice.button.setVisible(self._desk.proposal is after)
