from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.confidence import best_apart, percent, with_sure
from app.record import Record
from core.schema.documents import Document, ReviewStatus, Suggestion
from core.store.documents import Review

SUGGESTIONS = st.lists(
    st.builds(
        lambda start, length, label, score: (start, start + length, label, score),
        st.integers(0, 40),
        st.integers(1, 12),
        st.sampled_from(("drug", "disease")),
        st.floats(0, 1),
    ),
    max_size=12,
).map(
    lambda rows: tuple(
        Suggestion(start, end, label, score, id=key)
        for key, (start, end, label, score) in enumerate(rows, start=1)
    )
)


def record(*suggestions: Suggestion) -> Record:
    document = Document(1, "note", "x" * 60)
    return Record(document, (), suggestions, Review(ReviewStatus.TODO, 0.0, ""))


def test_what_says_eighty_per_cent_is_there_at_eighty() -> None:
    whole = record(Suggestion(0, 1, "drug", 0.796, id=1), Suggestion(2, 3, "drug", 0.794, id=2))
    assert [item.id for item in with_sure(whole, 80).suggestions] == [1]
    assert with_sure(whole, 0) is whole
    assert with_sure(whole, 100).suggestions == ()
    assert (percent(0.999), percent(1.0), percent(-0.1)) == (99, 100, 0)


def test_of_two_labels_for_one_stretch_only_the_surer_is_taken() -> None:
    one = Suggestion(0, 9, "drug", 0.7, id=1)
    other = Suggestion(0, 9, "disease", 0.8, id=2)
    apart = Suggestion(9, 12, "drug", 0.2, id=3)
    assert best_apart((one, other, apart)) == (other, apart)


@given(SUGGESTIONS)
def test_taken_ones_never_overlap_and_each_left_one_overlaps_a_surer(
    suggestions: tuple[Suggestion, ...],
) -> None:
    taken = best_apart(suggestions)
    for one, other in pairwise(taken):
        assert one.end <= other.start
    for left in set(suggestions) - set(taken):
        assert any(
            item.start < left.end and left.start < item.end and item.score >= left.score
            for item in taken
        )


def test_labels_of_one_model_that_nest_are_taken_together() -> None:
    outer = Suggestion(0, 9, "finding", 0.7, model_version_id=3, id=1)
    inner = Suggestion(0, 4, "site", 0.8, model_version_id=3, id=2)
    of_a_list = Suggestion(5, 9, "drug", 1.0, term_list_id=1, id=3)
    older = Suggestion(0, 9, "drug", 0.1, model_version_id=2, id=4)
    same_label = Suggestion(2, 9, "site", 0.2, model_version_id=3, id=5)
    same_stretch = Suggestion(0, 9, "drug", 0.3, model_version_id=3, id=6)
    assert best_apart((outer, inner, older, same_label, same_stretch)) == (inner, outer)
    assert best_apart((outer, inner, of_a_list)) == (inner, of_a_list)
