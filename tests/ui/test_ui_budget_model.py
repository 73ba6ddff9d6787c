"""The model of the grid: what changed, and nothing else, is told to Qt."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from dossiers import big_proposal, example_proposal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sif_desktop.model.edit import Add, Drop, Move, Set
from sif_desktop.ui.budget.model import BudgetModel
from sif_desktop.ui.budget.page import BudgetPage
from sif_desktop.ui.main_window import MainWindow

Opened = Callable[..., MainWindow]
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
Role = Qt.ItemDataRole


def budget_page(window: MainWindow) -> BudgetPage:
    window.workspace.go("budget")
    page = window.workspace.page
    assert isinstance(page, BudgetPage)
    return page


class Watch:
    """Everything that a model tells, in order."""

    def __init__(self, model: BudgetModel) -> None:
        self.told: list[tuple] = []
        model.dataChanged.connect(
            lambda one, other: self.told.append(
                ("data", one.row(), other.row(), one.column(), other.column())
            )
        )
        model.rowsInserted.connect(lambda _, one, other: self.told.append(("in", one, other)))
        model.rowsRemoved.connect(lambda _, one, other: self.told.append(("out", one, other)))
        model.layoutChanged.connect(lambda *_: self.told.append(("order",)))
        model.modelReset.connect(lambda: self.told.append(("reset",)))

    def take(self) -> list[tuple]:
        told, self.told = self.told, []
        return told


@pytest.fixture
def page(opened: Opened) -> BudgetPage:
    return budget_page(opened(example_proposal()))


def test_qt_finds_no_fault_with_the_model(page: BudgetPage) -> None:
    tester = QAbstractItemModelTester(page.model, FATAL)
    totals = QAbstractItemModelTester(page.totals.model, FATAL)
    desk, lines = page.desk, page.model.lines
    desk.do(Set(at=f"budget/{lines[3].id}/subsidy", value=12))
    desk.do(Add(at="budget", item={"id": "new"}, after=lines[5].id))
    desk.do(Move(at=f"budget/{lines[9].id}", after=""))
    desk.do(Drop(at=f"budget/{lines[0].id}"), Drop(at=f"budget/{lines[40].id}"))
    page.filters.choose("partner", lines[20].partner)
    desk.do(Move(at=f"budget/{lines[20].id}", after=""))
    page.filters.clear()
    for _ in range(5):
        desk.session.undo()
    assert page.model.lines == example_proposal().budget
    assert tester
    assert totals


def test_a_change_elsewhere_tells_nothing(page: BudgetPage) -> None:
    watch = Watch(page.model)
    page.desk.do(Set(at="project/title", value="Other"))
    page.desk.check_now()
    assert watch.take() == []


def test_a_cell_is_told_with_its_total_only(page: BudgetPage) -> None:
    watch, line = Watch(page.model), page.model.lines[7]
    page.desk.do(Set(at=f"budget/{line.id}/own_means", value=5))
    assert watch.take() == [("data", 7, 7, 6, 6), ("data", 7, 7, 7, 7)]
    page.desk.do(Set(at=f"budget/{line.id}/description", value="Chairs"))
    assert watch.take() == [("data", 7, 7, 4, 4)]


def test_a_name_is_told_in_its_column(page: BudgetPage) -> None:
    watch, partner = Watch(page.model), page.desk.proposal.partners[0].id
    page.desk.do(Set(at=f"partners/{partner}/short_name", value="Nieuw"))
    assert watch.take() == [("data", 0, len(page.model.lines) - 1, 0, 0)]
    assert page.model.index(0, 0).data() == "Nieuw"


def test_lines_come_and_go_at_their_places(page: BudgetPage) -> None:
    watch, lines = Watch(page.model), page.model.lines
    page.desk.do(
        Add(at="budget", item={"id": "one"}, after=lines[1].id),
        Add(at="budget", item={"id": "two"}, after="one"),
        Drop(at=f"budget/{lines[10].id}"),
    )
    assert watch.take() == [("out", 10, 10), ("in", 2, 3)]
    page.desk.do(Move(at=f"budget/{lines[0].id}", after=lines[5].id))
    assert watch.take() == [("order",)]


def test_chosen_cells_and_indexes_follow_their_line(page: BudgetPage) -> None:
    lines, grid = page.model.lines, page.grid
    at = page.model.index(4, 5)
    grid.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    kept = QPersistentModelIndex(at)
    page.desk.do(Drop(at=f"budget/{lines[0].id}"))
    assert (kept.row(), grid.currentIndex().row()) == (3, 3)
    page.desk.do(Move(at=f"budget/{lines[4].id}", after=""))
    assert (kept.row(), kept.column(), grid.currentIndex().row()) == (0, 5, 0)
    assert [one.row() for one in grid.selectedIndexes()] == [0]


def test_a_filter_hides_no_line_that_is_being_edited(page: BudgetPage) -> None:
    model, lines = page.model, page.desk.proposal.budget
    wanted = lines[20].partner
    page.filters.choose("partner", wanted)
    assert model.lines
    assert {line.partner for line in model.lines} == {wanted}
    first, other = model.lines[0], page.desk.proposal.partners[0].id
    assert other != wanted
    page.desk.do(Set(at=f"budget/{first.id}/partner", value=other))
    assert model.lines[0].id == first.id
    page.filters.choose("category", "operating")
    assert all(line.partner == wanted for line in model.lines)
    page.filters.clear()
    assert model.lines is page.desk.proposal.budget


def test_numbers_are_those_of_the_whole_budget(page: BudgetPage) -> None:
    lines = page.desk.proposal.budget
    page.filters.choose("partner", lines[30].partner)
    shown = page.model.lines[0]
    number = page.model.headerData(0, Qt.Orientation.Vertical)
    assert lines[int(number) - 1].id == shown.id


def test_sums_of_what_is_shown_follow_each_edit(page: BudgetPage) -> None:
    model, desk = page.model, page.desk
    page.filters.choose("category", "operating")
    for line, value in zip(model.lines, (5, "x", "", 12_345), strict=False):
        desk.do(Set(at=f"budget/{line.id}/subsidy", value=value))
        read = [one.subsidy for one in model.lines if isinstance(one.subsidy, int)]
        assert model.shown_sum.subsidy == sum(read)
    assert page.strip.sums[0].amounts["subsidy"] != page.strip.sums[1].amounts["subsidy"]


def test_a_wrong_value_is_marked_and_told(page: BudgetPage) -> None:
    model, line = page.model, page.model.lines[2]
    watch = Watch(model)
    page.desk.do(Set(at=f"budget/{line.id}/subsidy", value="ongeveer 100"))
    page.desk.check_now()
    at = model.index(2, 5)
    assert at.data(model.LOOK).severity == "error"
    assert "ongeveer 100" in at.data(Role.ToolTipRole)
    assert at.data(Role.AccessibleDescriptionRole).startswith("Fout: ")
    assert ("data", 2, 2, 5, 5) in watch.take()
    page.desk.session.undo()
    page.desk.check_now()
    assert at.data(model.LOOK).severity == ""
    assert at.data(Role.AccessibleDescriptionRole) == ""


def test_nothing_is_marked_before_it_was_touched(opened: Opened) -> None:
    page = budget_page(opened())
    page.desk.do(Add(at="budget", item={"id": "one"}))
    page.desk.check_now()
    assert page.model.index(0, 0).data(page.model.LOOK).severity == ""
    page.desk.expose()
    assert page.model.index(0, 0).data(page.model.LOOK).severity == "error"


def test_all_languages_understand_all_names(page: BudgetPage) -> None:
    model, line = page.model, page.model.lines[0]
    for typed, key in (("frais généraux", "overhead"), ("PERSONEEL", "staff"), ("Staff", "staff")):
        assert model.setData(model.index(0, 1), typed)
        assert page.desk.proposal.budget[0].category == key
    assert model.setData(model.index(0, 1), "iets anders")
    assert page.desk.proposal.budget[0].category == "iets anders"
    assert not model.setData(model.index(0, 7), "12")
    assert line.id == page.desk.proposal.budget[0].id


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["set", "add", "drop", "move", "filter", "undo"]), st.integers(0, 99)
    ),
    max_size=12,
)


@given(deeds=EDITS)
@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_model_always_shows_the_lines_of_the_proposal(
    page: BudgetPage, deeds: list[tuple[str, int]]
) -> None:
    tester = QAbstractItemModelTester(page.model, FATAL)
    for number, (deed, at) in enumerate(deeds):
        budget = page.desk.proposal.budget
        line = budget[at % len(budget)] if budget else None
        after = budget[(at * 7) % len(budget)].id if budget else ""
        if deed == "filter":
            choices = (None, "staff", "operating")
            page.model.set_filter({"category": choices[at % 3]} if choices[at % 3] else {})
        elif deed == "undo":
            page.desk.session.undo()
        elif deed == "add":
            page.desk.do(Add(at="budget", item={"id": f"h{id(deeds)}x{number}"}, after=after))
        elif line is not None and deed == "set":
            page.desk.do(Set(at=f"budget/{line.id}/subsidy", value=at))
        elif line is not None and deed == "drop":
            page.desk.do(Drop(at=f"budget/{line.id}"))
        elif line is not None and after != line.id:
            page.desk.do(Move(at=f"budget/{line.id}", after=after))
        whole, shown = page.desk.proposal.budget, page.model.lines
        places = {id(one): place for place, one in enumerate(whole)}
        assert [places[id(one)] for one in shown] == sorted(places[id(one)] for one in shown)
        if not page.model.is_filtered:
            assert shown is whole
    page.model.set_filter({})
    assert page.model.lines is page.desk.proposal.budget
    assert tester


class Asked:
    """Counts what Qt asks of every model made from now on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cells: list[tuple] = []
        data = BudgetModel.data

        def counted(model: BudgetModel, index: object, role: int = Role.DisplayRole) -> object:
            self.cells.append((index.row(), index.column(), role))
            return data(model, index, role)

        monkeypatch.setattr(BudgetModel, "data", counted)


def test_a_change_of_one_cell_asks_little(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    window = opened(big_proposal())
    page = budget_page(window)
    page.grid.show_cell(3, 5)
    settle()
    asked.cells.clear()
    page.desk.do(Set(at=f"budget/{page.model.lines[3].id}/subsidy", value=4321))
    page.desk.check_now()
    settle()
    assert 0 < len(asked.cells) <= 6


def test_a_cell_edited_by_hand_asks_at_most_twenty_times(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch)
    window = opened(big_proposal())
    page = budget_page(window)
    page.grid.show_cell(3, 5)
    settle()
    asked.cells.clear()
    qtbot.keyClick(page.grid, Qt.Key.Key_7)
    settle()
    qtbot.keyClick(page.grid.delegate.editor, Qt.Key.Key_5)
    settle()
    qtbot.keyClick(page.grid.delegate.editor, Qt.Key.Key_Return)
    page.desk.check_now()
    settle()
    assert page.model.lines[3].subsidy == 7500
    assert 0 < len(asked.cells) <= 20


def test_only_what_can_be_seen_is_painted(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    window = opened(big_proposal())
    page = budget_page(window)
    settle()
    rows = page.grid.viewport().height() // page.grid.rowHeight(0) + 2
    assert len(asked.cells) <= 3 * rows * len(page.model.columns)
    asked.cells.clear()
    page.grid.verticalScrollBar().setValue(1000)
    settle()
    assert 0 < len(asked.cells) <= rows * len(page.model.columns)


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()
