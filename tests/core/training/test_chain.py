"""The loss of tags in a row against sums by hand, and against what is made of it afterwards."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from core.inference.chain import log_posteriors
from core.inference.decoding import allowed_transitions
from core.inference.heads import Head, HeadKind
from core.training.chain import Chain
from core.training.dataset import IGNORED

FLAT = Head(HeadKind.SOFTMAX, ("drug",))
SEVERAL = Head(HeadKind.MULTI_LABEL, ("drug", "sign"))


def drawn(*shape: int, seed: int = 1) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def learned(head: Head, seed: int = 5) -> Chain:
    chain = Chain(head)
    with torch.no_grad():
        chain.weight.copy_(drawn(*chain.weight.shape, seed=seed) / 10)
    return chain


def by_hand(scores: torch.Tensor, path: list[int], chain: Chain, row: int) -> float:
    """Return the negative log-likelihood of a path, (words, tags), going through all of them."""
    allowed = allowed_transitions(3)
    moves = chain.transitions.detach()[row]

    def score(tags: tuple[int, ...]) -> float:
        steps = sum(float(moves[pair]) for pair in itertools.pairwise(tags))
        return steps + sum(float(scores[at, tag]) for at, tag in enumerate(tags))

    every = [
        score(tags)
        for tags in itertools.product(range(3), repeat=len(path))
        if all(allowed[pair] for pair in itertools.pairwise(tags))
    ]
    return float(np.log(np.exp(every).sum()) - score(tuple(path)))


def test_the_loss_is_that_of_the_gold_path_among_all() -> None:
    chain = learned(FLAT)
    logits = drawn(2, 6, 3)
    targets = torch.tensor(
        [[IGNORED, 1, IGNORED, 2, 0, IGNORED], [IGNORED, 0, 1, IGNORED, IGNORED, IGNORED]]
    )
    expected = by_hand(logits[0, [1, 3, 4]], [1, 2, 0], chain, 0)
    expected += by_hand(logits[1, [1, 2]], [0, 1], chain, 0)
    assert float(chain.loss(logits, targets).detach()) == pytest.approx(expected, rel=1e-5)


def test_a_words_loss_is_the_sum_over_rows() -> None:
    chain = learned(SEVERAL)
    logits = drawn(1, 4, 6)
    targets = torch.tensor([[[1, 0], [2, 1], [IGNORED] * 2, [0, 2]]])
    words = [0, 1, 3]
    expected = by_hand(logits[0, words, :3], [1, 2, 0], chain, 0)
    expected += by_hand(logits[0, words, 3:], [0, 1, 2], chain, 1)
    assert float(chain.loss(logits, targets).detach()) == pytest.approx(expected, rel=1e-5)


def test_windows_add_up_and_one_without_words_adds_nothing() -> None:
    chain = learned(FLAT)
    logits = drawn(3, 5, 3)
    targets = torch.full((3, 5), IGNORED)
    targets[0, 1:4], targets[2, 2] = torch.tensor([1, 2, 2]), 0
    parts = [chain.loss(logits[at : at + 1], targets[at : at + 1]) for at in range(3)]
    assert float(parts[1].detach()) == 0.0
    torch.testing.assert_close(sum(parts), chain.loss(logits, targets))
    parts[1].backward()  # type: ignore[no-untyped-call]  # so in the library
    assert chain.weight.grad is not None
    assert not chain.weight.grad.any()


@pytest.mark.parametrize("head", [FLAT, SEVERAL], ids=["softmax", "multi-label"])
def test_posteriors_are_those_that_a_document_is_read_with(head: Head) -> None:
    chain = learned(head)
    rows = len(head.rows)
    logits = drawn(2, 7, head.outputs)
    words = torch.zeros((2, 7), dtype=torch.bool)
    words[0, [1, 2, 4, 6]] = words[1, [1, 5]] = True
    found = chain.log_posteriors(logits, words).detach().numpy()
    scores = [
        logits[window][words[window]].numpy().reshape(-1, rows, 3).astype(np.float64)
        for window in range(2)
    ]
    expected = np.concatenate(log_posteriors(scores, chain.learned().transitions or ()))
    np.testing.assert_allclose(np.exp(found), np.exp(expected), atol=1e-5)


def test_what_was_learned_is_where_a_continued_training_begins() -> None:
    chain = learned(SEVERAL)
    again = Chain(chain.learned())
    torch.testing.assert_close(again.weight, chain.weight)


def test_it_learns_which_tag_follows_which() -> None:
    chain = Chain(FLAT)
    targets = torch.tensor([[1, 2, 0, 1, 2, 0]])
    optimizer = torch.optim.Adam(chain.parameters(), lr=0.01)
    for _ in range(60):
        optimizer.zero_grad()
        chain.loss(torch.zeros(1, 6, 3), targets).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    moves = chain.transitions.detach()[0]
    assert int(moves[1].argmax()) == 2
    assert moves[2, 0] > moves[2, 2] + 1
