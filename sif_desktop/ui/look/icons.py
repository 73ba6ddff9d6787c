"""Icons: line drawings of 24 by 24 in `resources/icons`, tinted when they are loaded."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sif_desktop import paths

_SIZES = (16, 20, 24, 32, 48)
FALLBACK = "step"


def draw(name: str, colour: str, disabled: str) -> QIcon:
    """The icon `name` in a colour (#rrggbb), at the sizes of the window and twice as fine."""
    icon = QIcon()
    for mode, tint in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        for size in _SIZES:
            for ratio in (1, 2):
                icon.addPixmap(_picture(name, tint, size, ratio), mode)
    return icon


def exists(name: str) -> bool:
    """Whether there is an icon of that name."""
    return bool(_source(name))


@cache
def _source(name: str) -> str:
    file = paths.resources() / "icons" / f"{name}.svg"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _picture(name: str, colour: str, size: int, ratio: int) -> QPixmap:
    source = (_source(name) or _source(FALLBACK)).replace("currentColor", colour)
    image = QImage(QSize(size, size) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)
