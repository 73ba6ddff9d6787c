"""Icons: line drawings of 24 by 24 in `resources/icons`, tinted when they are loaded."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sif_desktop import paths

_SIZES = (16, 20, 24, 32, 48)
FALLBACK = "step"


def draw(name: str, colour: str, disabled: str) -> QIcon:
    """The icon `name` in a colour (#rrggbb), at the sizes of the window.

    They are drawn twice as fine too where a screen shows that.
    """
    icon = QIcon()
    ratios = (1, 2) if fine_screen() else (1,)
    for mode, tint in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        for size in _SIZES:
            for ratio in ratios:
                icon.addPixmap(picture(name, tint, size, ratio), mode)
    return icon


def fine_screen() -> bool:
    """Whether a screen shows more dots than pixels of the window."""
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.devicePixelRatio() > 1


def exists(name: str) -> bool:
    """Whether there is an icon of that name."""
    return bool(_source(name))


@cache
def _source(name: str) -> str:
    file = paths.resources() / "icons" / f"{name}.svg"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def picture(name: str, colour: str, size: int, ratio: int) -> QPixmap:
    """The icon `name` in a colour at one size, in so many dots a pixel each way."""
    source = (_source(name) or _source(FALLBACK)).replace("currentColor", colour)
    dots, form = size * ratio, QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(bytes(4 * dots * dots), dots, dots, form).copy()  # transparent
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    renderer.render(painter, QRectF(0, 0, dots, dots))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)
