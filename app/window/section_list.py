"""The list of a record's sections over the text: a few letters and Enter go to one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout

from app.design.tokens import SPACE_L, SPACE_S, SPACE_XL
from app.editor.folding import contents
from app.editor.record_view import RecordView
from app.texts import QT_TRANSLATE_NOOP, translated
from app.window.findable import Found
from app.window.found_delegate import FOUND_ROLE, ROW_HEIGHT, FoundDelegate
from app.window.matching import score
from core.text.section_titles import SectionKind

_WIDTH = 460
_MOST_ROWS = 12
_CONTEXT = "Sections"
KIND_TEXTS = {
    SectionKind.UNKNOWN: "",
    SectionKind.COMPLAINT: QT_TRANSLATE_NOOP("Sections", "chief complaint"),
    SectionKind.PRESENT: QT_TRANSLATE_NOOP("Sections", "history of present illness"),
    SectionKind.PAST: QT_TRANSLATE_NOOP("Sections", "past medical history"),
    SectionKind.FAMILY: QT_TRANSLATE_NOOP("Sections", "family history"),
    SectionKind.SOCIAL: QT_TRANSLATE_NOOP("Sections", "social history"),
    SectionKind.SYSTEMS: QT_TRANSLATE_NOOP("Sections", "review of systems"),
    SectionKind.MEDICATIONS: QT_TRANSLATE_NOOP("Sections", "medications"),
    SectionKind.ALLERGIES: QT_TRANSLATE_NOOP("Sections", "allergies"),
    SectionKind.EXAMINATION: QT_TRANSLATE_NOOP("Sections", "examination"),
    SectionKind.RESULTS: QT_TRANSLATE_NOOP("Sections", "results"),
    SectionKind.ASSESSMENT: QT_TRANSLATE_NOOP("Sections", "assessment"),
    SectionKind.COURSE: QT_TRANSLATE_NOOP("Sections", "course"),
    SectionKind.PROCEDURES: QT_TRANSLATE_NOOP("Sections", "procedures"),
    SectionKind.PLAN: QT_TRANSLATE_NOOP("Sections", "plan"),
}
"""What the kinds of sections are called; to be translated in the context ``Sections``."""


class SectionList(QFrame):
    """Lies over the record; shows titles in reading order with what is labelled in them."""

    def __init__(self, view: RecordView) -> None:
        """Build it, closed."""
        # Beside the view, not in it: to screen readers a text has no parts.
        self._under = view.parentWidget() or view
        super().__init__(self._under)
        self._view = view
        self._all: list[tuple[str, Found]] = []
        self.setProperty("role", "overlay")
        self.setAccessibleName(self.tr("Go to a section"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Go to a section"))
        self.field.setAccessibleName(self.tr("Go to a section"))
        self.field.textChanged.connect(self._filter)
        self.rows = QStandardItemModel(self)
        self.list = QListView()
        self.list.setProperty("role", "flat")
        self.list.setAccessibleName(self.tr("Sections"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(self.rows)
        self._delegate = FoundDelegate(view.ground, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.clicked.connect(lambda index: self._go(index.row()))
        self.none = QLabel(self.tr("No section is called that."))
        self.none.setProperty("role", "small")
        self.none.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        column.setSpacing(SPACE_S)
        for part in (self.field, self.list, self.none):
            column.addWidget(part)
        self.hide()
        self.field.installEventFilter(self)

    def open_list(self) -> bool:
        """Show the sections of the record; return whether it has any."""
        view = self._view
        folds = view.folds
        if not folds.sections:
            return False
        self._delegate.set_ground(view.ground)
        self._all = []
        for index, section in enumerate(folds.sections):
            kind = translated(_CONTEXT, KIND_TEXTS[section.kind]) if section.kind else ""
            bounds = section.start, section.end
            counts = contents(bounds, view.marks, view.scene.hits).words()
            named = kind.casefold() not in section.title.casefold()
            aside = " · ".join(part for part in (kind if named else "", counts) if part)
            run = partial(view.folding.go, index)
            self._all.append(
                (kind, Found("", section.title, str(section.kind), aside, "", "", run))
            )
        self.field.clear()
        self._filter("")
        self._choose(max(0, folds.section_at(view.caret_position())))
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def close_list(self) -> None:
        """Close it; the keys go to the record."""
        if self.field.hasFocus():
            # First of all: a part that is hidden with the keys passes them on as Tab would, and
            # Tab in the record goes to the next label.
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that move, go and close; close when something else is clicked."""
        if isinstance(event, QFocusEvent) and event.lostFocus():
            if event.reason() not in _STILL_THERE:
                self.close_list()
        elif isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.KeyPress:
                return self._press(Qt.Key(event.key()))
            # Else Escape and the like would be another part's before they are pressed here.
            if event.type() is QEvent.Type.ShortcutOverride and event.key() in _OWN_KEYS:
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _press(self, key: Qt.Key) -> bool:
        if key in _STEPS:
            count, at = self.rows.rowCount(), self.list.currentIndex().row()
            if count:
                steps = _STEPS[key]
                # A step goes round, a page stops at the end.
                there = (at + steps) % count if abs(steps) == 1 else at + steps
                self._choose(min(max(there, 0), count - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.list.currentIndex().row())
        elif key is Qt.Key.Key_Escape:
            self.close_list()
        else:
            return False
        return True

    def _filter(self, query: str) -> None:
        """Show the sections that the query names, in reading order; the best one is chosen."""
        self.rows.clear()
        scores: list[float] = []
        for kind, found in self._all:
            worth = score(query, ((found.text, 1.0), (found.english, 0.9), (kind, 0.9)))
            if worth:
                scores.append(worth)
                item = QStandardItem(found.text)
                item.setData(found, FOUND_ROLE)
                said = ", ".join(part for part in (found.text, found.group) if part)
                item.setData(said, Qt.ItemDataRole.AccessibleTextRole)
                self.rows.appendRow(item)
        self.none.setVisible(self.rows.rowCount() == 0)
        self.list.setVisible(self.rows.rowCount() > 0)
        self._choose(scores.index(max(scores)) if scores else -1)
        self._place()

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.rows.index(row, 0))
        # The keys stay in the field; a screen reader is told which row they are about.
        told = QAccessibleEvent(self.list, QAccessible.Event.Focus)
        told.setChild(max(row, 0))
        QAccessible.updateAccessibility(told)

    def _go(self, row: int) -> None:
        found: Found | None = self.rows.index(row, 0).data(FOUND_ROLE)
        if found is not None:
            self.close_list()
            found.run()

    def _place(self) -> None:
        area = self._view.viewport().rect()
        room = max(1, (area.height() - 4 * SPACE_XL) // ROW_HEIGHT)
        rows = min(max(1, self.rows.rowCount()), _MOST_ROWS, room)
        self.list.setFixedHeight(rows * ROW_HEIGHT)
        width = min(_WIDTH, area.width() - 2 * SPACE_L)
        self._column.activate()
        corner = QPoint((area.width() - width) // 2, SPACE_XL)
        corner = self._view.viewport().mapTo(self._under, corner)
        self.setGeometry(corner.x(), corner.y(), width, self.sizeHint().height())


_STILL_THERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_PageUp: 1 - _MOST_ROWS,
    Qt.Key.Key_PageDown: _MOST_ROWS - 1,
}
_OWN_KEYS = frozenset({*_STEPS, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter})
