from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.operations import prelabelling
from core.operations.importing import import_files
from core.operations.prelabelling import Prelabelling, prelabel, save_list
from core.schema.documents import ImportedDocument, ReviewStatus
from core.schema.labels import Label, LabelScheme
from core.schema.term_lists import ListKind, TermList
from core.store import documents, edits, term_lists
from core.store.project import Project

ASPIRIN = TermList("drugs", "drug", ("aspirin",))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project of five records."""
    scheme = LabelScheme((Label("drug"),))
    with Project.create(folder=tmp_path / "p.chartmark", scheme=scheme) as made:
        documents.add_documents(
            project=made,
            documents=[
                ImportedDocument(key=str(n), name=str(n), text=f"{n} mg aspirin") for n in range(5)
            ],
        )
        yield made


def count(project: Project, document_id: int) -> int:
    return len(documents.suggestions(project=project, document_id=document_id))


def test_rounds_end_early_and_edits_get_in_between(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prelabelling, "_RECORDS_AT_ONCE", 2)
    work = Prelabelling(project=project, list_ids=[save_list(project=project, term_list=ASPIRIN)])
    work.keep(work.look())
    assert (work.tally.looked, work.tally.total, work.finished) == (2, 5, False)
    edits.set_review(project=project, document_id=5, status=ReviewStatus.DONE)
    while not work.finished:
        work.keep(work.look())
    assert (work.tally.looked, work.tally.suggestions, work.tally.records) == (5, 4, 4)
    assert work.tally.changes().documents == {1, 2, 3, 4}
    assert count(project, 5) == 0


def test_chosen_records_alone(project: Project) -> None:
    key = save_list(project=project, term_list=ASPIRIN)
    told: list[tuple[int, int]] = []
    tally = prelabel(
        project=project,
        list_ids=[key],
        document_ids=[3],
        progress=lambda _step, done, total: told.append((done, total)),
    )
    assert (tally.suggestions, told) == (1, [(1, 1)])
    assert [count(project, n) for n in (2, 3)] == [0, 1]


def test_a_pattern_that_takes_too_long_leaves_a_record_as_it_was(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = save_list(project=project, term_list=ASPIRIN)
    prelabel(project=project, list_ids=[key])
    slow = TermList("drugs", "drug", ("a.*n",), ListKind.PATTERNS)
    save_list(project=project, term_list=slow)
    ready = Prelabelling(project=project, list_ids=[key])
    monkeypatch.setattr("core.text.patterns.SECONDS_A_RECORD", 0.0)
    while not ready.finished:
        ready.keep(ready.look())
    assert (ready.tally.too_slow, ready.tally.suggestions) == (5, 0)
    assert count(project, 1) == 1


def test_records_imported_later_are_looked_through(project: Project, tmp_path: Path) -> None:
    save_list(project=project, term_list=ASPIRIN)
    save_list(project=project, term_list=TermList("off", "drug", ("mg",), later=False))
    bad, _ = term_lists.add_list(
        project=project, term_list=TermList("bad", "drug", ("(",), ListKind.PATTERNS)
    )
    file = tmp_path / "more.jsonl"
    file.write_text('{"id": "x", "text": "5 mg Aspirin"}\n')

    def impatient(step: str, done: int, total: int) -> None:
        if step == "Looking for terms":
            raise InterruptedError(step, done, total)

    report, changes = import_files(project=project, paths=[file], progress=impatient)
    assert report.added == 1
    assert changes is not None
    assert count(project, 6) == 1
    assert count(project, 1) == 0
    assert term_lists.open_count(project=project, list_id=bad.id) == 0
