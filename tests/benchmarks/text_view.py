"""The record view: opening, scrolling and editing records of 10,000 to 1,000,000 characters.

The peer is a plain read-only QTextEdit that shows the same text and the same marks as
ExtraSelections, in the same run: it opens, scrolls, and takes one more label. What matters most is
measured a second time while the real worker trains on all cores.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget
from rich.console import Console
from rich.table import Table

from app.design.fonts import load_bundled, record_font
from app.design.tokens import LIGHT
from app.editor.record_view import RecordView
from app.record import Record
from app.session import Session
from core.operations.sample import LABELS
from core.schema.documents import ImportedDocument, Span
from core.schema.labels import LabelScheme, complete_labels
from core.store import documents
from core.text.offsets import Utf16Map
from core.text.words import split_words
from tests.benchmarks.figures import Figure, at_most, publish, times_peer
from tests.benchmarks.labelling import Trainer, make_project
from tests.benchmarks.long_records import MAIN, SPANS, SUGGESTIONS, long_record, reading_order

SIZES = (10_000, 40_000, MAIN, 1_000_000)
OPEN_MS, FRAME_MS = 200.0, 16.0
AT_ONCE_MS = 100.0
"""From a key to its label on the screen, durable: what feels like at once."""
_ROUNDS = 600
_PEER_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of one size: opening, and the 99th percentile of a frame."""

    open_ms: float
    scroll_ms: float
    edit_ms: float


def run() -> bool:
    """Measure all sizes and the peer; return whether every goal is met."""
    QApplication.instance() or QApplication([])
    load_bundled()
    # As app.main does once the window is usable.
    gc.freeze()
    measured = {f"{size:,}": _measure(long_record(size)) for size in SIZES}
    peer = _measure_peer(long_record(MAIN))
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder) / "text-view.chartmark")
        session = Session(project)
        session.start()
        path = LabelPath(session, long_record(MAIN, suggestions=0))
        shown = path.measure()
        trainer = Trainer(session)
        trainer.begin()
        training = _measure(long_record(MAIN))
        shown_training = path.measure()
        if trainer.dead:
            raise RuntimeError("the training ended while frames were measured")
        trainer.end()
        path.close()
        session.close()
    QApplication.processEvents()
    own = measured[f"{MAIN:,}"]
    rows = measured | {f"{MAIN:,} while training": training, f"QTextEdit {MAIN:,}": peer}
    _print_table(rows)
    figures: dict[str, Figure] = {
        "open_120k_ms": at_most(own.open_ms, OPEN_MS, "ms"),
        "scroll_frame_p99_ms": at_most(own.scroll_ms, FRAME_MS, "ms"),
        "edit_frame_p99_ms": at_most(own.edit_ms, FRAME_MS, "ms"),
        "open_120k_ms_training": at_most(training.open_ms, OPEN_MS, "ms"),
        "scroll_frame_p99_ms_training": at_most(training.scroll_ms, FRAME_MS, "ms"),
        "edit_frame_p99_ms_training": at_most(training.edit_ms, FRAME_MS, "ms"),
        "label_to_paint_p99_ms": at_most(shown, AT_ONCE_MS, "ms"),
        "label_to_paint_p99_ms_training": at_most(shown_training, AT_ONCE_MS, "ms"),
        "vs_qtextedit": times_peer(1 / own.edit_ms, 1 / peer.edit_ms, "edits/ms", 1.0),
        "open_vs_qtextedit": times_peer(1 / own.open_ms, 1 / peer.open_ms, "opens/ms", 1.0),
    }
    for size in SIZES:
        if size != MAIN:
            name, other = f"{size // 1000}k", measured[f"{size:,}"]
            figures[f"scroll_frame_p99_ms_{name}"] = at_most(other.scroll_ms, FRAME_MS, "ms")
            figures[f"edit_frame_p99_ms_{name}"] = at_most(other.edit_ms, FRAME_MS, "ms")
    return publish("text_view", figures)


class LabelPath(QObject):
    """Labels words of a long stored record through the session, up to the painted frame."""

    def __init__(self, session: Session, record: Record) -> None:
        """Store the record, open it, and show it in a view."""
        super().__init__()
        self._session = session
        self._view = _new_view()
        self._view.viewport().installEventFilter(self)
        self._random = random.Random(5)
        self._loop = QEventLoop()
        self._due = False
        session.record_opened.connect(self._on_opened)
        session.record_changed.connect(self._on_changed)
        text = record.document.text
        stored = ImportedDocument(key="long", name="long", text=text, spans=record.spans)
        documents.add_documents(project=session.project, documents=[stored])
        known = documents.documents(project=session.project)
        session.open_record(next(item.id for item in known if item.name == "long"))
        self._loop.exec()

    def measure(self) -> float:
        """Return the 99th percentile in milliseconds from asking for a label to its painting."""
        took = []
        bar = self._view.verticalScrollBar()
        for index in range(_ROUNDS // 2):
            if index % 10 == 0:
                bar.setValue(int(bar.maximum() * self._random.random()))
                QApplication.processEvents()
            word = _seen_word(self._view, self._random)
            label = self._random.choice(LABELS).name
            took.append(_timed(partial(self._label, word, label)))
        return _p99(took)

    def close(self) -> None:
        """Close the view."""
        self._view.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on once the frame with the new label is painted."""
        if self._due and event.type() is QEvent.Type.Paint:
            self._due = False
            # Runs after the painting itself: a filter sees the event before the widget does.
            self._view.viewport().removeEventFilter(self)
            QApplication.sendEvent(watched, event)
            self._view.viewport().installEventFilter(self)
            self._loop.quit()
            return True
        return super().eventFilter(watched, event)

    def _label(self, word: tuple[int, int], label: str) -> None:
        self._session.label_stretch(stretches=[word], label=label)
        self._loop.exec()

    def _on_opened(self, record: Record) -> None:
        if record.document.name == "long":
            self._view.set_record(record)
            self._loop.quit()

    def _on_changed(self, record: Record) -> None:
        if self._view.record is not None and record.id == self._view.record.id:
            self._view.update_record(record)
            self._due = True
            # What was labelled so already changes nothing that would be painted.
            self._view.viewport().update()


def _measure(record: Record) -> Measured:
    view = _new_view()

    def open_it() -> None:
        view.set_record(record)
        view.viewport().repaint()

    opened = []
    for _ in range(5):
        view.set_record(None)
        opened.append(_timed(open_it))
    bar = view.verticalScrollBar()
    chance = random.Random(11)
    # Mostly by the wheel, at times far away: a page that was never laid out before.
    wheel = [(90, chance.random())[index % 8 == 0] for index in range(_ROUNDS)]

    def scroll(step: float) -> None:
        bar.setValue(bar.value() + 90 if step >= 1 else int(bar.maximum() * step))
        view.viewport().repaint()

    scrolled = [_timed(partial(scroll, step)) for step in wheel]

    def label(labelled: Record) -> None:
        view.update_record(labelled)
        QApplication.processEvents()

    current = record
    edited = []
    for index in range(_ROUNDS):
        if index % 20 == 0:
            bar.setValue(int(bar.maximum() * chance.random()))
            QApplication.processEvents()
        start, end = _seen_word(view, chance)
        added = Span(start, end, LABELS[index % 4].name, id=100_000 + index)
        spans = sorted((*current.spans, added), key=reading_order)
        current = replace(current, spans=tuple(spans))
        edited.append(_timed(partial(label, current)))
    view.close()
    return Measured(statistics.median(opened), _p99(scrolled), _p99(edited))


def _measure_peer(record: Record) -> Measured:
    edit = QTextEdit()
    edit.setReadOnly(True)
    edit.setFont(record_font(17))
    _show(edit)
    units = Utf16Map(record.document.text)

    def mark(spans: tuple[Span, ...]) -> None:
        marks = []
        places = [piece for item in spans for piece in item.stretches()]
        places += [(item.start, item.end) for item in record.suggestions]
        for start, end in places:
            extra = QTextEdit.ExtraSelection()
            cursor = QTextCursor(edit.document())
            cursor.setPosition(units.to_utf16(start))
            cursor.setPosition(units.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
            extra.cursor = cursor
            style = QTextCharFormat()
            style.setBackground(QColor("#DCECEC"))
            style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            extra.format = style
            marks.append(extra)
        edit.setExtraSelections(marks)

    def open_it() -> None:
        edit.setPlainText(record.document.text)
        mark(record.spans)
        edit.viewport().repaint()
        # Its height is known only when all is laid out, and so is where the scroll bar stands.
        edit.document().documentLayout().documentSize()

    opened = [_timed(open_it) for _ in range(3)]
    bar = edit.verticalScrollBar()

    def scroll() -> None:
        bar.setValue(bar.value() + 90)
        edit.viewport().repaint()

    def label(spans: tuple[Span, ...]) -> None:
        mark(spans)
        QApplication.processEvents()

    scrolled = [_timed(scroll) for _ in range(_PEER_ROUNDS * 4)]
    edited = []
    for index in range(_PEER_ROUNDS):
        more = (*record.spans, replace(record.spans[index], id=100_000 + index))
        edited.append(_timed(partial(label, more)))
    edit.close()
    return Measured(statistics.median(opened), _p99(scrolled), _p99(edited))


def _print_table(measured: dict[str, Measured]) -> None:
    table = Table(title=f"Record view, {SPANS:,} spans and {SUGGESTIONS} suggestions, ms")
    for column in ("characters", "open", "scroll p99", "edit p99"):
        table.add_column(column, justify="right")
    for name, own in measured.items():
        table.add_row(name, *(f"{value:,.1f}" for value in _values(own)))
    Console(width=120).print(table)


def _values(measured: Measured) -> tuple[float, float, float]:
    return measured.open_ms, measured.scroll_ms, measured.edit_ms


def _new_view() -> RecordView:
    view = RecordView(LIGHT)
    view.set_scheme(LabelScheme(complete_labels(LABELS)))
    _show(view)
    return view


def _show(widget: QWidget) -> None:
    widget.resize(900, 700)
    widget.show()
    QApplication.processEvents()


def _seen_word(view: RecordView, chance: random.Random) -> tuple[int, int]:
    """Return a word that stands on the screen."""
    first, record = view.first_shown(), view.record
    text = record.document.text[first : first + 1_200] if record is not None else ""
    start, end = chance.choice(split_words(text))
    return first + start, first + end


def _timed(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    took = (time.perf_counter() - began) * 1000
    QApplication.processEvents()
    return took


def _p99(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


if __name__ == "__main__":
    raise SystemExit(0 if run() else 1)
