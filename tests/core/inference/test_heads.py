"""The two heads: one softmax as decoded before, and labels that overlap."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.inference.decoding import Floats, best_tags, softmax, spans_on_path
from core.inference.heads import Head, HeadKind
from core.schema.documents import PredictedSpan

LABELS = ("finding", "site", "drug")
WORDS = [(5 * at, 5 * at + 4) for at in range(6)]
TEXT = "word " * 6
SOFTMAX = Head(HeadKind.SOFTMAX, LABELS)
SEVERAL = Head(HeadKind.MULTI_LABEL, LABELS)

sure = st.floats(-6, 6)


def test_outputs_stand_row_by_row() -> None:
    assert SOFTMAX.outputs == len(SOFTMAX.output_names()) == 7
    assert SOFTMAX.output_names()[:3] == ["O", "B-finding", "I-finding"]
    assert SEVERAL.outputs == len(SEVERAL.output_names()) == 9
    assert SEVERAL.output_names()[:4] == ["finding:O", "finding:B", "finding:I", "site:O"]


@given(arrays(np.float64, st.tuples(st.integers(0, 6), st.just(7)), elements=sure))
def test_one_row_is_one_softmax_over_all_tags(logits: Floats) -> None:
    (probabilities,) = SOFTMAX.probabilities([logits], 1.7)
    plain = softmax(logits, 1.7)
    assert np.array_equal(probabilities[:, 0], plain)
    words = WORDS[: len(logits)]
    assert list(SOFTMAX.decode(probabilities, words, TEXT)) == spans_on_path(
        best_tags(plain), plain, words, LABELS
    )


@given(arrays(np.float64, st.tuples(st.integers(0, 6), st.just(9)), elements=sure))
def test_a_row_does_not_see_the_others(logits: Floats) -> None:
    words = WORDS[: len(logits)]
    together = SEVERAL.decode(SEVERAL.probabilities([logits])[0], words, TEXT)
    alone: list[PredictedSpan] = []
    for row, label in enumerate(LABELS):
        one = Head(HeadKind.SOFTMAX, (label,))
        alone += one.decode(one.probabilities([logits[:, 3 * row : 3 * row + 3]])[0], words, TEXT)
    assert sorted(together, key=repr) == sorted(alone, key=repr)
    assert all(
        (one.start, -one.end) <= (other.start, -other.end) for one, other in pairwise(together)
    )
    assert all(0.0 <= span.score <= 1.0 for span in together)
