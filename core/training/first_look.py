"""The loss before the first update: the first figure of a run, there within a second of its start.

An update takes seconds where memory is large and the machine slow. A forward pass over a window or
two does not, and says where the curve begins: near the logarithm of the number of tags for a fresh
head, much lower for a model that is continued.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable

import torch

from core.inference.devices import autocast_type, memory_mb
from core.schema.learning import Precision
from core.training.dataset import IGNORED, PadTogether, WindowDataset
from core.training.events import Progress
from core.training.ready_model import ReadyModel
from core.training.schedule import Schedule
from core.training.trainer import update_loss

_WINDOWS = 2
_UPDATE_IN_PASSES = 3
"""A backward pass costs about two forward passes."""


def first_look(
    model: ReadyModel,
    data: WindowDataset,
    order: Iterable[int],
    *,
    device: torch.device,
    precision: Precision,
    schedule: Schedule,
) -> Progress:
    """Return the figures of update 0, speed and time left being estimates by one forward pass.

    Nothing of the training is changed by it: no random number is drawn.

    Args:
        model: As it begins; it is put on the device.
        data: The windows.
        order: Indices of them; the first ones with labels are looked at.
        device: Where the training computes.
        precision: Its arithmetic.
        schedule: Its course.
    """
    network = torch.nn.Module.to(model.network, device)
    # Where a teacher has read unread records, these have no labels.
    labelled = (index for index in order if (data.examples[index].targets != IGNORED).any())
    rows = [data[index] for index in itertools.islice(labelled, _WINDOWS)]
    batch = {name: value.to(device) for name, value in PadTogether(model.padding)(rows).items()}
    dtype = autocast_type(precision)
    targets = batch.pop("labels")
    was_training = network.training
    network.train(False)
    began = time.perf_counter()
    with (
        torch.no_grad(),
        torch.autocast(device.type, dtype=dtype or torch.bfloat16, enabled=dtype is not None),
    ):
        loss = float(update_loss(network(**batch), targets, chain=model.chain))
    spent = time.perf_counter() - began
    network.train(was_training)
    speed = int(batch["attention_mask"].sum()) / (_UPDATE_IN_PASSES * max(spent, 1e-9))
    return Progress(
        step=0,
        total_steps=schedule.total_updates,
        epoch=0.0,
        loss=loss,
        learning_rate=0.0,
        tokens_per_second=speed,
        # None of it was training.
        seconds=0.0,
        seconds_left=sum(data.lengths) * schedule.total_epochs / speed,
        memory_mb=memory_mb(device),
    )
