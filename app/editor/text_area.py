"""The scrolled area under the record view: keeps layout, scroll bars and margin strip in step."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.design.fonts import control_font
from app.design.tokens import SPACE_XL, TYPE_LEAD, Ground
from app.editor.blocks import Blocks
from app.editor.column import Column
from app.editor.fold_painting import FoldPainter
from app.editor.folding import FoldMemory
from app.editor.ink import Inks
from app.editor.margin_strip import STRIP_WIDTH, MarginStrip
from app.editor.marks import Mark, Marks
from app.editor.metrics import Typography, metrics_for
from app.editor.painting import ColumnPainter
from app.editor.scene import Scene
from app.editor.word_steps import WordSteps
from app.record import Record
from core.schema.documents import Document, Piece, ReviewStatus
from core.schema.labels import LabelScheme
from core.store.documents import Review

DEFAULT_TEXT_SIZE = 17
_LEFT_SHARE = 0.42
"""Of the room beside the column, so much stands at its left."""
_LEAST_COLUMN = 160
_NO_RECORD = Record(Document(0, "", ""), (), (), Review(ReviewStatus.TODO, 0.0, ""))


class TextArea(QAbstractScrollArea):
    """Lays out and draws a record; knows points and positions, but nothing of selecting."""

    sight_changed = Signal()
    """Other lines may be in sight: the view was scrolled, resized or laid out anew."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Begin without a record."""
        super().__init__(parent)
        self.ground = ground
        self.record: Record | None = None
        self._empty_text = ""
        self._scheme = LabelScheme(())
        self._typography = Typography(DEFAULT_TEXT_SIZE)
        self._metrics = metrics_for(self._typography)
        self._settling = False
        self._fold_memory = FoldMemory()
        self.scene = Scene(ground, Inks(self._scheme, ground))
        self.strip = MarginStrip(ground, self)
        self.strip.position_chosen.connect(self._on_position_chosen)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setViewportMargins(0, 0, STRIP_WIDTH, 0)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._read(None)

    def set_empty_text(self, text: str) -> None:
        """Say what to do while there is no record."""
        self._empty_text = text
        self.viewport().update()

    def show_record(self, record: Record | None) -> None:
        """Lay out another record from its top."""
        self._read(record)
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)
        self._settle()

    def refresh_marks(self, record: Record) -> None:
        """Take over other labels and suggestions of the same text."""
        self.record = record
        changed = self.marks.update(record)
        if changed:
            before = self.column.height
            moved = self.column.refresh(changed, self.scrolled)
            if moved or self.column.height != before:
                self._settle(moved)
            for index in changed:
                top = round(self.column.top(index)) - self.scrolled
                if -self.column.block_height(index) < top < self.viewport().height():
                    height = math.ceil(self.column.block_height(index))
                    self.viewport().update(0, top, self.viewport().width(), height)
            self._show_strip()

    def set_scheme(self, scheme: LabelScheme) -> None:
        """Draw labels in a scheme's colours."""
        self._scheme = scheme
        self._mix()

    def set_ground(self, ground: Ground) -> None:
        """Draw on another ground."""
        self.ground = self.scene.ground = ground
        self._mix()

    def set_text_size(self, pixels: int) -> None:
        """Set the text in another size in pixels; what is at the top of the view stays there."""
        self.set_typography(replace(self._typography, text_size=pixels))

    def set_typography(self, typography: Typography) -> None:
        """Set the text otherwise; what is at the top of the view stays there."""
        if typography != self._typography:
            self._typography = typography
            self._metrics = metrics_for(typography)
            self._lay_out_again()

    @property
    def scrolled(self) -> int:
        """The column's y at the viewport's top."""
        return self.verticalScrollBar().value()

    @property
    def left(self) -> int:
        """The column's left edge in the viewport."""
        spare = self.viewport().width() - self.column.width
        margin = self._metrics.margin
        left = max(min(margin, spare / 2), spare * _LEFT_SHARE if spare > 2 * margin else 0.0)
        return round(left) - self.horizontalScrollBar().value()

    def in_column(self, point: QPointF) -> QPointF:
        """Return a point of the viewport as one of the column."""
        return point + QPointF(-self.left, self.scrolled)

    def position_at(self, point: QPointF) -> int:
        """Return the position between characters nearest to a point of the viewport."""
        return self.column.position_at(self.in_column(point))

    def character_at(self, point: QPointF) -> int | None:
        """Return the position of the character under a point of the viewport, or None."""
        return self.column.character_at(self.in_column(point))

    def point_of(self, position: int) -> QPoint:
        """Return the middle of the character at a position, in the viewport."""
        place = self.column.place(min(position, max(0, self.steps.length - 1)))
        left, right = place.laid.glyph(place.line, position)
        y = place.line_top + place.line.baseline - self._metrics.ascent / 3
        return QPoint(round((left + right) / 2) + self.left, round(y) - self.scrolled)

    def marks_at(self, point: QPointF) -> list[Mark]:
        """Return the marks under a point of the viewport, the innermost first."""
        if self.record is None:
            return []
        inside = self.in_column(point)
        place = self.column.place_at(inside.y())
        y = inside.y() - place.line_top
        if y < self._metrics.name_height:
            named = [
                name.mark
                for name in self._painter.names(place.laid).names
                if place.laid.lines[name.line] is place.line
                and name.left <= inside.x() <= name.left + name.width
            ]
            if named:
                return named
        character = self.column.character_at(inside)
        if character is None:
            return []
        marks = self.marks.at(character)
        below = y - place.line.baseline - self._metrics.descent
        if below > 0 and place.line.levels:
            # On the underlines themselves the one pointed at comes first.
            level = int(below / self._metrics.level_step)
            marks.sort(key=lambda m: abs((place.line.levels or {}).get(m, 0) - level))
        return marks

    def box_of(self, position: int) -> QRectF:
        """Return the box of the character at a position, in the viewport."""
        place = self.column.place(min(position, max(0, self.steps.length - 1)))
        left, right = place.laid.glyph(place.line, position)
        top = place.line_top - self.scrolled
        return QRectF(left + self.left, top, right - left, place.line.height)

    def first_shown(self) -> int:
        """Return the first position of the line at the viewport's top."""
        return self.column.place_at(self.scrolled).line.start

    def handle_points(self) -> tuple[QPointF, ...] | None:
        """Return where the handles of the selected mark's pieces hang in the viewport, or None."""
        points = self._painter.handle_points() if self.scene.selected is not None else None
        if points is None:
            return None
        shift = QPointF(self.left, -self.scrolled)
        return tuple(point + shift for point in points)

    def ensure_visible(self, start: int, end: int) -> None:
        """Scroll just as far as needed to show a stretch; far leaps put it a third down."""
        if self.record is None:
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        room = min(self._metrics.line_height * 1.5, height / 4)
        # Blocks laid out on the way change their heights: look again until it stands still.
        for _ in range(4):
            first, last = self.column.place(start), self.column.place(max(start, end - 1))
            top, bottom = first.line_top, last.line_top + last.line.height
            value = bar.value()
            if top - room < value or bottom - top > height - 2 * room:
                wanted = top - room
            elif bottom + room > value + height:
                wanted = bottom + room - height
            else:
                break
            if abs(wanted - value) > height:
                wanted = top - height / 3
            self._settle()
            bar.setValue(round(wanted))
            if bar.value() == value:
                break
        self._ensure_across(start)

    def centre(self, position: int) -> None:
        """Scroll so that a position stands half-way down, as far as the record's ends let it."""
        # Blocks laid out on the way change their heights: look again until it stands still.
        for _ in range(3):
            place = self.column.place(position)
            self.verticalScrollBar().setValue(round(place.line_top - self.viewport().height() / 2))
            if self.column.place(position).line_top == place.line_top:
                break

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is visible, or what to do while there is no record."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self.ground.canvas))
        if self.record is None:
            self._paint_empty(painter)
            return
        clip = QRectF(event.rect())
        self._painter.paint(painter, left=self.left, scroll=self.scrolled, clip=clip)
        self.fold_painter.paint(painter, left=self.left, scroll=self.scrolled, clip=clip)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the column into the new width."""
        super().resizeEvent(event)
        area = self.viewport().geometry()
        self.strip.setGeometry(area.right() + 1, area.top(), STRIP_WIDTH, area.height())
        if self._column_width() != self.column.width:
            self._lay_out_again()
        else:
            self._settle()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Lay out what has come into sight."""
        del dx, dy
        self._settle()

    def _paint_empty(self, painter: QPainter) -> None:
        font = control_font()
        font.setPixelSize(TYPE_LEAD)
        painter.setFont(font)
        painter.setPen(QColor(self.ground.quiet))
        area = self.viewport().rect().adjusted(SPACE_XL, SPACE_XL, -SPACE_XL, -SPACE_XL)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area, int(flags), self._empty_text)

    def _read(self, record: Record | None) -> None:
        self.record = record
        shown = record or _NO_RECORD
        self.steps = WordSteps(shown.document)
        self._blocks = Blocks(shown.document.text)
        self.folds = self._fold_memory.folds(shown.document, self._blocks)
        self.marks = Marks(self._blocks, shown)
        self.strip.show_sections([section.start for section in self.folds.sections])
        self._make_column()
        self._show_strip()

    def _make_column(self) -> None:
        self.column = Column(
            blocks=self._blocks,
            folds=self.folds,
            marks=self.marks,
            metrics=self._metrics,
            width=self._column_width(),
            before=SPACE_XL,
        )
        self._painter = ColumnPainter(self.column, self.scene)
        self.fold_painter = FoldPainter(self.column, self.scene)

    def _lay_out_again(self) -> None:
        """Begin the layout anew and put the line at the top back where it was."""
        place = self.column.place_at(self.scrolled)
        position, away = place.line.start, self.scrolled - place.line_top
        at_top = self.scrolled == 0
        self._make_column()
        wanted = 0.0 if at_top else self.column.place(position).line_top + away
        self._settle(wanted - self.scrolled)

    def _mix(self) -> None:
        self.scene.inks = Inks(self._scheme, self.ground)
        self.column.forget_names()
        self._show_strip()
        self.viewport().update()

    def _show_strip(self) -> None:
        marks = self.marks if self.record is not None else None
        self.strip.show_marks(marks, self.scene.inks, self.steps.length, self.ground)

    def _settle(self, moved: float = 0.0, *, held: bool = False) -> None:
        """Lay out what is visible, ``moved`` from where it stood, and fit the scroll bars to it.

        What is scrolled to the end stays there, unless it is ``held``.
        """
        if self._settling:
            return
        self._settling = True
        bar, height = self.verticalScrollBar(), self.viewport().height()
        at_end = 0 < bar.maximum() == bar.value() and not (moved or held)
        top = self.column.settle(max(0.0, bar.value() + moved), height)
        most = max(0, math.ceil(self.column.height - height))
        if at_end and most != bar.maximum():
            top = self.column.settle(most, height)
            most = max(0, math.ceil(self.column.height - height))
        bar.setRange(0, most)
        bar.setPageStep(height)
        bar.setSingleStep(round(self._metrics.line_height))
        bar.setValue(round(top))
        wide = self.column.widest + 2 * self._metrics.margin - self.viewport().width()
        across = self.horizontalScrollBar()
        across.setRange(0, max(0, math.ceil(wide)) if self.column.widest > self.column.width else 0)
        across.setPageStep(self.viewport().width())
        across.setSingleStep(SPACE_XL)
        self._settling = False
        self.strip.show_seen(self._seen(), self.column.height)
        self.viewport().update()
        self.sight_changed.emit()

    def _seen(self) -> Piece:
        if self.record is None:
            return 0, 0
        first = self.column.place_at(self.scrolled).line.start
        return first, self.column.place_at(self.scrolled + self.viewport().height()).line.end

    def _ensure_across(self, position: int) -> None:
        across = self.horizontalScrollBar()
        if across.maximum():
            x = self.point_of(position).x()
            if not SPACE_XL <= x <= self.viewport().width() - SPACE_XL:
                across.setValue(across.value() + x - self.viewport().width() // 3)

    def _column_width(self) -> float:
        room = self.viewport().width() - 2 * self._metrics.margin
        return float(max(_LEAST_COLUMN, min(self._metrics.column, room)))

    def _on_position_chosen(self, share: float) -> None:
        self.centre(min(round(share * self.steps.length), max(0, self.steps.length - 1)))
