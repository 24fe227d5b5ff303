"""Guessing hidden sub-tokens: what the logits stand for, with the whole table and a small one."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from core.training.compact_embeddings import CompactVocabulary
from core.training.guesser import Guesser, known_encoder

READ = [5, 9, 14, 9]


def guesser_of(backbone: Path, *, kept: set[int] | None = None) -> Guesser:
    encoder = known_encoder(str(backbone), fused=False)
    if kept is not None:
        CompactVocabulary(encoder, kept)
    torch.manual_seed(1)
    guesser = Guesser(encoder)
    guesser.train(False)
    return guesser


def logits_of(guesser: Guesser) -> torch.Tensor:
    ids = torch.tensor([READ])
    with torch.no_grad():
        answer = guesser(ids, torch.ones_like(ids), torch.tensor([[False, True, False, True]]))
    assert isinstance(answer, torch.Tensor)
    return answer


def test_each_sub_token_has_its_logit(backbone: Path) -> None:
    guesser = guesser_of(backbone)
    logits = logits_of(guesser)
    assert logits.shape == (2, guesser.encoder.config.vocab_size)
    assert guesser.entries(torch.tensor(READ)).tolist() == READ


def test_a_small_table_guesses_among_what_is_left_as_the_whole_one_does(backbone: Path) -> None:
    small = guesser_of(backbone, kept=set(READ))
    whole = logits_of(guesser_of(backbone))
    found = logits_of(small)
    wanted = torch.tensor([5, 9, 14])
    assert found.shape == (2, 4)  # and the padding
    torch.testing.assert_close(found[:, small.entries(wanted)], whole[:, wanted])


@pytest.mark.parametrize("kept", [None, set(READ)])
def test_the_first_guesses_are_as_likely_as_sub_tokens_are_frequent(
    backbone: Path, kept: set[int] | None
) -> None:
    guesser = guesser_of(backbone, kept=kept)
    with torch.no_grad():
        for one in guesser.head:
            one.zero_()  # what it says then is the bias alone
    guesser.expect({5: 3_000_000, 9: 900_000, 14: 100_000})
    likely = torch.softmax(logits_of(guesser)[0], dim=0)
    numbers = guesser.entries(torch.tensor([5, 9, 14]))
    torch.testing.assert_close(
        likely[numbers], torch.tensor([0.75, 0.225, 0.025]), atol=0.02, rtol=0
    )
    assert (likely > 0).all()


def test_the_head_is_all_that_is_not_the_encoder(backbone: Path) -> None:
    guesser = guesser_of(backbone, kept=set(READ))
    encoder = {id(one) for one in guesser.encoder.parameters()}
    assert {id(one) for one in guesser.head} == {id(one) for one in guesser.parameters()} - encoder


def test_the_encoder_can_be_held(backbone: Path) -> None:
    guesser = guesser_of(backbone, kept=set(READ))
    guesser.hold_encoder(held=True)
    learning = [name for name, one in guesser.named_parameters() if one.requires_grad]
    assert learning
    assert not any(name.startswith("encoder.") for name in learning)
    guesser.hold_encoder(held=False)
    assert all(one.requires_grad for one in guesser.parameters())
