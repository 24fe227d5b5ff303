"""The theme: which ground the window stands on, its palette and its style sheet."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.design.fonts import control_font, load_bundled
from app.design.style_sheet import style_sheet
from app.design.tokens import DARK, GROUNDS, LIGHT, Ground, Scheme


class Theme(QObject):
    """Keeps the application in one of the grounds, following the desktop if so chosen."""

    changed = Signal(object)
    """The application stands on another ground (Ground)."""

    def __init__(self, application: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
        """Dress the application."""
        super().__init__(application)
        self._application = application
        self._scheme = scheme
        self.ground = _ground_of(scheme)
        load_bundled()
        application.setStyle("Fusion")
        application.setFont(control_font())
        self._apply()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_desktop_changed)

    @property
    def scheme(self) -> Scheme:
        """What was chosen, which may be to follow the desktop."""
        return self._scheme

    def set_scheme(self, scheme: Scheme) -> None:
        """Choose a ground, or to follow the desktop."""
        self._scheme = scheme
        self._stand_on(_ground_of(scheme))

    def _on_desktop_changed(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._stand_on(_ground_of(self._scheme))

    def _stand_on(self, ground: Ground) -> None:
        if ground is self.ground:
            return
        self.ground = ground
        self._apply()
        self.changed.emit(ground)

    def _apply(self) -> None:
        self._application.setPalette(palette(self.ground))
        self._application.setStyleSheet(style_sheet(self.ground))


def palette(ground: Ground) -> QPalette:
    """Return Qt's palette of a ground, for all that the style sheet does not reach."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: ground.chrome,
        QPalette.ColorRole.WindowText: ground.text,
        QPalette.ColorRole.Base: ground.canvas,
        QPalette.ColorRole.AlternateBase: ground.chrome,
        QPalette.ColorRole.ToolTipBase: ground.raised,
        QPalette.ColorRole.ToolTipText: ground.text,
        QPalette.ColorRole.PlaceholderText: ground.quiet,
        QPalette.ColorRole.Text: ground.text,
        QPalette.ColorRole.Button: ground.raised,
        QPalette.ColorRole.ButtonText: ground.text,
        QPalette.ColorRole.BrightText: ground.danger,
        QPalette.ColorRole.Highlight: ground.selection,
        QPalette.ColorRole.HighlightedText: ground.text,
        QPalette.ColorRole.Link: ground.accent,
        QPalette.ColorRole.LinkVisited: ground.accent,
        QPalette.ColorRole.Accent: ground.accent,
        QPalette.ColorRole.Light: ground.raised,
        QPalette.ColorRole.Midlight: ground.hover,
        QPalette.ColorRole.Mid: ground.line,
        QPalette.ColorRole.Dark: ground.outline,
        QPalette.ColorRole.Shadow: ground.line,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(ground.outline))
    return made


def _ground_of(scheme: Scheme) -> Ground:
    if scheme is not Scheme.SYSTEM:
        return GROUNDS[scheme]
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return DARK if dark else LIGHT
