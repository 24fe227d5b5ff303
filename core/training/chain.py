"""The chain of a training: scores of transitions from tag to tag, learned beside the encoder.

The loss is the negative log-likelihood of the gold tags of a window's words in a row (Lafferty et
al. 2001), where cross-entropy looks at each word by itself. ``core.inference.chain`` is what is
made of the learned scores afterwards.
"""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import nn

from core.inference.chain import Transitions
from core.inference.decoding import allowed_transitions
from core.inference.heads import Head
from core.training.dataset import IGNORED

_FORBIDDEN = -1e4
"""Score of a transition that makes no sense: no sum of others makes up for it."""
_SPEED = 10.0
"""How many times faster transitions are learned than the encoder, whose rate is a fine one."""


class Chain(nn.Module):
    """Learned scores of transitions between tags; a parameter of the model that is trained.

    Attributes:
        head: With the transitions that it began with.
    """

    def __init__(self, head: Head) -> None:
        """Begin with the transitions of a head, or with such as are all alike.

        Args:
            head: Of the model that is trained.
        """
        super().__init__()
        self.head = head
        rows = len(head.rows)
        tags = head.outputs // rows
        begin = head.transitions
        start = torch.zeros(rows, tags, tags) if begin is None else torch.tensor(begin)
        self.weight = nn.Parameter(start / _SPEED)
        forbidden = torch.where(torch.from_numpy(allowed_transitions(tags)), 0.0, _FORBIDDEN)
        self.register_buffer("_forbidden", forbidden, persistent=False)
        self._forbidden: torch.Tensor

    def join(self, model: nn.Module) -> None:
        """Become a part of a model: optimizer, checkpoints and mean of weights have it then.

        Args:
            model: Whose outputs are a mapping with ``logits``.
        """
        model.add_module("chain", self)

        def take_part(_model: nn.Module, _given: object, outputs: dict[str, torch.Tensor]) -> None:
            outputs["logits"] = outputs["logits"] + 0.0 * self.weight.sum()

        # DistributedDataParallel takes a parameter that no output depends on for unused.
        model.register_forward_hook(take_part)

    @property
    def transitions(self) -> torch.Tensor:
        """Scores of all transitions, shape (rows, tags, tags), in nats."""
        return self.weight.float() * _SPEED + self._forbidden

    def learned(self) -> Head:
        """Return the head with what has been learned so far."""
        scores = (self.weight.detach().float() * _SPEED).cpu().tolist()
        transitions: Transitions = tuple(tuple(tuple(line) for line in row) for row in scores)
        return replace(self.head, transitions=transitions)

    def loss(self, logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        """Return the negative log-likelihood of all words' tags together, in nats.

        Args:
            logits: Shape (windows, length, outputs).
            targets: Shape (windows, length), or (windows, length, rows); ``IGNORED`` where no word
                begins. The words of a window that are taught lie together.
        """
        tags = targets if targets.dim() == 3 else targets[..., None]
        taught = tags[..., 0] != IGNORED
        scores, here = self._words(logits, taught)
        gold = _gathered(tags, taught, here.shape[1]).clamp(min=0)
        chosen = scores.gather(3, gold[..., None])[..., 0]
        row = torch.arange(gold.shape[2], device=gold.device)
        walked = self.transitions[row, gold[:, :-1], gold[:, 1:]]
        right = (chosen * here[..., None]).sum() + (walked * here[:, 1:, None]).sum()
        whole = torch.logsumexp(self._forward(scores, here)[-1], dim=-1)
        return (whole * here[:, :1]).sum() - right

    def log_posteriors(self, logits: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        """Return the logarithm of each tag's probability given all words of its window.

        Args:
            logits: Shape (windows, length, outputs).
            words: Where words begin that count, shape (windows, length); they lie together.

        Returns:
            Shape (words, rows, tags), window by window.
        """
        scores, here = self._words(logits, words)
        forward = torch.stack(self._forward(scores, here), dim=1)
        transitions = self.transitions
        back = torch.zeros_like(scores[:, 0])
        backward = [back]
        for word in range(here.shape[1] - 1, 0, -1):
            onward = (back + scores[:, word])[:, :, None] + transitions
            back = torch.where(
                here[:, word, None, None], torch.logsumexp(onward, dim=-1), torch.zeros_like(back)
            )
            backward.append(back)
        both = forward + torch.stack(backward[::-1], dim=1)
        return torch.log_softmax(both, dim=-1)[here]

    def _words(
        self, logits: torch.Tensor, words: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return words' scores (windows, words, rows, tags), and which of them there are."""
        most = max(int(words.sum(dim=1).max()), 1)
        rows, tags, _ = self.weight.shape
        scores = _gathered(logits.float(), words, most)
        here = torch.arange(most, device=words.device) < words.sum(dim=1, keepdim=True)
        return scores.view(*here.shape, rows, tags), here

    def _forward(self, scores: torch.Tensor, here: torch.Tensor) -> list[torch.Tensor]:
        """Return for each word the log-sum over all ways to it, (windows, rows, tags) each."""
        transitions = self.transitions
        ahead = scores[:, 0]
        every = [ahead]
        for word in range(1, here.shape[1]):
            further = torch.logsumexp(ahead[..., None] + transitions, dim=-2) + scores[:, word]
            ahead = torch.where(here[:, word, None, None], further, ahead)
            every.append(ahead)
        return every


def _gathered(values: torch.Tensor, words: torch.Tensor, most: int) -> torch.Tensor:
    """Move what belongs to words to the front: (windows, length, n) to (windows, most, n)."""
    order = torch.argsort((~words).to(torch.uint8), dim=1, stable=True)[:, :most]
    return values.gather(1, order[..., None].expand(-1, -1, values.shape[2]))
