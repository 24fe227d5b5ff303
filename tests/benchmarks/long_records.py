"""Records of any length for the record view's benchmark: every kind of text and of mark."""

from __future__ import annotations

import random
from collections.abc import Sequence

from app.record import Record
from core.operations.sample import LABELS, sample_notes
from core.schema.documents import Document, Piece, ReviewStatus, Span, Suggestion
from core.store.documents import Review
from core.text.words import split_words

SPANS, SUGGESTIONS = 2_000, 500
MAIN = 120_000
"""The length that has so many spans and suggestions; shorter ones have their share."""

_MIXED = (
    "\nDrug      Dose    Since\nMetformin 500 mg  2019 😀\nApixaban  5 mg    2022\n\n"
    "患者有2型糖尿病史，口服二甲双胍，否认冠心病。\n\n"
    "המטופל סובל מסוכרת ונוטל metformin, المريض يعاني من داء السكري.\n\n"
    "Re\u0301sume\u0301 of the café visit \U0001f469\u200d⚕️ and so on.\n\n"
)
_SHAPES = ((1,), (2,), (3,), (1, 3), (1, 3, 8))
"""Words of the spans that begin at one place: one span, or two or three nested ones."""
_GAP = 3
"""Words between the two pieces of a discontinuous span."""


def long_record(length: int, spans: int = SPANS, suggestions: int = SUGGESTIONS) -> Record:
    """Return a record of so many characters with its share of spans.

    There are tables, emoji, combining marks, Chinese and text from right to left all along. Some
    spans are nested three deep, some cross each other or a line's end, some are in two pieces.
    """
    source = _MIXED + "\n".join(note.document.text for note in sample_notes())
    text = (source * (length // len(source) + 1))[:length]
    words = split_words(text)
    chance = random.Random(7)
    share = min(1.0, length / MAIN)
    labelled = _spans(words, round(spans * share), chance)
    suggested = [
        Suggestion(words[at][0], words[at + 1][1], _label(chance), chance.random(), id=index + 1)
        for index, at in enumerate(
            chance.choices(range(len(words) - 2), k=round(suggestions * share))
        )
    ]
    return Record(
        Document(1, "long", text),
        tuple(sorted(labelled, key=reading_order)),
        tuple(sorted(suggested, key=lambda item: (item.start, item.end))),
        Review(ReviewStatus.TODO, 0.0, ""),
    )


def reading_order(span: Span) -> Piece:
    """Return what a record's spans are sorted by."""
    return span.start, span.end


def _spans(words: Sequence[Piece], wanted: int, chance: random.Random) -> list[Span]:
    made: dict[tuple[int, int, str], Span] = {}
    while len(made) < wanted:
        at = chance.randrange(len(words) - 16)
        kind = chance.random()
        if kind < 0.05:
            _add(made, [words[at], words[at + _GAP]], chance)
        elif kind < 0.15:
            # Two that cross each other; so long ones often lie over a line's end.
            _add(made, [(words[at][0], words[at + 3][1])], chance)
            _add(made, [(words[at + 2][0], words[at + 6][1])], chance)
        else:
            for width in chance.choice(_SHAPES):
                _add(made, [(words[at][0], words[at + width][1])], chance)
    return list(made.values())


def _add(
    made: dict[tuple[int, int, str], Span], pieces: list[Piece], chance: random.Random
) -> None:
    start, end, label = pieces[0][0], pieces[-1][1], _label(chance)
    kept = tuple(pieces) if len(pieces) > 1 else ()
    made[start, end, label] = Span(start, end, label, pieces=kept, id=len(made) + 1)


def _label(chance: random.Random) -> str:
    return chance.choice(LABELS).name
