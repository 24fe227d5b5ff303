"""How slow a mean of several trainings should be to find spans: fitted on dev.

The mean of several trainings' weights is less sure of what is no span than any of them by itself,
so it finds too much. A constant on every step to O makes up for it. It stands in the transitions
(``core.inference.chain``), so whatever reads the model has it; only the first word of a record, to
which there is no step, goes without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar  # type: ignore[import-untyped]  # no stubs

from core.inference.heads import Head
from core.schema.documents import LabelledDocument
from core.text.words import document_words
from core.training.chain import Chain
from core.training.dataset import IGNORED
from core.training.targets import word_targets

_MOST = 2.0
"""Nats: no mean of trainings was seen to need half as much."""
_EXPECTED = 0.5
"""Nats that it is thought to be worth, give or take: of few dev words it is a guess."""
_TOLERANCE = 0.01
_LEAST = 0.05
"""Nats below which it changes nothing, and comes of the search's never reaching its bounds."""
_SIDE_BY_SIDE = 32
"""Documents of like length that are gone over together."""
Logits = Sequence[NDArray[np.float64]]


def restrained(
    documents: Sequence[LabelledDocument], logits: Logits, head: Head, *, check: Callable[[], None]
) -> Head:
    """Return a head that is slower to find spans, as far as the dev documents say it should be.

    The constant is the one with the highest posterior of the documents' tags in a row, its prior a
    normal distribution about 0. None is below 0: a mean is never too slow.

    Args:
        documents: With gold spans that the training did not learn from.
        logits: For each document its words' logits, shape (words, outputs).
        head: Of the model.
        check: Called before each look at some documents; may raise to end the work.

    Returns:
        The same head where it has no transitions, or where there are no words.
    """
    if head.transitions is None or not any(len(part) for part in logits):
        return head
    parts = list(_like_in_length(documents, logits, head))

    def loss(restraint: float) -> float:
        chain = Chain(_with(head, restraint))
        total = (restraint / _EXPECTED) ** 2 / 2
        for scores, targets in parts:
            check()
            with torch.no_grad():
                total += float(chain.loss(scores, targets))
        return total

    options = {"xatol": _TOLERANCE}
    found = minimize_scalar(loss, bounds=(0.0, _MOST), method="bounded", options=options)
    return _with(head, float(found.x)) if found.x > _LEAST else head


def _with(head: Head, restraint: float) -> Head:
    transitions = np.array(head.transitions)
    transitions[:, :, 0] += restraint
    return replace(
        head,
        transitions=tuple(tuple(tuple(line) for line in row) for row in transitions.tolist()),
    )


def _like_in_length(
    documents: Sequence[LabelledDocument], logits: Logits, head: Head
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield logits (documents, words, outputs) and targets (documents, words, rows) together."""
    with_words = (at for at in range(len(documents)) if len(logits[at]))
    order = sorted(with_words, key=lambda at: len(logits[at]))
    for begin in range(0, len(order), _SIDE_BY_SIDE):
        some = order[begin : begin + _SIDE_BY_SIDE]
        longest = len(logits[some[-1]])
        scores = torch.zeros(len(some), longest, head.outputs)
        targets = torch.full((len(some), longest, len(head.rows)), IGNORED)
        for place, at in enumerate(some):
            item, length = documents[at], len(logits[at])
            gold, _ = word_targets(head, document_words(item.document), item.spans)
            scores[place, :length] = torch.from_numpy(logits[at]).float()
            targets[place, :length] = torch.from_numpy(gold)
        yield scores, targets
