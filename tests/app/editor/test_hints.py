from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.design.tokens import LIGHT
from app.editor.ink import Inks
from app.editor.marks import Mark, Segment
from app.editor.names import HINT_GAP, Name, fit_names
from app.editor.record_view import RecordView
from app.record import Record
from core.schema.documents import Document, ReviewStatus, Span
from core.schema.labels import LabelScheme
from core.store.documents import Review

INKS = Inks(LabelScheme(()), LIGHT)


def segment(key: int, left: float, right: float) -> Segment:
    mark = Mark(key, key + 1, "disease", key, ((key, key + 1),))
    return Segment(mark, 0, left, right, 0, opens=True, closes=True)


def names(segments: list[Segment], edge: float, hinted: int) -> list[Name]:
    return fit_names(
        segments,
        inks=INKS,
        right_edge=edge,
        measure=lambda text, _ghost: 5.0 * len(text),
        hints_of=lambda mark: ("negated",) if mark.id == hinted else (),
    ).names


def test_a_hint_stands_behind_the_name_and_takes_room() -> None:
    [first, second] = names([segment(1, 0, 30), segment(2, 200, 230)], 400, hinted=1)
    assert (first.text, first.hint) == ("disease", "neg?")
    assert first.width == 5 * len("disease") + 5 * len("neg?") + HINT_GAP
    assert second.hint == ""


def test_a_hint_gives_way_to_the_next_name() -> None:
    [first, second] = names([segment(1, 0, 30), segment(2, 50, 80)], 400, hinted=1)
    assert (first.text, first.hint) == ("disease", "")
    assert second.text == "disease"


def test_the_view_draws_and_says_hints(qtbot: QtBot) -> None:
    view = RecordView()
    qtbot.addWidget(view)
    view.resize(500, 200)
    span = Span(3, 9, "disease", id=7)
    document = Document(1, "note", "No angina today.")
    view.set_record(Record(document, (span,), (), Review(ReviewStatus.TODO, 0.0, "")))
    view.show()
    view.select_span(7)
    before = view.grab().toImage()
    view.set_hints({7: ("negated",)})
    assert view.accessibleDescription().endswith("suggested: negated")
    assert view.grab().toImage() != before
    view.set_hints({})
    assert "suggested" not in view.accessibleDescription()
    assert view.grab().toImage() == before
