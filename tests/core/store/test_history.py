"""Whatever is done, undone and redone: the audit alone tells it, and undoing all restores all."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from core.schema.documents import PredictedSpan, ReviewStatus, Span
from core.schema.errors import KnownError
from core.schema.labels import Label
from core.store import audit, documents, edits, labels
from core.store.changes import Applied, Edit
from core.store.project import Project
from core.store.verification import verify
from tests.core.store.conftest import SCHEME, TEXT, add_model, imported, suggest

_DOCUMENTS = st.integers(1, 2)
_OFFSETS = st.integers(0, len(TEXT) - 1)
_LENGTHS = st.integers(1, 12)
_PICKS = st.integers(0, 50)
_KEPT_STATE = tuple[object, ...]


class History(RuleBasedStateMachine):
    """One annotator at work on two records with suggestions, with a linear undo stack."""

    @initialize()
    def begin(self) -> None:
        self.home = Path(tempfile.mkdtemp())
        folder = self.home / "p.chartmark"
        self.project = Project.create(folder=folder, scheme=SCHEME, annotator="Ada")
        documents.add_documents(
            project=self.project,
            documents=[imported("one"), imported("two", TEXT, Span(0, 9, "drug"))],
        )
        model = add_model(self.project)
        for key in (1, 2):
            spans = [PredictedSpan(start, start + 4, "drug", 0.5) for start in range(0, 40, 8)]
            suggest(self.project, model, key, *spans)
        self.done: list[Edit] = []
        self.undone: list[Edit] = []
        self.names = ["drug", "disease"]
        self.first = self.state()
        self.seen = [(audit.last_event(project=self.project), self.spans())]

    def teardown(self) -> None:
        if hasattr(self, "project"):
            self.undo_everything()
            self.project.close()
            shutil.rmtree(self.home)

    def spans(self) -> dict[int, tuple[Span, ...]]:
        return {key: documents.spans(project=self.project, document_id=key) for key in (1, 2)}

    def state(self) -> _KEPT_STATE:
        return (
            self.spans(),
            [
                documents.suggestions(project=self.project, document_id=key, open_only=False)
                for key in (1, 2)
            ],
            [documents.review(project=self.project, document_id=key).status for key in (1, 2)],
        )

    def did(self, applied: Applied) -> None:
        if applied.edit.changes:
            self.done.append(applied.edit)
            self.undone.clear()

    def undo_everything(self) -> None:
        while self.done:
            self.undo()
        assert self.state() == self.first

    @rule(key=_DOCUMENTS, start=_OFFSETS, length=_LENGTHS, pick=_PICKS)
    def label(self, key: int, start: int, length: int, pick: int) -> None:
        end = min(start + length, len(TEXT))
        span = Span(start, end, self.names[pick % len(self.names)])
        self.did(edits.add_spans(project=self.project, document_id=key, spans=[span]))

    @rule(pick=_PICKS, start=_OFFSETS, length=_LENGTHS)
    def change(self, pick: int, start: int, length: int) -> None:
        found = [span for spans in self.spans().values() for span in spans]
        if found:
            span = found[pick % len(found)]
            label = self.names[(pick + 1) % len(self.names)]
            end = min(start + length, len(TEXT))
            changed = Span(start, end, label, ("negated",), id=span.id)
            # What another span has already cannot be taken; every other refusal is a fault.
            with suppress(KnownError):
                self.did(edits.replace_span(project=self.project, span=changed))
                return
            taken = {(s.start, s.end, s.label) for spans in self.spans().values() for s in spans}
            assert (start, end, label) in taken

    @rule(picks=st.sets(_PICKS, min_size=1, max_size=3))
    def delete(self, picks: set[int]) -> None:
        found = [span.id for spans in self.spans().values() for span in spans]
        chosen = {found[pick % len(found)] for pick in picks if found}
        self.did(edits.delete_spans(project=self.project, span_ids=sorted(chosen)))

    @rule(key=_DOCUMENTS, pick=_PICKS, verb=st.sampled_from(["accept", "reject", "correct"]))
    def decide(self, key: int, pick: int, verb: str) -> None:
        found = documents.suggestions(project=self.project, document_id=key)
        if not found:
            return
        chosen = found[pick % len(found)].id
        if verb == "accept":
            applied = edits.accept_suggestions(project=self.project, suggestion_ids=[chosen])
        elif verb == "reject":
            applied = edits.reject_suggestions(project=self.project, suggestion_ids=[chosen])
        else:
            span = Span(pick, pick + 3, self.names[0])
            applied = edits.correct_suggestion(
                project=self.project, suggestion_id=chosen, span=span
            )
        self.did(applied)

    @rule(text=st.sampled_from(["metformin", "a", "糖尿病"]))
    def label_everywhere(self, text: str) -> None:
        found = documents.find_mentions(
            project=self.project, text=text, label=self.names[0], document_ids=None
        )
        self.did(edits.add_mentions(project=self.project, mentions=found))

    @rule(key=_DOCUMENTS, status=st.sampled_from(ReviewStatus))
    def review(self, key: int, status: ReviewStatus) -> None:
        self.did(edits.set_review(project=self.project, document_id=key, status=status))

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        edit = self.done.pop()
        applied = edits.apply(project=self.project, edit=edit.inverse(), kind="undo")
        self.undone.append(applied.edit.inverse())

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        edit = self.undone.pop()
        self.done.append(edits.apply(project=self.project, edit=edit, kind="redo").edit)

    @rule()
    def remember(self) -> None:
        self.seen.append((audit.last_event(project=self.project), self.spans()))

    @invariant()
    def audit_alone_tells_the_present_and_the_past(self) -> None:
        if not hasattr(self, "project"):
            return
        assert verify(project=self.project) == []
        event, spans = self.seen[-1]
        assert audit.spans_as_of(project=self.project, event=event) == spans


class Renaming(History):
    """The same while labels are renamed: undo still reaches back, past names stay past."""

    @rule(pick=_PICKS)
    def rename(self, pick: int) -> None:
        label = labels.scheme(project=self.project).labels[pick % 2]
        name = f"{label.name[:7]}-{pick}"
        if name not in self.names:
            changed = Label(name, label.colour, label.hotkey, id=label.id)
            labels.change_label(project=self.project, label=changed)
            self.names = list(labels.scheme(project=self.project).names())

    def undo_everything(self) -> None:
        while self.done:
            self.undo()
        stretches = [(span.start, span.end) for spans in self.spans().values() for span in spans]
        assert stretches == [(0, 9)]
        assert self.state()[2] == self.first[2]


_SETTINGS = settings(
    max_examples=30,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestHistory = History.TestCase
TestHistory.settings = _SETTINGS
TestRenaming = Renaming.TestCase
TestRenaming.settings = _SETTINGS
