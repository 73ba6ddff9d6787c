"""Finds what is cut off in a window: text wider or higher than the room that it has."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHeaderView,
    QLabel,
    QListView,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from sif_desktop.ui.budget.filters import FilterBox
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.items import Head
from sif_desktop.ui.step_list import StepList, StepModel

SLACK = 2
"""Pixels by which rounding may differ."""


def cut_off(window: QWidget) -> list[str]:
    """What is cut off in a window, in words."""
    return [
        f"{type(widget).__name__} {_said(widget)!r} in {_place(widget)}: {why}"
        for kind, look in _LOOKS
        for widget in window.findChildren(kind)
        if widget.isVisible() and not widget.visibleRegion().isEmpty()
        for why in look(widget)
    ]


def _label(label: QLabel) -> Iterator[str]:
    if not label.text():
        return
    if label.wordWrap():
        wanted = label.heightForWidth(label.width())
        if wanted > label.height() + SLACK:
            yield f"{label.height()} high instead of {wanted}"
        return
    wanted = label.sizeHint().width()
    if wanted > label.width() + SLACK:
        yield f"{label.width()} wide instead of {wanted}"
    yield from _over_the_edge(label)


def _button(button: QAbstractButton) -> Iterator[str]:
    if isinstance(button, Head) or not button.text():
        return  # a name of any length, which is shown whole when one points at it
    if button.sizeHint().width() > button.width() + SLACK:
        yield f"{button.width()} wide instead of {button.sizeHint().width()}"
    if button.sizeHint().height() > button.height() + SLACK:
        yield f"{button.height()} high instead of {button.sizeHint().height()}"
    yield from _over_the_edge(button)


def _combo(box: QComboBox) -> Iterator[str]:
    said = box.currentText()
    if isinstance(box, FilterBox):
        if box.currentIndex() > 0:
            return  # a name of any length, cut with a sign of it; its list has the whole
        said = box.shown
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, box)
    wanted = box.fontMetrics().horizontalAdvance(said)
    if wanted > room.width() + SLACK:
        yield f"room of {room.width()} for {wanted}"


def _header(header: QHeaderView) -> Iterator[str]:
    if header.orientation() == Qt.Orientation.Vertical:
        return
    metrics = QFontMetrics(_heavy(header.font()))
    for place in filter(header.sectionSize, range(header.count())):
        said = str(header.model().headerData(place, header.orientation()) or "")
        room = QRect(0, 0, header.sectionSize(place) - gap(1), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        taken = metrics.boundingRect(room, flags, said)
        if taken.width() > room.width() + SLACK or taken.height() > header.height() + SLACK:
            yield f"{said!r} needs {taken.width()} by {taken.height()}, has {room.width()}"


def _tabs(bar: QTabBar) -> Iterator[str]:
    metrics = bar.fontMetrics()
    for place in range(bar.count()):
        wanted = metrics.horizontalAdvance(bar.tabText(place))
        if wanted > bar.tabRect(place).width():
            yield f"{bar.tabText(place)!r} has {bar.tabRect(place).width()} for {wanted}"
    yield from _over_the_edge(bar)


def _steps(view: QListView) -> Iterator[str]:
    """Rows of the list of steps, which are as high as their texts; no word is wider than a row."""
    if not isinstance(view, StepList):
        return
    delegate = view.itemDelegate()
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
    for place in range(view.model().rowCount()):
        index = view.model().index(place)
        row = view.visualRect(index)
        room, high = delegate._room(QRect(0, 0, row.width(), 10_000)), 0
        for font, said in (
            (_heavy(view.font()), index.data()),
            (delegate._small(view.font()), index.data(StepModel.WORDS)),
        ):
            taken = QFontMetrics(font).boundingRect(room, flags, said)
            high += taken.height()
            if taken.width() > room.width() + SLACK:
                yield f"{said!r} has {room.width()} for {taken.width()}"
        if high > row.height() + SLACK:
            yield f"{index.data()!r} in a row of {row.height()} for {high}"


def _heavy(font: QFont) -> QFont:
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    return heavy


def _over_the_edge(widget: QWidget) -> Iterator[str]:
    """What lies beyond the edge of something around it that does not scroll sideways."""
    seen = widget.visibleRegion().boundingRect()
    if seen.width() < widget.width() - SLACK and seen.height() > 0:
        yield f"only {seen.width()} of {widget.width()} can be seen"


_LOOKS = (
    (QLabel, _label),
    (QAbstractButton, _button),
    (QComboBox, _combo),
    (QHeaderView, _header),
    (QTabBar, _tabs),
    (QListView, _steps),
)


def _said(widget: QWidget) -> str:
    return str(widget.property("text") or widget.accessibleName())[:60]


def _place(widget: QWidget) -> str:
    names = []
    at = widget.parentWidget()
    while at is not None and len(names) < 4:
        if type(at).__module__.startswith("sif_desktop"):
            names.append(type(at).__name__)
        at = at.parentWidget()
    return " < ".join(names)
