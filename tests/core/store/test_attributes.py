from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from core.schema.attributes import AttributeDefinition, AttributeKind, Code
from core.schema.documents import Span
from core.schema.errors import KnownError
from core.schema.labels import LabelScheme
from core.store import attributes, codes, documents, edits, labels
from core.store.audit import last_event
from core.store.engine import make_engine
from core.store.project import Project
from core.store.verification import verify
from tests.core.store.conftest import SCHEME

SEVERITY = AttributeDefinition("severity", AttributeKind.CHOICE, ("mild", "severe"), ("disease",))
ICD = AttributeDefinition("icd10", AttributeKind.CODE)
ENTRIES = (
    Code("J44.0", "COPD with infection"),
    Code("J44.1", "COPD with acute exacerbation"),
    Code("J45", "Asthma"),
    Code("E11", "Type 2 diabetes mellitus"),
    Code("E14", "糖尿病"),
)


def add(project: Project, definition: AttributeDefinition) -> AttributeDefinition:
    """The definition as it is stored."""
    attributes.add_attribute(project=project, definition=definition)
    return attributes.definitions(project=project)[-1]


def test_definition_is_there_again_when_the_project_is_opened(
    folder: Path, project: Project, reopened: Callable[[], Project]
) -> None:
    added = add(project, SEVERITY)
    assert added == replace(SEVERITY, id=added.id)
    assert verify(project=project) == []
    project.close()
    with reopened() as again:
        assert labels.scheme(project=again).attributes == (added,)


def test_project_is_made_with_attributes(tmp_path: Path) -> None:
    scheme = replace(SCHEME, attributes=(SEVERITY,))
    with Project.create(folder=tmp_path / "new.chartmark", scheme=scheme) as made:
        assert attributes.definitions(project=made) == (replace(SEVERITY, id=1),)
        assert verify(project=made) == []
        assert labels.scheme(project=made, as_of=1).attributes == (replace(SEVERITY, id=1),)


def test_scheme_of_the_past_has_its_attributes(project: Project) -> None:
    added = add(project, SEVERITY)
    before = last_event(project=project)
    attributes.change_attribute(
        project=project, definition=replace(added, choices=("mild",), labels=())
    )
    changed = last_event(project=project)
    attributes.remove_attribute(project=project, attribute_id=added.id)
    assert labels.scheme(project=project).attributes == ()
    assert labels.scheme(project=project, as_of=before).attributes == (added,)
    (past,) = labels.scheme(project=project, as_of=changed).attributes
    assert (past.choices, past.labels) == (("mild",), ())
    assert verify(project=project) == []


def test_labels_keep_a_choice_that_is_taken_away(project: Project) -> None:
    added = add(project, SEVERITY)
    span = Span(0, 9, "disease", ("severity=severe",))
    edits.add_spans(project=project, document_id=1, spans=[span])
    attributes.change_attribute(project=project, definition=replace(added, choices=("mild",)))
    assert documents.spans(project=project, document_id=1)[0].attributes == ("severity=severe",)
    assert attributes.use_counts(project=project) == {added.id: 1}


def test_attribute_that_labels_hold_is_not_renamed(project: Project) -> None:
    added = add(project, SEVERITY)
    other = Span(0, 9, "disease", ("severity-old=x", "severityx"))
    edits.add_spans(project=project, document_id=1, spans=[other])
    attributes.change_attribute(project=project, definition=replace(added, name="grade"))
    attributes.change_attribute(project=project, definition=replace(added, name="severity"))
    held = Span(10, 13, "disease", ("severity=mild",))
    edits.add_spans(project=project, document_id=1, spans=[held])
    with pytest.raises(KnownError, match="1 labels have it"):
        attributes.change_attribute(project=project, definition=replace(added, name="grade"))


def test_definition_follows_its_label(project: Project) -> None:
    add(project, SEVERITY)
    (drug, disease) = labels.scheme(project=project).labels
    labels.change_label(project=project, label=replace(disease, name="disorder"))
    assert labels.scheme(project=project).attributes[0].labels == ("disorder",)
    labels.merge_labels(project=project, source_id=disease.id, target_id=drug.id)
    assert labels.scheme(project=project).attributes[0].labels == ("drug",)
    assert verify(project=project) == []


def test_what_cannot_be_is_refused_and_nothing_is_audited(project: Project) -> None:
    add(project, SEVERITY)
    before = last_event(project=project)
    for name in ("Severity", "negated", "a b"):
        with pytest.raises(KnownError):
            add(project, AttributeDefinition(name))
    with pytest.raises(ValueError, match="no such label"):
        add(project, AttributeDefinition("side", labels=("ghost",)))
    with pytest.raises(LookupError):
        attributes.remove_attribute(project=project, attribute_id=99)
    assert last_event(project=project) == before


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("j44", ["J44.0", "J44.1"]),
        ("J44.1", ["J44.1"]),
        ("copd", ["J44.1", "J44.0"]),
        ("acute copd", ["J44.1"]),
        ("mellit", ["E11"]),
        ("e", ["E11", "E14", "J44.0", "J44.1"]),
        ("糖尿", ["E14"]),
        ("尿病", ["E14"]),
        ("", ["J44.0", "J44.1", "J45", "E11", "E14"]),
        ('no "such" code', []),
        ("100%", []),
    ],
)
def test_code_is_found_by_its_beginning_or_words_of_its_term(
    project: Project, typed: str, found: list[str]
) -> None:
    added = add(project, ICD)
    other = add(project, replace(ICD, name="other"))
    codes.load_codes(project=project, attribute_id=added.id, codes=ENTRIES, source="icd.csv")
    codes.load_codes(
        project=project, attribute_id=other.id, codes=[Code("J44.9", "copd")], source="o.csv"
    )
    hits = codes.look_up(project=project, attribute_id=added.id, query=typed)
    assert [hit.code for hit in hits] == found


def test_new_list_takes_the_place_of_the_old_one(project: Project) -> None:
    added = add(project, ICD)
    codes.load_codes(project=project, attribute_id=added.id, codes=ENTRIES, source="a.csv")
    codes.load_codes(project=project, attribute_id=added.id, codes=ENTRIES[:1], source="b.csv")
    (now,) = attributes.definitions(project=project)
    assert (now.code_count, now.code_source) == (1, "b.csv")
    assert codes.look_up(project=project, attribute_id=added.id, query="asthma") == ()
    assert codes.look_up(project=project, attribute_id=added.id, query="") == ENTRIES[:1]
    assert verify(project=project) == []
    attributes.change_attribute(project=project, definition=replace(now, kind=AttributeKind.TEXT))
    assert codes.look_up(project=project, attribute_id=added.id, query="") == ()
    assert verify(project=project) == []


def test_cancelled_loading_leaves_the_list_as_it_was(project: Project) -> None:
    added = add(project, ICD)
    codes.load_codes(project=project, attribute_id=added.id, codes=ENTRIES, source="a.csv")
    before = last_event(project=project)

    def cancel(done: int, _total: int) -> None:
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        codes.load_codes(
            project=project,
            attribute_id=added.id,
            codes=ENTRIES[:1],
            source="b.csv",
            progress=cancel,
        )
    assert len(codes.look_up(project=project, attribute_id=added.id, query="")) == len(ENTRIES)
    assert last_event(project=project) == before
    other = add(project, SEVERITY)
    with pytest.raises(KnownError, match="takes no codes"):
        codes.load_codes(project=project, attribute_id=other.id, codes=ENTRIES, source="a.csv")


def test_tampered_list_or_definition_is_found(project: Project) -> None:
    added = add(project, ICD)
    codes.load_codes(project=project, attribute_id=added.id, codes=ENTRIES, source="a.csv")
    with project.write() as connection:
        connection.execute(text("UPDATE code SET term = 'Gout' WHERE code = 'J45'"))
    assert [finding.kind for finding in verify(project=project)] == ["codes"]
    with project.write() as connection:
        connection.execute(text("UPDATE attribute_definition SET description = 'x'"))
    assert [finding.kind for finding in verify(project=project)] == ["codes", "audit"]


def test_project_of_the_second_revision_gets_attributes(tmp_path: Path) -> None:
    folder = tmp_path / "old.chartmark"
    with Project.create(folder=folder, scheme=LabelScheme(SCHEME.labels)) as made:
        labels.add_label(project=made, label=replace(SCHEME.labels[0], name="sign"))
    engine = make_engine(folder / "store.db", passphrase=None, mode="rw")
    with engine.connect() as connection, connection.begin():
        for statement in (
            "DROP TABLE code_search",
            "DROP TABLE code",
            "DROP TABLE attribute_definition",
            "ALTER TABLE run DROP COLUMN start_model_id",
            "ALTER TABLE run DROP COLUMN teacher_model_id",
            "UPDATE alembic_version SET version_num = '0002'",
        ):
            connection.execute(text(statement))
    engine.dispose()
    with Project.open(folder=folder) as opened:
        assert attributes.definitions(project=opened) == ()
        added = add(opened, ICD)
        codes.load_codes(project=opened, attribute_id=added.id, codes=ENTRIES, source="a.csv")
        assert len(codes.look_up(project=opened, attribute_id=added.id, query="copd")) == 2
        assert verify(project=opened) == []
    (copy,) = (folder / "backups").iterdir()
    assert "revision-0002" in copy.name
