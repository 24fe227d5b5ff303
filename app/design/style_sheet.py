"""The one style sheet, filled in from the tokens, for every kind of widget that is used.

Widgets say what they are by the property ``role``: ``primary`` and ``quiet`` buttons, ``title``,
``lead`` and ``note`` texts, ``card`` and ``bar`` frames, ``key`` for a key on a cap.
"""

from __future__ import annotations

from importlib import resources
from string import Template

from app.design.tokens import (
    CONTROL_HEIGHT,
    RADIUS,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    TYPE_BODY,
    TYPE_LEAD,
    TYPE_SMALL,
    TYPE_TITLE,
    Ground,
    colours,
    mix,
)

_SHEET = Template("""
* { font-size: ${body}px; }
QMainWindow, QDialog, QWizard, QMessageBox { background: $chrome; color: $text; }
QWidget[role="canvas"], QStackedWidget[role="canvas"], QScrollArea[role="canvas"] {
    background: $canvas; }
QLabel { color: $text; background: transparent; }
QLabel:disabled { color: $outline; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[role="lead"] { font-size: ${lead}px; font-weight: 600; }
QLabel[role="note"], QLabel[role="quiet"] { color: $quiet; }
QLabel[role="small"] { color: $quiet; font-size: ${small}px; }
QLabel[role="section"] { color: $quiet; font-size: ${small}px; font-weight: 600; }
QLabel[role="good"] { color: $good; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="key"] { color: $quiet; font-size: ${small}px; background: $raised;
    border: 1px solid $line; border-radius: ${xs}px; padding: 0 ${xs}px; min-width: ${s}px; }
QFrame[role="card"] { background: $raised; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[role="overlay"] { background: $raised; border: 1px solid $outline;
    border-radius: ${radius}px; }
QFrame[role="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="bar"] { background: $canvas; border: none; border-bottom: 1px solid $line; }
QFrame[role="banner"] { border: none; border-bottom: 1px solid $line; background: $hover; }
QFrame[role="banner"][tone="warning"] { background: $warning_ground; }
QFrame[role="banner"][tone="danger"] { background: $danger_ground; }
QFrame[role="banner"][tone="good"] { background: $good_ground; }

QPushButton { background: $raised; color: $text; border: 1px solid $control; padding: 0 ${m}px;
    border-radius: ${radius}px; min-height: ${control_height}px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $selected; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $outline; background: $chrome; border-color: $line; }
QPushButton[role="primary"], QPushButton:default { background: $accent; color: $on_accent;
    border: 1px solid $accent; font-weight: 600; }
QPushButton[role="primary"]:hover, QPushButton:default:hover { background: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $hover; color: $outline; border-color: $line; }
QPushButton[role="quiet"], QPushButton[role="row"] { background: transparent; border: none;
    padding: 0 ${s}px; text-align: left; }
QPushButton[role="quiet"]:hover, QPushButton[role="row"]:hover { background: $hover; }
QPushButton[role="quiet"]:focus, QPushButton[role="row"]:focus { border: 1px solid $accent; }
QPushButton[role="danger"] { color: $danger; }

QToolBar { background: $chrome; border: none; border-bottom: 1px solid $line; spacing: ${xs}px;
    padding: ${xs}px ${s}px; }
QToolBar::separator { background: $line; width: 1px; margin: ${s}px ${xs}px; }
QToolButton { background: transparent; color: $text; border: 1px solid transparent;
    border-radius: ${radius}px; padding: ${xs}px ${s}px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selected; }
QToolButton:focus { border: 1px solid $accent; }
QToolButton:disabled { color: $outline; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="icon"] { padding: ${xs}px; }
QToolButton[role="primary"] { background: $accent; color: $on_accent; font-weight: 600;
    padding: ${xs}px ${m}px; }
QToolButton[role="primary"]:hover { background: $accent_hover; }
QToolButton[role="primary"]:disabled { background: $hover; color: $outline; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateTimeEdit,
QKeySequenceEdit QLineEdit {
    background: $canvas; color: $text; border: 1px solid $control; border-radius: ${radius}px;
    selection-background-color: $selection; selection-color: $text; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateTimeEdit { padding: 0 ${s}px;
    min-height: ${control_height}px; }
QPlainTextEdit, QTextEdit { padding: ${xs}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QComboBox:focus { border: 1px solid $accent; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled,
QPlainTextEdit:disabled, QTextEdit:disabled {
    color: $outline; background: $chrome; border-color: $line; }
QLineEdit[invalid="true"] { border: 1px solid $danger; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$down"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $raised; color: $text; border: 1px solid $line;
    selection-background-color: $selected; selection-color: $text; outline: none;
    padding: ${xs}px; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button,
QDoubleSpinBox::down-button { border: none; background: transparent; width: 20px; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$up"); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }

QCheckBox, QRadioButton { color: $text; spacing: ${s}px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $outline; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: 16px; height: 16px; border: 1px solid $outline; background: $canvas; }
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: ${xs}px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $accent;
    border-color: $accent; image: url("$check"); }
QCheckBox::indicator:indeterminate { background: $selected; border-color: $accent; }
QRadioButton::indicator:checked { background: $canvas; border: 5px solid $accent;
    width: 8px; height: 8px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $chrome;
    border-color: $line; }

QAbstractItemView { background: $canvas; color: $text; border: 1px solid $line;
    border-radius: ${radius}px; outline: none; alternate-background-color: $chrome;
    selection-background-color: $selected; selection-color: $text; gridline-color: $line; }
QAbstractItemView[role="flat"] { border: none; border-radius: 0; background: transparent; }
QAbstractItemView::item { padding: ${xs}px ${s}px; border: none; }
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $selected; color: $text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $chrome; color: $quiet; border: none;
    border-bottom: 1px solid $line; padding: ${xs}px ${s}px; font-size: ${small}px;
    font-weight: 600; }
QTableCornerButton::section { background: $chrome; border: none; }

QMenuBar { background: $chrome; color: $text; border: none; padding: 2px ${s}px; }
QMenuBar::item { background: transparent; padding: ${xs}px ${s}px; border-radius: ${xs}px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; }
QMenu { background: $raised; color: $text; border: 1px solid $line; padding: ${xs}px; }
QMenu::item { padding: ${xs}px ${l}px ${xs}px ${s}px; border-radius: ${xs}px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $outline; }
QMenu::separator { height: 1px; background: $line; margin: ${xs}px ${s}px; }
QMenu::icon { padding-left: ${s}px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: ${s}px; }
QMenu::indicator:checked { image: url("$tick"); }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: ${xs}px ${s}px; }

QDockWidget { color: $text; border: none; }
QWidget[role="dock"] { background: $chrome; }
QWidget[role="dock-title"] { background: $chrome; }
QMainWindow::separator { background: $line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QStatusBar { background: $chrome; color: $quiet; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $quiet; font-size: ${small}px; padding: 0 ${xs}px; }

QTabWidget::pane { border: none; border-top: 1px solid $line; top: -1px; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $quiet; padding: ${s}px ${m}px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QGroupBox { border: none; margin-top: ${l}px; padding-top: ${s}px; font-weight: 600;
    color: $text; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
QScrollArea { border: none; background: transparent; }
QTextBrowser { border: none; background: transparent; color: $text; }
QTextBrowser:focus { border: none; }
QProgressBar { background: $hover; border: none; border-radius: 3px; min-height: 6px;
    max-height: 6px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider::groove:horizontal { background: $control; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: $raised; border: 1px solid $outline; width: 14px;
    height: 14px; margin: -6px 0; border-radius: 8px; }
QScrollBar:vertical { background: transparent; width: ${m}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${m}px; margin: 0; }
QScrollBar::handle { background: $control; border-radius: ${xs}px; margin: 2px; }
QScrollBar::handle:hover { background: $outline; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def style_sheet(ground: Ground) -> str:
    """Return the style sheet of a ground."""
    return _SHEET.substitute(
        colours(ground),
        # Fields and buttons are outlined more quietly than a lone outline would be.
        control=ground.outline
        if ground.name == "contrast"
        else mix(ground.line, ground.outline, 0.35),
        xs=SPACE_XS,
        s=SPACE_S,
        m=SPACE_M,
        l=SPACE_L,
        radius=RADIUS,
        small=TYPE_SMALL,
        body=TYPE_BODY,
        lead=TYPE_LEAD,
        title=TYPE_TITLE,
        control_height=CONTROL_HEIGHT - 2,
        **_drawings(ground),
    )


def _drawings(ground: Ground) -> dict[str, str]:
    """Return paths of the few drawings that a style sheet needs as files, one set a shade."""
    folder = resources.files("resources") / "icons" / ("on_dark" if ground.dark else "on_light")
    return {name: str(folder / f"{name}.svg").replace("\\", "/") for name in _FILES}


_FILES = ("down", "up", "check", "tick")
