"""The look in use: colours, icons and style sheet, changed with the system's or at a wish."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from sif_desktop import paths
from sif_desktop.ui.look.colours import RGB, Colours, colours_from, contrast
from sif_desktop.ui.look.icons import draw, fine_screen, picture
from sif_desktop.ui.look.sheet import sheet

LIGHT: tuple[RGB, RGB] = ((255, 255, 255), (27, 35, 41))
DARK: tuple[RGB, RGB] = ((30, 36, 41), (231, 235, 238))
"""Paper and ink for whoever asks for light or dark, and for a system that says nothing."""


class Look(QObject):
    """The colours of the window and what is made from them. `changed` follows a new scheme.

    `scheme` is "auto" (as the system has it), "light" or "dark".
    """

    changed = Signal()

    def __init__(self, app: QApplication, scheme: str = "auto") -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self._icons: dict[tuple[str, str], QIcon] = {}
        self.colours: Colours = colours_from(*LIGHT)
        if app.style().name() != "fusion":
            app.setStyle("Fusion")
        _bring_fonts()
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.use(scheme)

    @property
    def scheme(self) -> str:
        """The scheme that was asked for."""
        return self._scheme

    def use(self, scheme: str) -> None:
        """Takes another scheme."""
        self._scheme = scheme
        self.colours = colours_from(*self._paper_and_ink())
        self._icons.clear()
        self._app.setPalette(_palette(self.colours))
        points = self._app.font().pointSizeF()
        folder = (paths.resources() / "icons").as_posix()
        self._app.setStyleSheet(sheet(self.colours, points if points > 0 else 10, folder))
        self.changed.emit()

    def icon(self, name: str, colour: str = "text") -> QIcon:
        """The icon `resources/icons/<name>.svg` in one of the colours."""
        known = self._icons.get((name, colour))
        if known is None:
            known = draw(name, self.colours.named()[colour], self.colours.named()["muted"])
            self._icons[name, colour] = known
        return known

    def pixmap(self, name: str, colour: str, size: int) -> QPixmap:
        """One icon at one size, where it is neither a button's nor shown in another size."""
        return picture(name, self.colours.named()[colour], size, 2 if fine_screen() else 1)

    def colour(self, name: str) -> QColor:
        """A colour by its name, to paint with."""
        return QColor(*getattr(self.colours, name))

    def _paper_and_ink(self) -> tuple[RGB, RGB]:
        if self._scheme != "auto":
            return DARK if self._scheme == "dark" else LIGHT
        self._app.setPalette(QPalette())
        palette = self._app.style().standardPalette()
        paper, ink = (
            _rgb(palette.color(role)) for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Text)
        )
        if contrast(paper, ink) < 7:
            from PySide6.QtCore import Qt

            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        plain = palette.color(QPalette.ColorRole.Window) != palette.color(QPalette.ColorRole.Base)
        if plain:  # no theme of high contrast: softer than black on white
            return DARK if sum(paper) < sum(ink) else LIGHT
        return paper, ink

    def _system_changed(self) -> None:
        if self._scheme == "auto":
            self.use("auto")


def role(widget: QWidget, name: str) -> None:
    """Gives a widget its part in the style sheet, such as `title`, `card` or `primary`."""
    before = widget.property("role")
    if before == name:
        return
    widget.setProperty("role", name)
    if before is None and not widget.isVisible():
        return  # a new widget gets its style when it is shown
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def _rgb(colour: QColor) -> RGB:
    return colour.red(), colour.green(), colour.blue()


def _palette(colours: Colours) -> QPalette:
    """The palette for what the style sheet does not reach, such as Qt's own dialogs."""
    roles = QPalette.ColorRole
    palette = QPalette()
    for which, name in (
        (roles.Window, "page"),
        (roles.WindowText, "text"),
        (roles.Base, "field"),
        (roles.AlternateBase, "side"),
        (roles.Text, "text"),
        (roles.Button, "card"),
        (roles.ButtonText, "text"),
        (roles.ToolTipBase, "text"),
        (roles.ToolTipText, "card"),
        (roles.Highlight, "accent"),
        (roles.HighlightedText, "on_accent"),
        (roles.Accent, "accent"),
        (roles.Link, "accent"),
        (roles.PlaceholderText, "muted"),
        (roles.Mid, "edge"),
    ):
        palette.setColor(which, QColor(*getattr(colours, name)))
    for which in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(*colours.muted))
    return palette


def _bring_fonts() -> None:
    """Loads the program's own font where the system has none, as in a bare container."""
    if QFontDatabase.families():
        return
    for file in sorted((paths.resources() / "fonts").glob("NotoSans-*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    QApplication.setFont(QFont("Noto Sans", 10))
