"""Any sequence of edits in the window: store, view and audit agree, and undo restores all."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtWidgets import QApplication
from sqlalchemy import text as sql

from app.editor.record_view import RecordView
from app.session import Session
from core.schema.documents import (
    Attribute,
    ImportedDocument,
    Origin,
    Piece,
    PredictedSpan,
    ReviewStatus,
    Span,
    SuggestionStatus,
)
from core.schema.labels import Label, LabelScheme
from core.store import documents
from core.store.project import Project
from core.store.verification import verify
from tests.app.conftest import suggest

_LABELS = ("drug", "disease")
_SCRIPTS = st.one_of(
    st.sampled_from("abc \n\t.,-"),
    st.sampled_from("🙂👩‍⚕️🇨🇭𠀀"),
    st.sampled_from("糖尿病é\u0301אבعر\u200d\u200f"),
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\0\ufeff"),
)
_TEXTS = st.text(_SCRIPTS, min_size=4, max_size=60)
_AT = st.integers(0, 59)
_LENGTH = st.integers(1, 12)
_PICK = st.integers(0, 30)
_LABEL = st.sampled_from(_LABELS)
_STEPS = 25


@dataclass(frozen=True)
class Expected:
    """What the clinician must find: worked out here from the verbs alone, without the store."""

    spans: frozenset[tuple[int, tuple[Piece, ...], str, tuple[str, ...], Origin]] = frozenset()
    suggestions: dict[int, SuggestionStatus] = field(default_factory=dict)
    reviews: tuple[ReviewStatus, ...] = (ReviewStatus.TODO, ReviewStatus.TODO)

    def has(self, key: int, stretches: tuple[Piece, ...], label: str) -> bool:
        return any(span[:3] == (key, stretches, label) for span in self.spans)


class Editing(RuleBasedStateMachine):
    """One clinician at work in a session with a view, on two records with suggestions."""

    @initialize(first=_TEXTS, second=_TEXTS)
    def open(self, first: str, second: str) -> None:
        self.home = Path(tempfile.mkdtemp())
        folder = self.home / "p.chartmark"
        scheme = LabelScheme(tuple(Label(name) for name in _LABELS))
        self.texts = (first, second + first)
        with Project.create(folder=folder, scheme=scheme, annotator="Ada") as project:
            items = [
                ImportedDocument(key=str(n), name=f"note-{n}", text=text, source="notes.csv")
                for n, text in enumerate(self.texts)
            ]
            documents.add_documents(project=project, documents=items)
            for key, text in enumerate(self.texts, start=1):
                spans = [
                    PredictedSpan(at, min(at + 3, len(text)), _LABELS[at % 2], 0.8)
                    for at in range(0, len(text), 5)
                ]
                suggest(project, key, *spans)
        self.session = Session(Project.open(folder=folder))
        self.view = RecordView()
        self.view.resize(500, 300)
        self.session.record_opened.connect(self.view.set_record)
        self.session.record_changed.connect(self.view.update_record)
        self.session.start()
        self.wait_for(lambda: self.session.record is not None)
        self.suggested = {
            item.id: (key, (item.start, item.end), item.label)
            for key in (1, 2)
            for item in documents.suggestions(project=self.session.project, document_id=key)
        }
        self.now = Expected(suggestions=dict.fromkeys(self.suggested, SuggestionStatus.OPEN))
        self.done: list[Expected] = []
        self.undone: list[Expected] = []
        self.first_dump = self.dump()

    def teardown(self) -> None:
        if not hasattr(self, "first_dump"):
            return
        last_dump, made = self.dump(), len(self.done)
        for _ in range(made):
            self.session.undo()
        self.settle()
        assert self.dump() == self.first_dump
        for _ in range(made):
            self.session.redo()
        self.settle()
        assert self.dump() == last_dump
        assert verify(project=self.session.project) == []
        self.session.close()
        self.view.deleteLater()
        shutil.rmtree(self.home)

    def settle(self) -> None:
        """Wait until the store thread has answered all that was asked of it."""
        answered: list[None] = []
        self.session.run(lambda: None, done=answered.append)
        self.wait_for(lambda: bool(answered))

    def wait_for(self, come: Callable[[], bool]) -> None:
        until = time.monotonic() + 20
        while not come():
            QApplication.processEvents()
            assert time.monotonic() < until

    def dump(self) -> bytes:
        """All that edits may change, as the store holds it."""
        queries = (
            'SELECT id, document_id, label_id, start, "end", attributes, pieces, origin '
            "FROM span WHERE NOT hidden ORDER BY id",
            "SELECT id, status, span_id FROM suggestion ORDER BY id",
            "SELECT document_id, status FROM review ORDER BY document_id",
            "SELECT id, text FROM document ORDER BY id",
        )
        with self.session.project.read() as connection:
            found = [[tuple(row) for row in connection.execute(sql(query))] for query in queries]
        return repr(found).encode()

    @property
    def key(self) -> int:
        assert self.session.record is not None
        return self.session.record.id

    def stored(self) -> list[Span]:
        return list(documents.spans(project=self.session.project, document_id=self.key))

    def did(self, after: Expected, *, touched: tuple[int, ...]) -> None:
        """Take over what an edit must have led to; one that changes nothing is no step."""
        if after == self.now:
            return
        reviews = tuple(
            ReviewStatus.IN_PROGRESS if n in touched and status is ReviewStatus.TODO else status
            for n, status in enumerate(after.reviews, start=1)
        )
        self.done.append(self.now)
        self.undone.clear()
        self.now = Expected(after.spans, after.suggestions, reviews)

    def with_spans(
        self, added: list[tuple[int, tuple[Piece, ...], str]], origin: Origin
    ) -> Expected:
        """The present with labels added; what was suggested in the very place is accepted."""
        spans, suggestions = set(self.now.spans), dict(self.now.suggestions)
        for key, stretches, label in added:
            if self.now.has(key, stretches, label):
                continue
            spans.add((key, stretches, label, (), origin))
            for item, place in self.suggested.items():
                is_open = suggestions[item] is SuggestionStatus.OPEN
                if is_open and (place[0], (place[1],), place[2]) == (key, stretches, label):
                    suggestions[item] = SuggestionStatus.ACCEPTED
        return Expected(frozenset(spans), suggestions, self.now.reviews)

    def changed(self, span: Span, into: Span) -> Expected:
        before = (self.key, span.stretches(), span.label, span.attributes, span.origin)
        after = (self.key, into.stretches(), into.label, into.attributes, into.origin)
        taken = after[:3] != before[:3] and self.now.has(*after[:3])
        spans = self.now.spans if taken else (self.now.spans - {before}) | {after}
        return Expected(spans, self.now.suggestions, self.now.reviews)

    @rule(key=st.sampled_from((1, 2)))
    def go(self, key: int) -> None:
        self.session.open_record(key)
        self.settle()

    @rule(at=_AT, length=_LENGTH, label=_LABEL)
    def label(self, at: int, length: int, label: str) -> None:
        text = self.texts[self.key - 1]
        start = at % len(text)
        stretch = (start, min(start + length, len(text)))
        self.session.label_stretch(stretches=[stretch], label=label)
        self.settle()
        after = self.with_spans([(self.key, (stretch,), label)], Origin.MANUAL)
        self.did(after, touched=(self.key,))

    @rule(pick=_PICK, label=_LABEL)
    def relabel(self, pick: int, label: str) -> None:
        if found := self.stored():
            span = found[pick % len(found)]
            self.session.relabel(span_id=span.id, label=label)
            self.settle()
            into = Span(
                span.start, span.end, label, span.attributes, span.pieces, span.origin, span.id
            )
            self.did(self.changed(span, into), touched=(self.key,))

    @rule(pick=_PICK, at=_AT, length=_LENGTH)
    def resize(self, pick: int, at: int, length: int) -> None:
        if found := self.stored():
            span = found[pick % len(found)]
            text = self.texts[self.key - 1]
            start = at % len(text)
            end = min(start + length, len(text))
            self.session.resize(span_id=span.id, start=start, end=end)
            self.settle()
            into = Span(start, end, span.label, span.attributes, (), span.origin, span.id)
            self.did(self.changed(span, into), touched=(self.key,))

    @rule(pick=_PICK, attribute=st.sampled_from(Attribute))
    def toggle(self, pick: int, attribute: Attribute) -> None:
        if found := self.stored():
            span = found[pick % len(found)]
            self.session.toggle_attribute(span_id=span.id, attribute=attribute)
            self.settle()
            held = tuple(sorted(set(span.attributes) ^ {attribute.value}))
            into = Span(span.start, span.end, span.label, held, span.pieces, span.origin, span.id)
            self.did(self.changed(span, into), touched=(self.key,))

    @rule(picks=st.sets(_PICK, min_size=1, max_size=3))
    def delete(self, picks: set[int]) -> None:
        if found := self.stored():
            chosen = {found[pick % len(found)].id for pick in picks}
            self.session.delete(span_ids=sorted(chosen))
            self.settle()
            gone = {(self.key, s.stretches(), s.label) for s in found if s.id in chosen}
            spans = frozenset(span for span in self.now.spans if span[:3] not in gone)
            after = Expected(spans, self.now.suggestions, self.now.reviews)
            self.did(after, touched=(self.key,))

    @rule(picks=st.sets(_PICK, min_size=1, max_size=4), accepting=st.booleans())
    def decide(self, picks: set[int], accepting: bool) -> None:
        assert self.session.record is not None
        if not (found := self.session.record.suggestions):
            return
        chosen = sorted({found[pick % len(found)].id for pick in picks})
        if accepting:
            self.session.accept(suggestion_ids=chosen)
            places = [self.suggested[key] for key in chosen]
            after = self.with_spans([(p[0], (p[1],), p[2]) for p in places], Origin.SUGGESTED)
            status = SuggestionStatus.ACCEPTED
        else:
            self.session.reject(suggestion_ids=chosen)
            after, status = self.now, SuggestionStatus.REJECTED
        self.settle()
        suggestions = after.suggestions | dict.fromkeys(chosen, status)
        self.did(Expected(after.spans, suggestions, after.reviews), touched=(self.key,))

    @rule(pick=_PICK, label=_LABEL)
    def correct(self, pick: int, label: str) -> None:
        assert self.session.record is not None
        if not (found := self.session.record.suggestions):
            return
        chosen = found[pick % len(found)]
        text = self.texts[self.key - 1]
        end = min(chosen.end + 1, len(text))
        self.session.correct(suggestion_id=chosen.id, span=Span(chosen.start, end, label))
        self.settle()
        spans = set(self.now.spans)
        if not self.now.has(self.key, ((chosen.start, end),), label):
            spans.add((self.key, ((chosen.start, end),), label, (), Origin.SUGGESTED))
        suggestions = self.now.suggestions | {chosen.id: SuggestionStatus.CORRECTED}
        after = Expected(frozenset(spans), suggestions, self.now.reviews)
        self.did(after, touched=(self.key,))

    @rule(at=_AT, length=st.integers(1, 3), label=_LABEL)
    def propagate(self, at: int, length: int, label: str) -> None:
        text = self.texts[self.key - 1]
        start = at % len(text)
        found = documents.find_mentions(
            project=self.session.project, text=text[start : start + length], label=label
        )
        self.session.label_mentions(mentions=found)
        self.settle()
        places = [(key, span.stretches(), label) for key, span in found]
        after = self.with_spans(places, Origin.PROPAGATED)
        self.did(after, touched=tuple({key for key, _ in found}))

    @rule(status=st.sampled_from(ReviewStatus))
    def review(self, status: ReviewStatus) -> None:
        self.session.set_review(status=status)
        self.settle()
        reviews = tuple(
            status if n == self.key else held for n, held in enumerate(self.now.reviews, start=1)
        )
        self.did(Expected(self.now.spans, self.now.suggestions, reviews), touched=())

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        self.session.undo()
        self.settle()
        self.undone.append(self.now)
        self.now = self.done.pop()

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.session.redo()
        self.settle()
        self.done.append(self.now)
        self.now = self.undone.pop()

    @invariant()
    def store_view_and_audit_agree(self) -> None:
        if not hasattr(self, "now"):
            return
        project, record = self.session.project, self.session.record
        stored = {
            (key, span.stretches(), span.label, span.attributes, span.origin)
            for key in (1, 2)
            for span in documents.spans(project=project, document_id=key)
        }
        assert stored == self.now.spans
        decided = {
            item.id: item.status
            for key in (1, 2)
            for item in documents.suggestions(project=project, document_id=key, open_only=False)
        }
        assert decided == self.now.suggestions
        assert self.now.reviews == tuple(
            documents.review(project=project, document_id=key).status for key in (1, 2)
        )
        assert verify(project=project) == []
        assert record is not None
        shown = [
            (mark.id, mark.start, mark.end, mark.label, mark.attributes, mark.suggested)
            for mark in self.view.marks.ordered
        ]
        marks = [(s.id, s.start, s.end, s.label, s.attributes, False) for s in self.stored()]
        marks += [
            (item.id, item.start, item.end, item.label, (), True)
            for item in documents.suggestions(project=project, document_id=record.id)
        ]
        assert sorted(shown) == sorted(marks)
        for index in range(len(self.view.column.blocks)):
            block = self.view.column.blocks[index]
            within = {(m.id, m.suggested) for m in self.view.marks.within(index)}
            touching = {(m[0], m[5]) for m in marks if m[1] < block.end and block.start < m[2]}
            assert touching <= within


def test_store_view_and_audit_agree_and_undo_restores_all(qapp: QApplication) -> None:
    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=25,
            stateful_step_count=_STEPS,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
