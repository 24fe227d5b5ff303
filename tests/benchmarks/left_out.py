"""Parts of the learning engine that an ablation leaves out, each with what then stands for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from unittest.mock import patch

import torch
from torch.nn.functional import cross_entropy

from core.inference import agreement
from core.inference.heads import Head
from core.training import averaging, job
from core.training.chain import Chain
from core.training.dataset import IGNORED

_LATEST = 1e12
"""A decay with which the latest weights alone count."""


def _word_by_word(chain: Chain, logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Return cross-entropy, as ``Chain.loss`` would be if no word had neighbours."""
    flat = targets.view(-1)
    total = cross_entropy(
        logits.float().view(len(flat), -1), flat, ignore_index=IGNORED, reduction="sum"
    )
    return total + 0.0 * chain.weight.sum()


def _as_it_began(chain: Chain) -> Head:
    return chain.head


def _no_chain() -> AbstractContextManager[object]:
    both = ExitStack()
    both.enter_context(patch.object(Chain, "loss", _word_by_word))
    both.enter_context(patch.object(Chain, "learned", _as_it_began))
    return both


def _no_mean() -> AbstractContextManager[object]:
    return patch.object(averaging, "_DECAY", _LATEST)


def _no_agreement() -> AbstractContextManager[object]:
    return patch.object(agreement, "find_definitions", lambda *_: [])


def _no_restraint() -> AbstractContextManager[object]:
    return patch.object(job, "restrained", lambda _documents, _logits, head, **_: head)


LEFT_OUT: dict[str, Callable[[], AbstractContextManager[object]]] = {
    "": nullcontext,
    "agreement": _no_agreement,
    "chain": _no_chain,
    "mean of weights": _no_mean,
    "restraint": _no_restraint,
}
"""By the name of the part, a context in which trainings go without it. Only a training of several
rounds has restraint."""
