"""What a key sets in motion in the largest dossier: counted, not timed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from dossiers import big_proposal
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sif_desktop.app import steps
from sif_desktop.rules import totals
from sif_desktop.rules.fields import ListPiece
from sif_desktop.ui.budget.gauges import Gauge
from sif_desktop.ui.budget.page import BudgetPage
from sif_desktop.ui.budget.strip import SumsStrip
from sif_desktop.ui.fields.row import FieldRow
from sif_desktop.ui.main_window import MainWindow

Opened = Callable[..., MainWindow]


class Events(QObject):
    """Counts what is painted and laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: set[QWidget] = set()
        self.layouts = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.painted.add(watched)
        self.layouts += event.type() == QEvent.Type.LayoutRequest
        return False

    @property
    def leaves(self) -> set[QWidget]:
        """What was painted, without the widgets around it."""
        return {
            one
            for one in self.painted
            if not any(one is not other and one.isAncestorOf(other) for other in self.painted)
        }


@contextmanager
def watched() -> Iterator[Events]:
    settle()
    events = Events()
    QApplication.instance().installEventFilter(events)
    yield events
    settle()
    QApplication.instance().removeEventFilter(events)


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often what is costly was done."""
    done: Counter[str] = Counter()

    def count(owner: object, name: str, amount: Callable[..., int] = lambda *_: 1) -> None:
        act = getattr(owner, name)

        def counting(*values: object, **named: object) -> object:
            done[name] += amount(*values)
            return act(*values, **named)

        monkeypatch.setattr(owner, name, counting)

    count(totals, "added_up")
    count(totals, "_count_in")
    count(steps, "_item_count")
    count(steps, "_field_count")
    count(ListPiece, "_look", lambda _, items, __: len(items))
    count(FieldRow, "_describe")
    return done


def press(window: MainWindow, qtbot: QtBot, target: QWidget) -> None:
    """A key with all that follows from it."""
    qtbot.keyClick(target, Qt.Key.Key_1)
    window.desk.check_now()


@pytest.mark.parametrize("address", ["project/title", "project/summary"])
def test_a_key_in_a_text_touches_its_field_only(
    opened: Opened, qtbot: QtBot, counted: Counter[str], address: str
) -> None:
    window = opened(big_proposal())
    window.activateWindow()
    assert window.workspace.page.focus_on(address)
    row = window.workspace.page.rows[address]
    target = row.editor.inputs[0]
    press(window, qtbot, target)
    settle()
    counted.clear()
    with watched() as events:
        press(window, qtbot, target)
    assert counted["_item_count"] == counted["_look"] == counted["_count_in"] == 0
    assert counted["_field_count"] <= 2
    assert counted["_describe"] <= 1
    assert all(row.isAncestorOf(one) for one in events.leaves)
    assert events.layouts == 0


def test_a_key_in_an_amount_touches_its_line_and_the_sums_only(
    opened: Opened, qtbot: QtBot, counted: Counter[str]
) -> None:
    window = opened(big_proposal())
    window.activateWindow()
    window.workspace.go("budget")
    page = window.workspace.page
    assert isinstance(page, BudgetPage)
    page.grid.show_cell(3, page.model.column_at("subsidy"))
    page.grid.open_list()
    press(window, qtbot, page.grid.delegate.editor)
    settle()
    counted.clear()
    with watched() as events:
        press(window, qtbot, page.grid.delegate.editor)
    assert counted["added_up"] == 0
    assert counted["_item_count"] == counted["_look"] == 1
    assert counted["_count_in"] == 2 * (len(totals._GROUPS) + 1)
    kinds = {type(one) for one in events.leaves}
    assert kinds == {type(page.grid.delegate.editor), Gauge, SumsStrip}
    assert events.layouts == 0
    settle()
    assert page.gauges.gauges[0].reading.part == window.desk.session.totals.whole.subsidy


def test_a_list_that_changed_is_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from sif_desktop.model import difference
    from sif_desktop.model.edit import Set, apply

    gone_through = []
    compress = difference.compress
    monkeypatch.setattr(
        difference, "compress", lambda *all: gone_through.append(1) or compress(*all)
    )
    before = big_proposal()
    after = apply(before, Set(at=f"budget/{before.budget[7].id}/subsidy", value=1))[0]
    for _ in range(3):
        assert difference.changed_places(before.budget, after.budget) == [7]
    assert gone_through == [1]
    assert difference.changed_places(before.budget, before.budget[1:]) is None
