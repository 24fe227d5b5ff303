from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.schema.documents import PredictedSpan, ReviewStatus, Span
from core.schema.errors import KnownError
from core.store import chain, documents, edits
from core.store.changes import Applied
from core.store.project import Project
from core.store.workday import Work, WorkCount
from tests.core.store.conftest import add_model, suggest

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def undo(project: Project, applied: Applied) -> Applied:
    return edits.apply(project=project, edit=applied.edit.inverse(), kind="undo")


def mark(project: Project, document_id: int, status: ReviewStatus) -> Applied:
    return edits.set_review(project=project, document_id=document_id, status=status)


def test_finished_records_and_new_labels_count(project: Project) -> None:
    count = WorkCount(LONG_AGO)
    assert count.read(project) == Work()
    edits.add_spans(
        project=project, document_id=1, spans=[Span(0, 9, "drug"), Span(21, 29, "disease")]
    )
    mark(project, 1, ReviewStatus.DONE)
    assert count.read(project) == Work(records=1, labels=2)
    assert WorkCount(LONG_AGO).read(project) == Work(records=1, labels=2)


def test_undoing_done_lowers_the_count(project: Project) -> None:
    count = WorkCount(LONG_AGO)
    done = mark(project, 1, ReviewStatus.DONE)
    assert count.read(project).records == 1
    undo(project, done)
    assert count.read(project).records == 0


def test_deleted_and_changed_labels_do_not_count_twice(project: Project) -> None:
    edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    [span] = documents.spans(project=project, document_id=1)
    edits.add_attributes(project=project, added={span.id: ["negated"]})
    assert WorkCount(LONG_AGO).read(project).labels == 1
    edits.delete_spans(project=project, span_ids=[span.id])
    assert WorkCount(LONG_AGO).read(project).labels == 0


def test_accepted_suggestions_are_labels(project: Project) -> None:
    model = add_model(project)
    suggest(project, model, 1, PredictedSpan(0, 9, "drug", 0.9))
    [suggestion] = documents.suggestions(project=project, document_id=1)
    edits.accept_suggestions(project=project, suggestion_ids=[suggestion.id])
    assert WorkCount(LONG_AGO).read(project) == Work(labels=1)


def test_a_record_done_again_counts_once(project: Project) -> None:
    for status in (ReviewStatus.DONE, ReviewStatus.IN_PROGRESS, ReviewStatus.DONE):
        mark(project, 1, status)
    assert WorkCount(LONG_AGO).read(project).records == 1


@pytest.mark.parametrize(
    ("before_midnight", "done_since"), [(0, 2), (1, 1), (2, 2), (3, 1), (4, 0), (5, 1), (6, 0)]
)
def test_only_what_came_since_counts(
    project: Project, monkeypatch: pytest.MonkeyPatch, before_midnight: int, done_since: int
) -> None:
    """Two records are done, reopened and done again, so many of the six times before midnight."""
    midnight = datetime(2040, 3, 5, tzinfo=UTC)
    acts = [
        (key, status)
        for key in (1, 2)
        for status in (ReviewStatus.DONE, ReviewStatus.IN_PROGRESS, ReviewStatus.DONE)
    ]
    for place, (key, status) in enumerate(acts):
        now = midnight + timedelta(minutes=place - before_midnight)
        monkeypatch.setattr(chain, "datetime", _StandingClock(now))
        mark(project, key, status)
    assert WorkCount(midnight).read(project).records == done_since


class _StandingClock:
    """What the audit takes the time from."""

    def __init__(self, stands: datetime) -> None:
        self._stands = stands

    def now(self, zone: tzinfo) -> datetime:
        return self._stands.astimezone(zone)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20
)
@given(acts=st.lists(st.tuples(st.sampled_from([1, 2]), st.sampled_from(ReviewStatus)), max_size=8))
def test_reading_step_by_step_counts_as_reading_at_once(
    project: Project, acts: list[tuple[int, ReviewStatus]]
) -> None:
    since = datetime.now(UTC)
    begun = {key: documents.review(project=project, document_id=key).status for key in (1, 2)}
    stepwise = WorkCount(since)
    stepwise.read(project)
    for key, status in acts:
        mark(project, key, status)
        stepwise.read(project)
    now = {key: documents.review(project=project, document_id=key).status for key in (1, 2)}
    gained = sum(
        now[key] is ReviewStatus.DONE and begun[key] is not ReviewStatus.DONE for key in (1, 2)
    )
    assert stepwise.read(project).records == gained
    assert WorkCount(since).read(project).records == gained


def test_attributes_are_added_in_one_edit(project: Project) -> None:
    edits.add_spans(
        project=project,
        document_id=1,
        spans=[Span(0, 9, "drug", ("family",)), Span(21, 29, "disease")],
    )
    before = documents.spans(project=project, document_id=1)
    added = {before[0].id: ["negated", "family"], before[1].id: ["uncertain"]}
    applied = edits.add_attributes(project=project, added=added)
    after = documents.spans(project=project, document_id=1)
    assert [span.attributes for span in after] == [("family", "negated"), ("uncertain",)]
    assert len(applied.edit.changes) == 2
    undo(project, applied)
    assert documents.spans(project=project, document_id=1) == before
    assert (
        edits.add_attributes(project=project, added={before[0].id: ["family"]}).edit.changes == ()
    )
    edits.delete_spans(project=project, span_ids=[before[0].id])
    with pytest.raises(KnownError):
        edits.add_attributes(project=project, added=added)
