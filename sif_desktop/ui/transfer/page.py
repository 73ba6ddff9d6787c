"""The page to copy each field from, into a web form, and to tick what was copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.app.transfer import Entry
from sif_desktop.app.transfer_lines import cells, list_of, row_of, table_of
from sif_desktop.app.transfer_sheet import TransferSheet
from sif_desktop.errors import SifError
from sif_desktop.rules.words import SEPARATOR
from sif_desktop.ui.banner import Banner
from sif_desktop.ui.budget.clip import to_text
from sif_desktop.ui.fields.flow import FlowLayout
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import Page
from sif_desktop.ui.transfer.list import TransferList
from sif_desktop.ui.transfer.model import TransferModel
from sif_desktop.ui.transfer.web_page import WebPage

_CENTRE = QAbstractItemView.ScrollHint.PositionAtCenter


class TransferPage(Page):
    """Every field in the form's order. Copying one ticks it, and Enter goes on to the next."""

    scrolls = False
    guided = False

    def build(self) -> None:
        """How far it is, the fields, and what can be done with the one that is chosen."""
        desk = self.desk
        self.sheet = TransferSheet(desk.session, desk.speech.words)
        self.count, self.bar = QLabel(), QProgressBar(textVisible=False)
        role(self.count, "label")
        self.only_left, self.web = QCheckBox(), QPushButton()
        self.only_left.toggled.connect(self._filter)
        self.web.clicked.connect(lambda _=False: self._write_page())
        self.trouble = Banner(desk.look, "error", self._try_again)
        self.written = WebPage(desk)
        self.written.failed.connect(self._not_written)
        self.written.ended.connect(lambda: self.web.setEnabled(True))
        self.nothing = QLabel(wordWrap=True)
        role(self.nothing, "lead")
        self.model = TransferModel(desk, self.sheet)
        self.list = TransferList(desk, self.model)
        self.list.wants_copy.connect(self.copy_field)
        self.list.wants_tick.connect(self._turn)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_acts())
        self.copy, self.row, self.table = (QPushButton() for _ in range(3))
        role(self.copy, "primary")
        self.copy.clicked.connect(lambda _=False: self._copy_chosen())
        self.row.clicked.connect(lambda _=False: self._copy_rows(row_of))
        self.table.clicked.connect(lambda _=False: self._copy_rows(table_of))
        self.told, self.back = QLabel(wordWrap=True), QPushButton()
        role(self.told, "small")
        role(self.back, "link")
        self.back.clicked.connect(lambda _=False: self._take_back())
        self._lay_out()
        desk.tinted.connect(self._tint)
        desk.closing.connect(self._end)
        self._tint()

    # -- what every page does ---------------------------------------------------------------

    def refresh(self) -> None:
        """The fields as the proposal holds them now; the one that is chosen stays so."""
        super().refresh()
        if self.sheet.refresh(self.desk.speech.words):
            self._renew()

    def retranslate(self) -> None:
        """The fields too: their names, and what they hold, are said in words."""
        super().retranslate()
        say = self.desk.speech.say
        self.bar.setAccessibleName(say("window.transfer.progress"))
        self.only_left.setText(say("transfer.only_left"))
        self.web.setText(say("window.transfer.web"))
        self.list.setAccessibleName(say("window.transfer.list"))
        self.list.setAccessibleDescription(say("window.transfer.keys"))
        self.copy.setText(say("window.transfer.copy_on"))
        self.row.setText(say("window.transfer.copy_row"))
        self.table.setText(say("window.transfer.copy_table"))
        self.back.setText(say("window.transfer.take_back"))
        self.written.refresh()
        self._tell("")
        self.refresh()
        self._tell_trouble()

    def lead_text(self) -> str:
        """Also that nothing can be ticked, where that is so."""
        text = super().lead_text()
        if not self.desk.read_only:
            return text
        return f"{text} {self.desk.speech.say('window.transfer.read_only')}"

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The list takes the keys at once."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.list.setFocus)

    # -- copying and ticking ----------------------------------------------------------------

    def copy_field(self, entry: Entry, onward: bool) -> None:
        """Puts the whole text of a field on the clipboard and ticks it."""
        name = f"{entry.item}{SEPARATOR}{entry.label}" if entry.item else entry.label
        if entry.text:
            QGuiApplication.clipboard().setText(entry.text)
            key = "copied_read_only" if self.sheet.read_only else "copied"
            said = self.desk.speech.say(f"window.transfer.{key}", name=name)
        else:
            said = self.desk.speech.say("window.transfer.out", name=name)
        self.sheet.tick([entry])
        self._go_on(entry, onward)
        self._tell(said)

    def _copy_chosen(self) -> None:
        entry = self.list.chosen
        if entry:
            self.copy_field(entry, True)

    def _copy_rows(self, which: object) -> None:
        """Puts the item or the list of the chosen field on the clipboard, with tabs in between."""
        entry = self.list.chosen
        if entry is None or not callable(which):
            return
        fields: Sequence[Entry] = which(entry, self.sheet.entries)
        rows = cells(fields, self.desk.call)
        if not rows:
            return
        QGuiApplication.clipboard().setText(to_text(rows))
        self.sheet.tick(fields)
        self._go_on(fields[-1], True)
        key = "rows_copied" if len(rows) > 1 else "row_copied"
        self._tell(
            self.desk.speech.say(f"window.transfer.{key}", rows=len(rows), fields=len(fields))
        )

    def _turn(self, entry: Entry) -> None:
        """Sets the tick of a field alone, or takes it away."""
        if self.sheet.read_only:
            self._tell(self.desk.speech.say("window.transfer.read_only"))
            return
        done = self.sheet.state(entry) == "done"
        (self.sheet.untick if done else self.sheet.tick)([entry])
        self._go_on(entry, False)
        self._tell("")

    def _take_back(self) -> None:
        """The ticks as they were before the last act."""
        chosen = self.list.chosen
        if self.sheet.take_back():
            self._renew(chosen)
            self._tell(self.desk.speech.say("window.transfer.taken_back"))

    def _go_on(self, entry: Entry, onward: bool) -> None:
        """Shows the ticks as they are now, and chooses what is next."""
        after = self.sheet.next_left(entry.address)
        vanishes = self.only_left.isChecked() or not entry.text
        if vanishes:
            self.model.renew()
        else:
            self.model.paint_all()
        self._show_counts()
        here = not onward and self.list.choose(entry.address)
        if not here and after:
            self.list.choose(after.address)
        self._show_acts()

    # -- what is shown ----------------------------------------------------------------------

    def _begin(self) -> None:
        """Chooses the first field that is left."""
        first = self.sheet.next_left("")
        chosen = first or next(iter(self.sheet.entries), None)
        if chosen:
            self.list.choose(chosen.address)
        self._show_counts()
        self._show_acts()

    def _renew(self, chosen: Entry | None = None) -> None:
        chosen = chosen or self.list.chosen
        top = self.list.verticalScrollBar().value()
        self.model.renew()
        if chosen is None or not self.list.choose(chosen.address):
            self._begin()
        else:
            self.list.verticalScrollBar().setValue(top)
        self._show_counts()
        self._show_acts()

    def _filter(self) -> None:
        self.model.only_left = self.only_left.isChecked()
        self._renew()
        self.list.scrollTo(self.list.currentIndex(), _CENTRE)

    def _show_counts(self) -> None:
        done, count = self.sheet.done, len(self.sheet.entries)
        say = self.desk.speech.say
        self.count.setText(say("window.transfer.counted", done=done, count=count))
        self.bar.setMaximum(max(count, 1))
        self.bar.setValue(done)
        filled = bool(self.model.lines)
        self.list.setVisible(filled)
        self.acts.setVisible(filled)
        self.nothing.setVisible(not filled)
        self.nothing.setText(say("window.transfer.all_done" if count else "window.transfer.empty"))
        for widget in (self.count, self.bar, self.only_left, self.web):
            widget.setVisible(count > 0)
        self._tell_trouble()

    def _show_acts(self) -> None:
        """What can be done with the field that is chosen."""
        entry = self.list.chosen
        self.copy.setEnabled(entry is not None)
        in_list = entry is not None and bool(list_of(entry)) and bool(entry.text)
        self.row.setEnabled(in_list)
        self.table.setEnabled(in_list)

    def _tell(self, said: str) -> None:
        """Says what was done, also to a screen reader, with a way to take the tick back.

        While there is nothing to tell, what the keys do stands there.
        """
        self.told.setText(said or self.desk.speech.say("window.transfer.keys"))
        self.back.setVisible(bool(said) and self.sheet.can_take_back)
        if said and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.told, said))

    def _tell_trouble(self) -> None:
        error = self.sheet.trouble or self.sheet.damaged
        speech = self.desk.speech
        if error is None:
            self.trouble.say("")
        elif self.sheet.trouble:
            kept = speech.say("window.transfer.kept")
            self.trouble.say(f"{speech.error(error)} {kept}", speech.say("window.transfer.again"))
        else:
            self.trouble.say(speech.error(error))
        self.trouble.button.setVisible(self.sheet.trouble is not None)

    def _try_again(self) -> None:
        self.sheet.write()
        self._tell_trouble()

    def _end(self) -> None:
        """A last try to keep what the disk refused."""
        if self.sheet.trouble:
            self.sheet.write()

    def _write_page(self) -> None:
        if self.written.ask(self.sheet.ticks):
            self.web.setEnabled(False)

    def _not_written(self, error: object) -> None:
        if not isinstance(error, SifError):
            raise error if isinstance(error, Exception) else RuntimeError(error)
        tell = getattr(self.window(), "tell", None)
        if tell:
            tell(error)

    def _tint(self) -> None:
        look = self.desk.look
        self.copy.setIcon(look.icon("copy", "on_accent"))
        self.web.setIcon(look.icon("save", "text"))
        self.list.viewport().update()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(gap(2))
        self.bar.setMinimumWidth(gap(12))
        head.addWidget(self.count)
        head.addWidget(self.bar, 1)
        head.addWidget(self.only_left)
        head.addWidget(self.web)
        self.acts = QWidget()
        below = QVBoxLayout(self.acts)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(gap(1))
        buttons = FlowLayout(None, gap(1))
        for widget in (self.copy, self.row, self.table):
            buttons.addWidget(widget)
        said = QHBoxLayout()
        said.setSpacing(gap(1))
        said.addWidget(self.told, 1)
        said.addWidget(self.back)
        below.addLayout(buttons)
        below.addLayout(said)
        self.body.setSpacing(gap(1.25))
        self.body.addLayout(head)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.written)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.acts)
        self.body.setAlignment(self.nothing, Qt.AlignmentFlag.AlignTop)
