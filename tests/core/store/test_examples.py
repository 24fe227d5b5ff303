from __future__ import annotations

from core.schema.documents import PredictedSpan, Span
from core.store import documents, edits, labels
from core.store.documents import add_documents
from core.store.examples import Examples, label_examples
from core.store.project import Project
from tests.core.store.conftest import TEXT, add_model, imported, suggest

DRUG, DISEASE = "drug", "disease"


def key_of(project: Project, name: str) -> int:
    return next(lb.id for lb in labels.scheme(project=project).labels if lb.name == name)


def place(text: str) -> tuple[int, int]:
    start = TEXT.index(text)
    return start, start + len(text)


def test_most_frequent_come_first_whatever_their_case(project: Project) -> None:
    lower = imported("three", TEXT.lower(), Span(0, 9, DRUG), Span(*place("500"), DRUG))
    add_documents(project=project, documents=[lower])
    for key in (1, 2):
        span = Span(*place("Metformin"), DRUG)
        edits.add_spans(project=project, document_id=key, spans=[span])
    sick = Span(*place("糖尿病"), DISEASE)
    edits.add_spans(project=project, document_id=1, spans=[sick])
    assert label_examples(project=project, label_id=key_of(project, DRUG)) == Examples(
        ("Metformin", "500"), ()
    )
    assert label_examples(project=project, label_id=key_of(project, DISEASE)).labelled == (
        "糖尿病",
    )
    assert (
        len(label_examples(project=project, label_id=key_of(project, DRUG), most=1).labelled) == 1
    )


def test_refused_suggestions_are_counter_examples_unless_labelled(project: Project) -> None:
    model = add_model(project)
    spans = [PredictedSpan(*place(text), DRUG, 0.9) for text in ("Metformin", "diabetes", "man")]
    suggest(project, model, 1, *spans)
    keys = [item.id for item in documents.suggestions(project=project, document_id=1)]
    edits.reject_suggestions(project=project, suggestion_ids=keys[:2])
    edits.add_spans(project=project, document_id=2, spans=[Span(*place("Metformin"), DRUG)])
    found = label_examples(project=project, label_id=key_of(project, DRUG))
    assert found == Examples(("Metformin",), ("diabetes",))


def test_long_and_broken_stretches_are_left_out(project: Project) -> None:
    text = "one\ntwo " + "long " * 30
    made = imported("four", text, Span(0, 7, DRUG), Span(8, 120, DRUG))
    add_documents(project=project, documents=[made])
    assert label_examples(project=project, label_id=key_of(project, DRUG)) == Examples((), ())
