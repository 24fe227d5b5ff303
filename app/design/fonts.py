"""The bundled face, and which face controls and records are set in.

Atkinson Hyperlegible Next (Braille Institute, SIL Open Font License 1.1) was drawn so that 1, l
and I, 0 and O, rn and m cannot be taken for one another: what a dose in a record needs.
"""

from __future__ import annotations

from importlib import resources

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from app.design.tokens import TYPE_BODY

BUNDLED_FAMILY = "Atkinson Hyperlegible Next"
"""The face of records."""

FACES: dict[str, QFont.StyleHint | None] = {
    "system": None,
    "serif": QFont.StyleHint.Serif,
    "monospace": QFont.StyleHint.Monospace,
}
"""Other faces for records by what they are; None for the face of the controls."""

_POOR_DEFAULTS = ("", "dejavu sans", "bitstream vera sans", "sans serif", "sans", "helvetica")


def load_bundled() -> None:
    """Make the bundled face known to Qt; without it the system's own stands in."""
    if BUNDLED_FAMILY in QFontDatabase.families():
        return
    for entry in (resources.files("resources") / "fonts").iterdir():
        if entry.name.endswith(".ttf"):
            QFontDatabase.addApplicationFontFromData(entry.read_bytes())


def control_font() -> QFont:
    """Return the face of controls: the system's, or the bundled one where it has none chosen."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    family = system.family()
    if family.casefold() in _POOR_DEFAULTS or QGuiApplication.platformName() == "offscreen":
        family = BUNDLED_FAMILY
    font = QFont(family)
    font.setPixelSize(TYPE_BODY)
    return font


def record_font(pixels: int, face: str = "") -> QFont:
    """Return the face of records.

    Args:
        pixels: Its size.
        face: One of ``FACES`` or a family; empty, or a family that is not installed, for the
            bundled face.
    """
    if face in FACES:
        hint = FACES[face]
        font = QFont(_family_of(hint)) if hint is not None else control_font()
        if hint is not None:
            font.setStyleHint(hint)
    else:
        font = QFont(face if face in QFontDatabase.families() else BUNDLED_FAMILY)
    font.setPixelSize(pixels)
    return font


def _family_of(hint: QFont.StyleHint) -> str:
    """Return the family that the system gives for a style."""
    font = QFont()
    font.setStyleHint(hint)
    return font.defaultFamily()
