"""The record view: opening, scrolling and editing records of 10,000 to 1,000,000 characters.

The peer is a plain read-only QTextEdit that shows the same text and the same marks as
ExtraSelections, in the same run: it opens, scrolls, and takes one more label.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget
from rich.console import Console
from rich.table import Table

from app.design.fonts import load_bundled, record_font
from app.design.tokens import LIGHT
from app.editor.record_view import RecordView
from app.record import Record
from core.operations.sample import LABELS, sample_notes
from core.schema.documents import Document, ReviewStatus, Span, Suggestion
from core.schema.labels import LabelScheme, complete_labels
from core.store.documents import Review
from core.text.offsets import Utf16Map
from core.text.words import split_words
from tests.benchmarks.figures import Figure, at_most, publish, times_peer

SIZES = (10_000, 40_000, 120_000, 1_000_000)
SPANS, SUGGESTIONS = 2_000, 500
OPEN_MS, FRAME_MS = 200.0, 16.0
_MAIN = 120_000
_ROUNDS = 200
_PEER_ROUNDS = 12
_MIXED = (
    "\nDrug      Dose    Since\nMetformin 500 mg  2019 😀\nApixaban  5 mg    2022\n\n"
    "患者有2型糖尿病史，口服二甲双胍，否认冠心病。\n\n"
    "המטופל סובל מסוכרת ונוטל metformin, المريض يعاني من داء السكري.\n\n"
    "Re\u0301sume\u0301 of the café visit \U0001f469\u200d⚕️ and so on.\n\n"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of one size: opening, and the 99th percentile of a frame."""

    open_ms: float
    scroll_ms: float
    edit_ms: float


def long_record(length: int, spans: int = SPANS, suggestions: int = SUGGESTIONS) -> Record:
    """Return a record of so many characters with its share of spans, nested three deep in part."""
    source = _MIXED + "\n".join(note.document.text for note in sample_notes())
    text = (source * (length // len(source) + 1))[:length]
    words = split_words(text)
    names = [label.name for label in LABELS]
    chance = random.Random(7)
    labelled: dict[tuple[int, int, str], Span] = {}
    # A shorter record has its share, so that all sizes are as densely labelled as the main one.
    wanted = min(spans, round(spans * length / _MAIN))
    while len(labelled) < wanted:
        at = chance.randrange(len(words) - 12)
        for width in chance.choice(((1,), (2,), (3,), (1, 3), (1, 3, 8))):
            start, end = words[at][0], words[at + width][1]
            label = chance.choice(names)
            labelled[start, end, label] = Span(start, end, label, id=len(labelled) + 1)
    suggested = [
        Suggestion(
            words[at][0], words[at + 1][1], chance.choice(names), chance.random(), id=index + 1
        )
        for index, at in enumerate(
            chance.choices(
                range(len(words) - 2), k=min(suggestions, round(suggestions * length / _MAIN))
            )
        )
    ]
    return Record(
        Document(1, "long", text),
        tuple(sorted(labelled.values(), key=lambda span: (span.start, span.end))),
        tuple(sorted(suggested, key=lambda item: (item.start, item.end))),
        Review(ReviewStatus.TODO, 0.0, ""),
    )


def run() -> bool:
    """Measure all sizes and the peer; return whether every goal is met."""
    QApplication.instance() or QApplication([])
    load_bundled()
    measured = {size: _measure(long_record(size)) for size in SIZES}
    peer = _measure_peer(long_record(_MAIN))
    _print_table(measured, peer)
    own = measured[_MAIN]
    figures: dict[str, Figure] = {
        "open_120k_ms": at_most(own.open_ms, OPEN_MS, "ms"),
        "scroll_frame_p99_ms": at_most(own.scroll_ms, FRAME_MS, "ms"),
        "edit_frame_p99_ms": at_most(own.edit_ms, FRAME_MS, "ms"),
        "vs_qtextedit": times_peer(1 / own.edit_ms, 1 / peer.edit_ms, "edits/ms", 1.0),
        "open_vs_qtextedit": times_peer(1 / own.open_ms, 1 / peer.open_ms, "opens/ms", 1.0),
    }
    for size in SIZES:
        if size != _MAIN:
            name = f"{size // 1000}k"
            own = measured[size]
            figures[f"scroll_frame_p99_ms_{name}"] = at_most(own.scroll_ms, FRAME_MS, "ms")
            figures[f"edit_frame_p99_ms_{name}"] = at_most(own.edit_ms, FRAME_MS, "ms")
    return publish("text_view", figures)


def _measure(record: Record) -> Measured:
    view = RecordView(LIGHT)
    view.set_scheme(LabelScheme(complete_labels(LABELS)))
    _show(view)

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
        start, end = chance.choice(split_words(_shown(view)))
        start, end = view.first_shown() + start, view.first_shown() + end
        added = Span(start, end, LABELS[index % 4].name, id=100_000 + index)
        # The store answers with values read anew, equal to those before but not the same.
        spans = tuple(replace(span) for span in current.spans)
        current = replace(current, spans=tuple(sorted((*spans, added), key=_order)))
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
        places = [(item.start, item.end) for item in spans]
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


def _print_table(measured: dict[int, Measured], peer: Measured) -> None:
    table = Table(title=f"Record view, up to {SPANS:,} spans and {SUGGESTIONS} suggestions, ms")
    for column in ("characters", "open", "scroll p99", "edit p99"):
        table.add_column(column, justify="right")
    for size, own in measured.items():
        table.add_row(f"{size:,}", *(_shown_ms(value) for value in _values(own)))
    table.add_row(f"QTextEdit {_MAIN:,}", *(_shown_ms(value) for value in _values(peer)))
    Console(width=120).print(table)


def _values(measured: Measured) -> tuple[float, float, float]:
    return measured.open_ms, measured.scroll_ms, measured.edit_ms


def _shown_ms(value: float) -> str:
    return f"{value:,.1f}"


def _show(widget: QWidget) -> None:
    widget.resize(900, 700)
    widget.show()
    QApplication.processEvents()


def _shown(view: RecordView) -> str:
    first = view.first_shown()
    record = view.record
    return record.document.text[first : first + 1_200] if record is not None else ""


def _timed(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    took = (time.perf_counter() - began) * 1000
    QApplication.processEvents()
    return took


def _p99(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


def _order(span: Span) -> tuple[int, int]:
    return span.start, span.end


if __name__ == "__main__":
    raise SystemExit(0 if run() else 1)
