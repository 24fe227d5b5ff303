"""Accepting many suggestions at a blow, once they have been seen, listed and counted.

Only what is visible counts, or with ``whole`` all that the record shows: nothing that a filter
hides is ever hit.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSlider,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.confidence import best_apart, percent
from app.design.number_box import number_box
from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Ground, legible
from app.editor.record_view import RecordView
from app.editor.sight import visible_suggestions
from app.settings import ACCEPT_FROM
from app.training.elided import ElidedLabel
from core.schema.documents import Suggestion

_LIST_ROWS = 4
_FEW_ROWS = 2
_TALL = 400
"""A lower text leaves room for few rows: what the sheet takes away is not visible any more."""
_ROW_HEIGHT = 24
_SLIDER_WIDTH = 120
_SUGGESTION_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Offer:
    """What would be accepted.

    Attributes:
        taken: The suggestions that would become labels, in reading order.
        considered: How many there are of any confidence.
        overlapping: How many are sure enough but overlap a surer one.
        elsewhere: How many of the record were not considered: they are not in sight.
    """

    taken: tuple[Suggestion, ...]
    considered: int
    overlapping: int
    elsewhere: int

    @property
    def keys(self) -> list[int]:
        """The keys of the suggestions that would become labels."""
        return [item.id for item in self.taken]


def offered(view: RecordView, *, least: int, whole: bool) -> Offer:
    """Return what would be accepted of the record on the screen.

    Args:
        view: Shows the record.
        least: Least confidence in per cent.
        whole: Take all that the record shows, not just what is in sight.
    """
    every = view.record.suggestions if view.record is not None else ()
    seen = {mark.id for mark in visible_suggestions(view)}
    considered = [item for item in every if whole or item.id in seen]
    sure = [item for item in considered if percent(item.score) >= least]
    taken = best_apart(sure)
    return Offer(taken, len(considered), len(sure) - len(taken), len(every) - len(considered))


class AcceptPanel(QFrame):
    """A sheet under the record; the text above shows what Enter would make labels of."""

    accepted = Signal(list, int)
    """Suggestions are to be accepted: their keys, and the confidence that was asked for."""
    opened = Signal()
    """The sheet stands under the record."""
    closed = Signal()
    """The sheet was closed."""

    def __init__(self, view: RecordView, ground: Ground, parent: QWidget | None = None) -> None:
        """Build the sheet for a view, hidden."""
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._view = view
        self._whole = False
        self._offer = Offer((), 0, 0, 0)
        self.title = ElidedLabel()
        self.title.setProperty("role", "lead")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setFixedWidth(_SLIDER_WIDTH)
        self.slider.setPageStep(5)
        self.spin = number_box(0, 99, 0)
        self.spin.setSuffix(self.tr(" %"))
        for part in (self.slider, self.spin):
            part.setAccessibleName(self.tr("Least confidence"))
        self.count = QLabel()
        self.count.setWordWrap(True)
        self.rest = QLabel()
        self.rest.setProperty("role", "small")
        self.rest.setWordWrap(True)
        self.list = QListWidget()
        self.list.setProperty("role", "flat")
        self.list.setAccessibleName(self.tr("Suggestions that would be accepted"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.accept = QPushButton()
        self.accept.setProperty("role", "primary")
        self.leave = QPushButton(self.tr("Cancel"))
        self._column = QVBoxLayout(self)
        self._lay_out()
        self.slider.valueChanged.connect(self.spin.setValue)
        self.spin.valueChanged.connect(self.slider.setValue)
        self.slider.valueChanged.connect(self.refresh)
        self.accept.clicked.connect(self.submit)
        self.leave.clicked.connect(self.close_panel)
        view.sight_changed.connect(self.refresh)
        self._add_keys()
        self.tint(ground)
        self.hide()

    def open_panel(self, *, least: int, whole: bool) -> None:
        """Show what would be accepted.

        Args:
            least: The confidence to begin with, in per cent.
            whole: Offer all that the record shows, not just what is in sight.
        """
        self._whole = whole
        for part in (self.slider, self.spin):
            part.setRange(0 if whole else ACCEPT_FROM.least, ACCEPT_FROM.most)
        self.title.set_text(
            self.tr("Accept all in this record from")
            if whole
            else self.tr("Accept all that is visible from")
        )
        self.slider.setValue(least)
        rows = _LIST_ROWS if self._view.height() >= _TALL else _FEW_ROWS
        self.list.setFixedHeight(rows * _ROW_HEIGHT)
        self.show()
        self._column.activate()
        self.opened.emit()
        self.refresh()
        self.slider.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_panel(self) -> None:
        """Leave without accepting."""
        if self.isHidden():
            return
        self.hide()
        self._preview(frozenset())
        self.closed.emit()

    def submit(self) -> None:
        """Accept what is offered."""
        keys = self._offer.keys
        if keys:
            least = self.slider.value()
            self.close_panel()
            self.accepted.emit(keys, least)

    def refresh(self) -> None:
        """Offer anew: something else is in sight, or the record has changed."""
        if self.isHidden():
            return
        offer = offered(self._view, least=self.slider.value(), whole=self._whole)
        if offer != self._offer or self._view.scene.previewed != frozenset(offer.keys):
            self._offer = offer
            self._preview(frozenset(offer.keys))
            self._show_list()
        self._show_counts()

    def tint(self, ground: Ground) -> None:
        """Draw the list for a ground."""
        self.list.setItemDelegate(_OfferDelegate(self._view, ground, self.list))

    def _show_counts(self) -> None:
        offer, number = self._offer, QLocale().toString
        taken = len(offer.taken)
        if not offer.considered:
            said = self.tr("No suggestion is in sight. Scroll to some.")
        elif self._whole:
            said = self.tr("Accept {0} of {1} suggestions of this record")
        else:
            said = self.tr("Accept {0} of {1} visible suggestions")
        said = said.format(number(taken), number(offer.considered))
        if said != self.count.text():
            self.count.setText(said)
            self.count.setAccessibleName(said)
        rest = []
        if offer.overlapping == 1:
            rest.append(self.tr("1 overlaps a surer one and stays open"))
        elif offer.overlapping:
            rest.append(
                self.tr("{0} overlap surer ones and stay open").format(number(offer.overlapping))
            )
        if offer.elsewhere == 1:
            rest.append(self.tr("1 out of sight stays open"))
        elif offer.elsewhere:
            rest.append(self.tr("{0} out of sight stay open").format(number(offer.elsewhere)))
        self.rest.setText("  ·  ".join(rest))
        self.accept.setEnabled(taken > 0)
        self.accept.setText(
            self.tr("Accept {0}").format(number(taken)) if taken else self.tr("Accept")
        )

    def _show_list(self) -> None:
        text = self._view.record.document.text if self._view.record is not None else ""
        self.list.clear()
        for item in self._offer.taken:
            words = " ".join(text[item.start : item.end].split())
            said = (
                self.tr("{0}: {1}, dictionary").format(words, item.label)
                if item.term_list_id
                else self.tr("{0}: {1}, {2} %").format(words, item.label, percent(item.score))
            )
            row = QListWidgetItem(said)
            row.setData(_SUGGESTION_ROLE, (item, words))
            self.list.addItem(row)

    def _preview(self, keys: frozenset[int]) -> None:
        if self._view.scene.previewed != keys:
            self._view.scene.previewed = keys
            self._view.viewport().update()

    def _add_keys(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, verb in (
            ("Return", self.submit),
            ("Enter", self.submit),
            ("Esc", self.close_panel),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(inside)
            shortcut.activated.connect(verb)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_S)
        top.addWidget(self.title, 1)
        top.addWidget(self.slider)
        top.addWidget(self.spin)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.count)
        words.addWidget(self.rest)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_S)
        foot.addLayout(words, 1)
        foot.addWidget(self.leave)
        foot.addWidget(self.accept)
        self._column.setContentsMargins(SPACE_L, SPACE_S, SPACE_M, SPACE_S)
        self._column.setSpacing(SPACE_XS)
        self._column.addLayout(top)
        self._column.addWidget(self.list)
        self._column.addLayout(foot)


class _OfferDelegate(QStyledItemDelegate):
    """Draws one row: the label's colour, the text, the label and the confidence."""

    def __init__(self, view: RecordView, ground: Ground, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._ground = ground

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a row."""
        del index
        return QSize(option.rect.width(), _ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the row."""
        item, words = index.data(_SUGGESTION_ROLE)
        painter.save()
        painter.setFont(option.font)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(self._ground.selected))
        area = option.rect.adjusted(SPACE_XS, 0, -SPACE_S, 0)
        ink = self._view.scene.inks.of(item.label)
        bar = QRect(area.left(), area.top() + SPACE_XS, SPACE_XS, area.height() - 2 * SPACE_XS)
        painter.fillRect(bar, ink.line)
        area.setLeft(bar.right() + SPACE_S)
        metrics = option.fontMetrics
        sure = metrics.elidedText(
            item.term_list or f"{QLocale().toString(percent(item.score))} %",
            Qt.TextElideMode.ElideRight,
            area.width() // 4,
        )
        room = max(metrics.horizontalAdvance(sure), metrics.horizontalAdvance("100 %"))
        align = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(self._ground.quiet))
        painter.drawText(area, int(align | Qt.AlignmentFlag.AlignRight), sure)
        area.setRight(area.right() - room - SPACE_S)
        named = area.width() // 3
        name = metrics.elidedText(item.label, Qt.TextElideMode.ElideRight, named)
        painter.setPen(QColor(legible(ink.name.name(), self._ground.hover)))
        painter.drawText(area, int(align | Qt.AlignmentFlag.AlignRight), name)
        area.setRight(area.right() - metrics.horizontalAdvance(name) - SPACE_S)
        painter.setPen(QColor(self._ground.text))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(align | Qt.AlignmentFlag.AlignLeft), shown)
        painter.restore()
