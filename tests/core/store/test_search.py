from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.schema.documents import Span
from core.schema.labels import LabelScheme
from core.store.documents import add_documents, find_mentions
from core.store.edits import add_mentions, add_spans
from core.store.project import Project
from core.store.search import search
from tests.core.store.conftest import TEXT, imported


@pytest.mark.parametrize(
    ("query", "ranges"),
    [
        ("metformin", [(0, 9), (58, 67)]),
        ("ETFORM", [(1, 7), (59, 65)]),
        ("糖尿病", [(42, 45)]),
        ("糖尿", [(42, 44)]),
        ("病", [(44, 45)]),
        ("🙂", [(30, 31)]),
        ("🙂 in", [(30, 34)]),
        ('say "x"', []),
        ("AND", []),
        ("*", []),
    ],
)
def test_places_in_code_points(project: Project, query: str, ranges: list[tuple[int, int]]) -> None:
    hits = search(project=project, query=query)
    assert [hit.document_id for hit in hits] == ([1, 2] if ranges else [])
    assert all(list(hit.ranges) == ranges for hit in hits)
    assert all(TEXT[a:b].casefold() == query.casefold() for hit in hits for a, b in hit.ranges)


def test_blank_queries_find_nothing_and_the_limit_holds(project: Project) -> None:
    assert search(project=project, query="  ") == []
    assert len(search(project=project, query="mg", limit=1)) == 1


def test_operators_of_the_index_are_plain_text(project: Project) -> None:
    add_documents(project=project, documents=[imported("q", 'NEAR("a" OR b*) ^text: -x')])
    for query in ('NEAR("a"', "OR b*", '"a" OR', "^text:", "-x", "text: -"):
        assert [hit.document_id for hit in search(project=project, query=query)] == [3]


# SQLite's tokenizer ends at a NUL, which no record of a clinic holds.
_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@settings(max_examples=30, deadline=None)
@given(text=_TEXTS, data=st.data())
def test_every_part_of_a_text_is_found(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    folder = tmp_path_factory.mktemp("search") / "p.chartmark"
    with Project.create(folder=folder, scheme=LabelScheme(())) as project:
        add_documents(project=project, documents=[imported("t", text)])
        hits = search(project=project, query=text[start:end])
        assert bool(hits) is bool(text[start:end].strip())


def mentions(project: Project, text: str, **chosen: bool) -> list[tuple[int, int]]:
    """Stretches of the first document that would be labelled as a drug."""
    found = find_mentions(
        project=project,
        text=text,
        label="drug",
        document_ids=[1],
        whole_words=chosen.get("whole_words", True),
        match_case=chosen.get("match_case", False),
    )
    return [(span.start, span.end) for _, span in found]


def test_mentions_keep_to_words_in_any_script(project: Project) -> None:
    assert mentions(project, "metformin") == [(0, 9), (58, 67)]
    assert mentions(project, "metformin", match_case=True) == []
    assert mentions(project, "Metformin", match_case=True) == [(0, 9), (58, 67)]
    assert mentions(project, "etformin") == []
    assert mentions(project, "etformin", whole_words=False) == [(1, 9), (59, 67)]
    assert mentions(project, "糖尿病") == [(42, 45)]
    assert mentions(project, "尿") == [(43, 44)]
    assert mentions(project, "mg for") == [(14, 20)]
    assert mentions(project, "Metformin ag") == []
    assert mentions(project, " ") == []


def test_mentions_keep_to_the_tokens_that_a_source_gave(project: Project) -> None:
    item = imported("tok", "pre-diabetes")
    with_tokens = type(item)(item.key, item.name, item.text, source=item.source, tokens=((0, 12),))
    add_documents(project=project, documents=[with_tokens])

    def found(text: str) -> int:
        return len(find_mentions(project=project, text=text, label="drug", document_ids=[3]))

    assert (found("diabetes"), found("pre-diabetes")) == (0, 1)


def test_mentions_leave_out_what_has_the_label(project: Project) -> None:
    add_spans(project=project, document_id=1, spans=[Span(0, 13, "drug")])
    add_spans(project=project, document_id=1, spans=[Span(58, 67, "disease")])
    found = find_mentions(project=project, text="metformin", label="drug", document_ids=None)
    assert [(key, span.start) for key, span in found] == [(1, 58), (2, 0), (2, 58)]
    add_mentions(project=project, mentions=found)
    assert find_mentions(project=project, text="metformin", label="drug", document_ids=None) == []
    with pytest.raises(ValueError, match="label"):
        find_mentions(project=project, text="metformin", label="none", document_ids=None)
