"""A dock with a slim title: movable, hideable, and without stock buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QToolButton, QWidget

from app.design.icons import icon
from app.design.tokens import SPACE_L, SPACE_S, SPACE_XS, Ground


class Dock(QDockWidget):
    """Holds one part of the window."""

    def __init__(self, title: str, name: str, content: QWidget, parent: QWidget) -> None:
        """Wrap ``content``.

        Args:
            title: Shown above it and in the View menu.
            name: Under which its place is remembered.
            content: What it holds.
            parent: The window.
        """
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable
            | QDockWidget.DockWidgetFeature.DockWidgetClosable
            | QDockWidget.DockWidgetFeature.DockWidgetFloatable
        )
        content.setProperty("role", "dock")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidget(content)
        self._close = QToolButton()
        self._close.setProperty("role", "icon")
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.setAccessibleName(self.tr("Hide {0}").format(title))
        self._close.setToolTip(self.tr("Hide; the View menu brings it back"))
        self._close.clicked.connect(self.close)
        label = QLabel(title)
        label.setProperty("role", "section")
        bar = QWidget()
        bar.setProperty("role", "dock-title")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(SPACE_L, SPACE_S, SPACE_S, SPACE_XS)
        row.addWidget(label, 1)
        row.addWidget(self._close)
        self.setTitleBarWidget(bar)

    def tint(self, ground: Ground) -> None:
        """Draw its icon for a ground."""
        self._close.setIcon(icon("close", ground, ground.quiet))
