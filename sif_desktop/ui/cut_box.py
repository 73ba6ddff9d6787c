"""A closed box to choose from whose text is too long for it: cut, with a sign that it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter


def paint_cut(box: QComboBox, said: str) -> None:
    """Paints a box as Qt does, with as much of a text as there is room for."""
    painter = QStylePainter(box)
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
    room = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    option.currentText = box.fontMetrics().elidedText(
        said, Qt.TextElideMode.ElideRight, room.width()
    )
    painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
    painter.end()
