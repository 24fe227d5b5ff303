"""Masked language modelling within a budget of time: the loop of building and of adapting."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch.nn.functional import cross_entropy

from core.inference.devices import autocast_type, choose_precision, describe_device
from core.schema.errors import KnownError
from core.schema.learning import Precision
from core.schema.pretraining import Budget
from core.training.clipping import clip_gradients
from core.training.control import Control
from core.training.dropout import quicken_dropout
from core.training.guesser import Guesser
from core.training.masking import Guess, Masker, TextWindow
from core.training.residual_stream import narrow_stream
from core.training.trainer import check_between_layers

_SECONDS_BETWEEN = 0.5
_WARMUP = 0.1
"""Share of the budget in which the learning rate rises."""
_SETTLING = 0.1
"""Share of what was spent that is spent once more where the user has it end early: meanwhile the
rate falls to zero, for what is left at a high one is worth less than it has learned."""
_REMEMBERED = 0.95
"""How much of the loss that is told comes from before the last update."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Hyperparameters of a pre-training.

    Attributes:
        learning_rate: Peak of the schedule, for the encoder.
        head_speed: How many times faster the fresh head learns; an encoder that knows something
            already wants a finer rate than a head that knows nothing.
        head_first: Share of the budget in which only the fresh head learns, so that an encoder
            that knows something already is not shaken by it.
        weight_decay: Of AdamW, on matrices only.
        hidden: Share of the sub-tokens that is to be guessed.
    """

    learning_rate: float
    head_speed: float = 1.0
    head_first: float = 0.0
    weight_decay: float = 0.01
    hidden: float = 0.15


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a pre-training is.

    Attributes:
        share: Of the budget that is spent, 0 to 1.
        updates: So far.
        loss: Cross-entropy in nats a hidden sub-token, a running mean.
        tokens_per_second: Real (non-padding) sub-tokens since the last such message.
        seconds_left: At the present speed.
    """

    share: float
    updates: int
    loss: float
    tokens_per_second: float
    seconds_left: float


@dataclass(frozen=True, slots=True)
class Pretrained:
    """What came of a pre-training: updates, seconds of computing, sub-tokens read, last loss."""

    updates: int
    seconds: float
    tokens: int
    loss: float
    device: str
    precision: str


def pretrain(
    guesser: Guesser,
    windows: Sequence[TextWindow],
    *,
    masker: Masker,
    budget: Budget,
    settings: Settings,
    device: torch.device,
    control: Control,
    tell: Callable[[Pace], None],
) -> Pretrained:
    """Teach an encoder to guess hidden words until the budget is spent.

    AdamW (Loshchilov and Hutter 2019); the rate rises, then falls in a line to zero with the
    budget, so that whatever time is given ends in a settled encoder.

    Args:
        guesser: Trained in place; put on the device.
        windows: At least one.
        masker: Gives them in batches.
        budget: Time or number of updates.
        settings: Hyperparameters.
        device: Where to compute.
        control: Pauses, has it settle and end early, and cancels, between layers.
        tell: Gets the figures twice a second.

    Raises:
        KnownError: The loss is no number any more.
        StoppedByUserError: It was cancelled.
    """
    precision = choose_precision(device, family=guesser.encoder.config.model_type)
    guesser.to(device).train()
    quicken_dropout(guesser)
    narrow_stream(guesser.encoder)
    check_between_layers(guesser, control.check)
    optimizer = _optimizer(guesser, settings)
    scaler = torch.amp.GradScaler(device.type, enabled=precision is Precision.FP16)
    clock = _Clock(budget)
    batches = itertools.chain.from_iterable(
        masker.batches(windows, epoch) for epoch in itertools.count()
    )
    tell(Pace(0.0, 0, 0.0, 0.0, budget.seconds if not budget.updates else 0.0))
    while clock.share < 1.0:
        clock.halt()
        control.hold()
        clock.go_on()
        if control.stopping:
            clock.settle()
        guesser.hold_encoder(held=clock.share < settings.head_first)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * _rise_and_fall(clock.share)
        guess = next(batches)
        loss = _loss(guesser, guess, device, precision)
        torch.autograd.backward(scaler.scale(loss))
        told = loss.item()
        if not math.isfinite(told):
            raise KnownError(
                "The pre-training has lost its way: its loss is no number any more.",
                "Try again with another seed.",
            )
        scaler.unscale_(optimizer)
        clip_gradients(guesser.parameters())
        scaler.step(optimizer)
        scaler.update()
        optimizer.zero_grad()
        clock.count(told, guess.tokens)
        if clock.due or clock.share >= 1.0:
            tell(clock.pace())
    return Pretrained(
        updates=clock.updates,
        seconds=clock.seconds,
        tokens=clock.tokens,
        loss=clock.loss,
        device=describe_device(device),
        precision=precision.value,
    )


def _loss(
    guesser: Guesser, guess: Guess, device: torch.device, precision: Precision
) -> torch.Tensor:
    dtype = autocast_type(precision)
    with torch.autocast(device.type, dtype=dtype or torch.bfloat16, enabled=dtype is not None):
        logits = guesser(guess.ids.to(device), guess.mask.to(device), guess.hidden.to(device))
    hidden = guesser.entries(guess.targets.to(device))
    return cross_entropy(logits.float(), hidden)


def _optimizer(guesser: Guesser, settings: Settings) -> torch.optim.AdamW:
    groups = []
    encoder = list(guesser.encoder.parameters())
    for parameters, speed in ((encoder, 1.0), (guesser.head, settings.head_speed)):
        matrices = [one for one in parameters if one.ndim > 1]
        others = [one for one in parameters if one.ndim <= 1]
        peak = speed * settings.learning_rate
        groups += [
            {"params": matrices, "peak": peak, "weight_decay": settings.weight_decay},
            {"params": others, "peak": peak, "weight_decay": 0.0},
        ]
    return torch.optim.AdamW(groups, lr=settings.learning_rate, betas=(0.9, 0.98), fused=True)


def _rise_and_fall(share: float) -> float:
    """Return the part of the peak rate at a share of the budget; never quite nothing."""
    part = share / _WARMUP if share < _WARMUP else (1.0 - share) / (1.0 - _WARMUP)
    return max(part, 0.01)


class _Clock:
    """Counts what a budget is spent on; pauses do not count."""

    def __init__(self, budget: Budget) -> None:
        self.updates = self.tokens = 0
        self.loss = 0.0
        self._budget = budget
        self._settling = False
        self._spent = 0.0
        self._since = time.perf_counter()
        self._told = self._told_tokens = 0.0

    @property
    def seconds(self) -> float:
        return self._spent + time.perf_counter() - self._since

    @property
    def share(self) -> float:
        return self._budget.share(seconds=self.seconds, updates=self.updates)

    @property
    def due(self) -> bool:
        """Whether the figures are to be told again."""
        return self.seconds - self._told >= _SECONDS_BETWEEN

    def settle(self) -> None:
        """Have the budget be spent soon, and never later than it would be."""
        if self._settling:
            return
        self._settling = True
        planned, longer = self._budget, 1.0 + _SETTLING
        updates = min(max(math.ceil(longer * self.updates), 1), planned.updates)
        self._budget = Budget(seconds=min(longer * self.seconds, planned.seconds), updates=updates)

    def halt(self) -> None:
        self._spent = self.seconds
        self._since = time.perf_counter()

    def go_on(self) -> None:
        self._since = time.perf_counter()

    def count(self, loss: float, tokens: int) -> None:
        self.updates += 1
        self.tokens += tokens
        # The mean of the first updates is plain: a running one would lean on its beginning.
        kept = min(_REMEMBERED, 1.0 - 1.0 / self.updates)
        self.loss = kept * self.loss + (1.0 - kept) * loss

    def pace(self) -> Pace:
        seconds, share = self.seconds, self.share
        speed = (self.tokens - self._told_tokens) / max(seconds - self._told, 1e-9)
        self._told, self._told_tokens = seconds, self.tokens
        return Pace(
            share=share,
            updates=self.updates,
            loss=self.loss,
            tokens_per_second=speed,
            seconds_left=seconds * (1.0 - share) / max(share, 1e-9),
        )
