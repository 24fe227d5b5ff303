"""The icon set: SVG drawings of resources/icons, tinted by the theme."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.design.tokens import Ground, mix

ICON_SIZE = 20
"""Side of an icon in device-independent pixels."""

_SCALES = (1.0, 2.0)
_DISABLED_SHARE = 0.55


def icon(name: str, ground: Ground, colour: str | None = None) -> QIcon:
    """Return an icon in the ground's text colour, or in ``colour``; paler where disabled.

    Args:
        name: File name in resources/icons without its ending.
        ground: The scheme that it stands on.
        colour: ``#RRGGBB``.
    """
    ink = colour or ground.text
    drawn = QIcon()
    for scale in _SCALES:
        drawn.addPixmap(pixmap(name, ink, ICON_SIZE, scale), QIcon.Mode.Normal)
        pale = mix(ground.text, ground.chrome, _DISABLED_SHARE)
        drawn.addPixmap(pixmap(name, pale, ICON_SIZE, scale), QIcon.Mode.Disabled)
    return drawn


def pixmap(name: str, colour: str, size: int, scale: float = 1.0) -> QPixmap:
    """Return a drawing in one colour, ``size`` device-independent pixels wide and high."""
    svg = _drawing(name).replace("#000", colour).encode()
    image = QPixmap(round(size * scale), round(size * scale))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(image.rect()))
    painter.end()
    image.setDevicePixelRatio(scale)
    return image


def application_icon() -> QIcon:
    """Return Chartmark's own sign, which keeps its colours."""
    drawn = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        drawn.addPixmap(pixmap("chartmark", "#000", size))
    return drawn


@lru_cache
def _drawing(name: str) -> str:
    file = resources.files("resources") / "icons" / f"{name}.svg"
    return file.read_text(encoding="utf-8")
