"""The style sheet, made from the tokens and colours. Roles are properties set by `look.role`."""

from __future__ import annotations

from string import Template

from sif_desktop.ui.look.colours import Colours
from sif_desktop.ui.look.tokens import RADIUS, TYPE

_SHEET = Template("""
QMainWindow, QDialog, QWidget[role="page"] { background: $page; }
QWidget { color: $text; }
QScrollArea, QScrollArea > QWidget > QWidget[role="column"] {
  background: transparent;
  border: none;
}
QLabel { background: transparent; }
QLabel[role="display"] { font-size: ${display}pt; font-weight: 600; }
QLabel[role="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[role="lead"] { font-size: ${lead}pt; font-weight: 600; }
QLabel[role="label"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: ${small}pt; }
QLabel[role="figures"] { font-size: ${title}pt; font-weight: 500; }
QLabel[role="error"] { color: $error; font-size: ${small}pt; }
QLabel[role="warning"] { color: $warning; font-size: ${small}pt; }
QLabel[role="advice"] { color: $advice; font-size: ${small}pt; }
QLabel[role="good"] { color: $good; font-size: ${small}pt; }

QFrame[role="card"] { background: $card; border: 1px solid $line; border-radius: 10px; }
QFrame[role="panel"] { background: $accent_soft; border: none; border-radius: 10px; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="side"] { background: $side; border: none; border-right: 1px solid $line; }
QFrame[role="bar"] { background: $card; border: none; border-top: 1px solid $line; }
QFrame[role="banner-advice"] {
  background: $advice_soft;
  border: none;
  border-bottom: 1px solid $advice;
}
QFrame[role="banner-warning"] {
  background: $warning_soft;
  border: none;
  border-bottom: 1px solid $warning;
}
QFrame[role="banner-error"] {
  background: $error_soft;
  border: none;
  border-bottom: 1px solid $error;
}

QFrame[role="summary-good"] { background: $good_soft; border: none; border-radius: 10px; }
QFrame[role="summary-error"] { background: $error_soft; border: none; border-radius: 10px; }
QFrame[role="summary-warning"] { background: $warning_soft; border: none; border-radius: 10px; }
QFrame[role="summary-advice"] { background: $advice_soft; border: none; border-radius: 10px; }
QFrame[role="drop"] { background: $card; border: 1px dashed $edge; border-radius: 10px; }
QFrame[role="drop-over"] {
  background: $accent_soft;
  border: 2px dashed $accent;
  border-radius: 10px;
}
QPushButton[role="chip"] {
  background: transparent;
  border: 1px solid $line;
  border-radius: 12px;
  padding: 4px 12px;
  color: $muted;
  font-weight: 400;
}
QPushButton[role="chip"]:checked { background: $card; border-color: $edge; color: $text; }
QPushButton[role="chip"]:focus { border: 2px solid $accent; padding: 3px 11px; }
QPushButton[role="chip"]:hover { border-color: $accent; }
QPushButton[role="chip"]:disabled { border-color: $line; background: transparent; color: $muted; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QAbstractSpinBox {
  background: $field; color: $text; border: 1px solid $edge; border-radius: ${radius}px;
  placeholder-text-color: $muted;
  padding: 6px 9px; selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit, QTextEdit { padding: 3px 5px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {

  border: 2px solid $accent; padding: 5px 8px;
}
QPlainTextEdit:focus, QTextEdit:focus { padding: 2px 4px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {
  border-color: $error;
}
QLineEdit:read-only, QPlainTextEdit[readOnly="true"] { background: $page; color: $text; }
QComboBox[locked="true"] { background: $page; }
QCheckBox[locked="true"]:hover, QRadioButton[locked="true"]:hover { background: transparent; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {
  color: $muted;
  background: $page;
}
QAbstractSpinBox QLineEdit { border: none; padding: 0; background: transparent; }
QComboBox { padding-right: 26px; }
QComboBox::drop-down {
  subcontrol-origin: padding;
  subcontrol-position: center right;
  width: 24px;
  border: none;
}
QComboBox::down-arrow { image: url($icons/combo-arrow.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView {
  background: $card;
  border: 1px solid $edge;
  outline: none;
  padding: 4px;
  selection-background-color: $accent_soft; selection-color: $text; }
QComboBox QAbstractItemView::item { padding: 5px 6px; }

QPushButton, QToolButton[role="button"] {
  background: $card; color: $text; border: 1px solid $edge; border-radius: ${radius}px;
  padding: 7px 14px; font-weight: 500;
}
QPushButton:hover, QToolButton[role="button"]:hover {
  background: $accent_soft;
  border-color: $accent;
}
QPushButton:pressed { background: $side; }
QPushButton:focus, QToolButton[role="button"]:focus {
  border: 2px solid $accent;
  padding: 6px 13px;
}
QPushButton:disabled, QToolButton[role="button"]:disabled {
  color: $muted;
  border-color: $line;
  background: transparent;
}
QPushButton[role="primary"] {
  background: $accent;
  color: $on_accent;
  border: 1px solid $accent;
  font-weight: 600;
}
QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; padding: 6px 13px; }
QPushButton[role="primary"]:disabled { background: $line; border-color: $line; color: $muted; }
QPushButton[role="quiet"], QToolButton { background: transparent; border: 1px solid transparent;
  border-radius: ${radius}px; padding: 5px 8px; color: $accent; }
QPushButton[role="quiet"]:hover, QToolButton:hover {
  background: $accent_soft;
  border-color: transparent;
}
QPushButton[role="quiet"]:focus, QToolButton:focus {
  border: 2px solid $accent;
  padding: 4px 7px;
}
QPushButton[role="quiet"]:disabled { color: $muted; }
QPushButton[role="side-page"] { background: transparent; border: 1px solid transparent;
  border-radius: ${radius}px; padding: 6px 10px; color: $text; font-weight: 400; }
QPushButton[role="side-page"]:hover { background: $accent_soft; }
QPushButton[role="side-page"]:checked { background: $accent_soft; border-color: $accent; }
QPushButton[role="side-page"]:focus { border: 2px solid $accent; padding: 5px 9px; }
QPushButton[role="link"] {
  background: transparent;
  border: 1px solid transparent;
  color: $accent;
  text-align: left;
  padding: 3px 6px; font-weight: 400; text-decoration: underline; }
QPushButton[role="link"]:hover { background: $accent_soft; }
QPushButton[role="link"]:focus { border: 2px solid $accent; padding: 2px 5px; }
QPushButton[role="tile"] {
  text-align: left;
  background: $card;
  border: 1px solid $line;
  border-radius: 10px;
  padding: 12px 16px;
}
QPushButton[role="tile"]:hover { border-color: $accent; background: $accent_soft; }
QPushButton[role="tile"]:focus, QPushButton[role="tile"]:checked {
  border: 2px solid $accent;
  padding: 11px 15px;
}

QCheckBox, QRadioButton {
  background: transparent;
  spacing: 8px;
  padding: 3px 6px 3px 3px;
  border: 2px solid transparent;
  border-radius: ${radius}px;
}
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox:hover, QRadioButton:hover { background: $accent_soft; }
QCheckBox:disabled, QRadioButton:disabled { color: $muted; }
QCheckBox::indicator, QRadioButton::indicator {
  width: 16px;
  height: 16px;
  border: 1px solid $edge;
  background: $field;
}
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked {
  background: $accent;
  border-color: $accent;
  image: url($icons/tick-$scheme.svg);
}
QRadioButton::indicator:checked {
  background: $accent;
  border-color: $accent;
  image: url($icons/dot-$scheme.svg);
}

QListView[role="steps"], QListView[role="items"] {
  background: transparent;
  border: 2px solid transparent;
  outline: none;
}
QListView[role="steps"]:focus, QListView[role="items"]:focus { border: 2px solid transparent; }
QListView[role="findings"] { outline: none; border-radius: 10px; padding: 6px 2px; }
QTableView, QListView, QTreeView {
  background: $card;
  border: 1px solid $line;
  border-radius: ${radius}px;
  gridline-color: $line;
  selection-background-color: $accent_soft;
  selection-color: $text;
  alternate-background-color: $page;
  }
QTableView[role="members"]::item { padding: 0 6px; }
QTableView:focus, QTreeView:focus { border: 2px solid $accent; }
QHeaderView { background: $side; border: none; }
QHeaderView::section {
  background: $side;
  color: $text;
  border: none;
  border-right: 1px solid $line;
  border-bottom: 1px solid $line; padding: 6px 8px; font-weight: 600; }
QTableCornerButton::section { background: $side; border: none; }
QComboBox[role="filter"], QComboBox[role="filter"]:focus { padding-right: 2px; }
QToolButton[role="toggle"] { padding: 7px 9px; border: 1px solid $line; }
QToolButton[role="toggle"]:checked { background: $card; border-color: $edge; }
QToolButton[role="toggle"]:focus { padding: 6px 8px; border: 2px solid $accent; }
QTableView[role="grid"]:focus { border: 1px solid $line; }
QTableView[role="grid"] QHeaderView::section:vertical { font-weight: 400; color: $muted; }
QLineEdit[role="cell"], QLineEdit[role="cell"]:focus,
QComboBox[role="cell"], QComboBox[role="cell"]:focus {
  border: 2px solid $accent;
  border-radius: 0;
  padding: 0 4px;
  background: $field;
}
QComboBox[role="cell"] { padding-right: 22px; }
QComboBox[role="cell"] QLineEdit { border: none; padding: 0; background: transparent; }

QMenuBar { background: $card; border-bottom: 1px solid $line; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 5px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: $accent_soft; }
QMenu { background: $card; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 26px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QStatusBar { background: $card; border-top: 1px solid $line; color: $muted; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; padding: 2px 12px; }
QToolTip { background: $text; color: $card; border: none; padding: 5px 8px; }

QProgressBar {
  background: $line;
  border: none;
  border-radius: 4px;
  min-height: 8px;
  max-height: 8px;
}
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QTabBar::tab {
  background: transparent;
  color: $muted;
  padding: 8px 14px;
  border: none;
  border-bottom: 3px solid transparent;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { background: $accent_soft; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QCalendarWidget QWidget { alternate-background-color: $side; }
QCalendarWidget QToolButton { color: $text; }
""")


def sheet(colours: Colours, points: float, icons: str) -> str:
    """The style sheet for a font of `points`; `icons` is the folder of the icons."""
    from sif_desktop.ui.look.colours import hexadecimal, mix

    sizes = {name: f"{points * share:.2f}" for name, share in TYPE.items()}
    hover = hexadecimal(mix(colours.accent, colours.text, 0.18))
    scheme = "dark" if colours.dark else "light"
    return _SHEET.substitute(
        colours.named(), **sizes, radius=RADIUS, accent_hover=hover, icons=icons, scheme=scheme
    )
