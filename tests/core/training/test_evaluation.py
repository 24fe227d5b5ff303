"""Reports against seqeval itself and against a count written by hand."""

from __future__ import annotations

import warnings
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seqeval.metrics import classification_report  # type: ignore[import-untyped]  # no stubs
from seqeval.scheme import IOB2  # type: ignore[import-untyped]  # no stubs

from core.schema.documents import Document, LabelledDocument, PredictedSpan, Span
from core.schema.learning import Score
from core.text.iob import spans_to_tags, tags_to_spans
from core.text.words import document_words
from core.training.evaluation import report
from tests.core.training import nesting
from tests.core.training.nesting import spans_of_labels

LABELS = ("cancer", "drug", "gout")
WORDS = 12
TEXT = " ".join("word" for _ in range(WORDS))

spans_of_text = st.lists(
    st.tuples(st.integers(0, WORDS - 1), st.integers(1, 3), st.sampled_from(LABELS)), max_size=6
)


def spans(drawn: list[tuple[int, int, str]]) -> tuple[Span, ...]:
    """Spans on words that do not overlap, from first words and lengths."""
    kept: list[Span] = []
    free = 0
    for first, length, label in sorted(drawn):
        last = min(first + length, WORDS)
        if first >= free:
            kept.append(Span(5 * first, 5 * last - 1, label))
            free = last
    return tuple(kept)


def predicted(gold: tuple[Span, ...]) -> tuple[PredictedSpan, ...]:
    return tuple(PredictedSpan(span.start, span.end, span.label, 0.9) for span in gold)


def document(gold: tuple[Span, ...]) -> LabelledDocument:
    return LabelledDocument(Document(1, "note", TEXT), gold)


def score(right: int, found: int, support: int) -> Score:
    precision = right / found if found else 0.0
    recall = right / support if support else 0.0
    both = precision + recall
    return Score(precision, recall, 2 * precision * recall / both if both else 0.0, support)


def close(one: Score, other: Score) -> bool:
    return one.support == other.support and (one.precision, one.recall, one.f1) == pytest.approx(
        (other.precision, other.recall, other.f1)
    )


@given(st.lists(st.tuples(spans_of_text, spans_of_text), min_size=1, max_size=5))
def test_a_report_equals_a_count_by_hand(
    drawn: list[tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]],
) -> None:
    gold = [spans(one) for one, _ in drawn]
    found = [spans(other) for _, other in drawn]
    made = report([document(one) for one in gold], [predicted(some) for some in found], LABELS)

    def keys(every: list[tuple[Span, ...]]) -> Counter[tuple[int, int, int, str]]:
        return Counter(
            (number, span.start, span.end, span.label)
            for number, some in enumerate(every)
            for span in some
        )

    in_gold, in_found = keys(gold), keys(found)
    both = in_gold & in_found

    def count(of: Counter[tuple[int, int, int, str]], label: str) -> int:
        return sum(number for key, number in of.items() if key[3] == label)

    by_label = {
        label: score(count(both, label), count(in_found, label), count(in_gold, label))
        for label in LABELS
    }
    assert all(close(made.labels[label], by_label[label]) for label in LABELS)
    assert close(made.micro, score(both.total(), in_found.total(), in_gold.total()))
    seen = [label for label in LABELS if count(in_gold, label) or count(in_found, label)]
    if seen:
        assert made.macro.f1 == pytest.approx(sum(by_label[name].f1 for name in seen) / len(seen))
        weights = [by_label[name].support for name in seen]
        if sum(weights):
            assert made.weighted.f1 == pytest.approx(
                sum(by_label[name].f1 * by_label[name].support for name in seen) / sum(weights)
            )
    assert made.macro.support == made.weighted.support == made.micro.support == in_gold.total()


@given(st.lists(st.tuples(spans_of_text, spans_of_text), min_size=1, max_size=5))
def test_a_report_equals_seqeval(
    drawn: list[tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]],
) -> None:
    gold = [spans(one) for one, _ in drawn]
    found = [spans(other) for _, other in drawn]
    words = document_words(Document(1, "note", TEXT))
    gold_tags = [spans_to_tags(words, some)[0] for some in gold]
    found_tags = [spans_to_tags(words, some)[0] for some in found]
    if not any(gold) and not any(found):
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = classification_report(
            gold_tags, found_tags, mode="strict", scheme=IOB2, output_dict=True, zero_division=0
        )
    made = report([document(one) for one in gold], [predicted(some) for some in found], LABELS)
    for name, ours in (
        ("micro avg", made.micro),
        ("macro avg", made.macro),
        ("weighted avg", made.weighted),
        *((label, made.labels[label]) for label in LABELS if label in table),
    ):
        theirs = table[name]
        assert (ours.precision, ours.recall, ours.f1, ours.support) == pytest.approx(
            (theirs["precision"], theirs["recall"], theirs["f1-score"], theirs["support"])
        )


@settings(max_examples=50)
@given(st.lists(st.tuples(spans_of_labels(), spans_of_labels()), min_size=1, max_size=3))
def test_overlapping_spans_are_counted_as_by_hand(
    drawn: list[tuple[tuple[Span, ...], tuple[Span, ...]]],
) -> None:
    made = report(
        [LabelledDocument(Document(1, "note", nesting.TEXT), gold) for gold, _ in drawn],
        [predicted(found) for _, found in drawn],
        nesting.LABELS,
    )
    for label in nesting.LABELS:
        gold, found = (
            {
                (number, span.start, span.end)
                for number, pair in enumerate(drawn)
                for span in pair[side]
                if span.label == label
            }
            for side in (0, 1)
        )
        assert close(made.labels[label], score(len(gold & found), len(found), len(gold)))


@settings(max_examples=50)
@given(st.lists(st.tuples(spans_of_text, spans_of_text), min_size=1, max_size=5))
def test_one_sequence_and_one_for_each_label_count_alike(
    drawn: list[tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]],
) -> None:
    pairs = [(spans(one), predicted(spans(other))) for one, other in drawn]
    flat = report([document(gold) for gold, _ in pairs], [found for _, found in pairs], LABELS)
    # Labels that nobody else uses, one inside the other, have every document laid out by label.
    nest = (Span(0, 9, "outer"), Span(0, 4, "inner"))
    parted = report(
        [document((*gold, *nest)) for gold, _ in pairs],
        [(*found, *predicted(nest)) for _, found in pairs],
        (*LABELS, "outer", "inner"),
    )
    assert {label: parted.labels[label] for label in LABELS} == flat.labels
    assert parted.labels["outer"] == parted.labels["inner"] == Score(1.0, 1.0, 1.0, len(pairs))


def test_a_span_that_is_found_twice_is_once_wrong() -> None:
    twice = (PredictedSpan(0, 14, "gout", 0.9), PredictedSpan(0, 9, "gout", 0.9))
    made = report([document((Span(0, 14, "gout"),))], [twice], LABELS)
    assert close(made.micro, Score(0.5, 1.0, 2 / 3, 1))


def test_a_span_counts_as_a_whole_not_by_its_words() -> None:
    gold = (Span(0, 14, "gout"),)
    made = report([document(gold)], [(PredictedSpan(0, 9, "gout", 0.9),)], LABELS)
    assert close(made.micro, Score(0.0, 0.0, 0.0, 1))


def test_the_right_stretch_with_the_wrong_label_is_wrong() -> None:
    made = report([document((Span(0, 4, "gout"),))], [(PredictedSpan(0, 4, "drug", 0.9),)], LABELS)
    assert made.micro.f1 == 0.0
    assert made.labels["gout"].support == 1


def test_gold_spans_that_tags_cannot_hold_are_missed() -> None:
    inner = Span(5, 9, "gout")
    broken = Span(20, 34, "drug", pieces=((20, 24), (30, 34)))
    gold = (Span(0, 14, "gout"), inner, broken)
    made = report([document(gold)], [(PredictedSpan(0, 14, "gout", 0.9),)], LABELS)
    assert close(made.micro, Score(1.0, 1 / 3, 0.5, 3))
    assert close(made.labels["drug"], Score(0.0, 0.0, 0.0, 1))


def test_nothing_to_find_and_nothing_found() -> None:
    made = report([document(())], [()], LABELS)
    zero = Score(0.0, 0.0, 0.0, 0)
    assert (made.micro, made.macro, made.weighted) == (zero, zero, zero)
    assert made.labels == dict.fromkeys(LABELS, zero)


@given(spans_of_text)
def test_spans_survive_the_way_through_tags(drawn: list[tuple[int, int, str]]) -> None:
    gold = spans(drawn)
    words = document_words(Document(1, "note", TEXT))
    tags, left_out = spans_to_tags(words, gold)
    assert left_out == []
    assert [(s.start, s.end, s.label) for s in tags_to_spans(words, tags)] == [
        (s.start, s.end, s.label) for s in gold
    ]
