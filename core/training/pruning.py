"""Structured pruning: the neurons that matter least are taken out, and the model really is smaller.

Pruned are the inner neurons of the feed-forward layers, which hold two thirds of an encoder's
matrices. How much one matters is a first-order Taylor expansion of the loss around its removal
(Molchanov et al. 2019, "Importance estimation for neural network pruning"), by a gate on its
output as Michel et al. 2019, "Are sixteen heads really better than one?", have it for heads.
Every layer loses the same number, for a configuration has one number for all of them. Heads stay:
Transformers has no configuration for a layer with fewer of them than its width asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import PretrainedConfig
from transformers.modeling_utils import PreTrainedModel

from core.inference.batching import nothing_to_check
from core.inference.model import load_encoder, load_model, save_tokenizer
from core.inference.settings import read_settings, write_settings
from core.schema.documents import LabelledDocument
from core.schema.errors import KnownError
from core.training.chain import Chain
from core.training.dataset import WindowDataset
from core.training.trainer import update_loss

_INNER_SIZE = ("intermediate_size", "hidden_dim")
"""What the families of encoders call the number of inner neurons in their configurations."""
_WINDOWS = 256
"""Windows that importance is measured on; more hardly change its order."""
_MULTIPLE = 8
"""Numbers of neurons are multiples of this, as the processors' vectors are."""

Pair = tuple[nn.Linear, nn.Linear]
"""A feed-forward layer: into its inner neurons, and out of them."""


def write_pruned(
    model_folder: Path,
    out: Path,
    *,
    share: float,
    documents: Sequence[LabelledDocument],
    seed: int,
    check: Callable[[], None] = nothing_to_check,
) -> None:
    """Write a model without a share of its inner neurons, not trained any further.

    Args:
        model_folder: Of a model that Chartmark trained.
        out: The folder to make; a model of the same labels and windows.
        share: Of the inner neurons to take out, above 0 and below 1.
        documents: That the model learned from.
        seed: Chooses the windows that importance is measured on.
        check: Called before each document and window; may raise to end the work.

    Raises:
        KnownError: Its feed-forward layers are of a kind that cannot be pruned.
    """
    settings, model = read_settings(model_folder), load_model(model_folder)
    head = settings.output_head()
    data = WindowDataset(documents, load_encoder(model_folder, settings), head, check=check)
    matters = importance(model, Chain(head), data, seed=seed, check=check)
    prune(model, matters, share=share)
    save_tokenizer(str(model_folder), out)
    model.save_pretrained(out)
    write_settings(out, settings)


def importance(
    model: PreTrainedModel,
    chain: Chain,
    data: WindowDataset,
    *,
    seed: int = 0,
    check: Callable[[], None] = nothing_to_check,
) -> list[torch.Tensor]:
    """Return how much each inner neuron matters, for each layer a tensor of shape (neurons,).

    It is the mean over windows of ``|d loss / d gate|`` where a gate of 1 stands behind the neuron:
    to first order what the loss changes by when the gate is shut.

    Args:
        model: On the CPU, in evaluation mode.
        chain: Its transitions between tags.
        data: Windows with their targets.
        seed: Chooses windows where there are many.
        check: Called before each window; may raise to end the work.
    """
    pairs = feed_forward_layers(model)
    chosen = np.random.default_rng(seed).permutation(len(data))[:_WINDOWS]
    sums = [torch.zeros(inner.out_features) for inner, _ in pairs]
    with _gates(pairs) as gates:
        for index in chosen:
            check()
            example = data.examples[index]
            ids = torch.tensor([example.ids])
            outputs = model(input_ids=ids, attention_mask=torch.ones_like(ids))
            targets = torch.from_numpy(example.targets)[None]
            loss = update_loss(outputs, targets, chain=chain)
            slopes = torch.autograd.grad(loss, gates)
            sums = [total + slope.abs() for total, slope in zip(sums, slopes, strict=True)]
    return [total / max(len(chosen), 1) for total in sums]


def prune(model: PreTrainedModel, matters: Sequence[torch.Tensor], *, share: float) -> None:
    """Take the neurons that matter least out of each layer, and say so in the configuration.

    Args:
        model: To be made smaller.
        matters: See ``importance``.
        share: Of the inner neurons to take out, above 0 and below 1; rounded so that their number
            is a multiple of 8.
    """
    if not 0 < share < 1:
        raise ValueError("the share must be between 0 and 1")
    pairs = feed_forward_layers(model)
    size = inner_size(model.config)
    kept = neurons_left(size, share)
    for (inner, outer), values in zip(pairs, matters, strict=True):
        # In their old order: nothing depends on it, and equal models come out equal.
        keep = values.topk(kept).indices.sort().values
        _shrink(inner, keep, axis=0)
        _shrink(outer, keep, axis=1)
    for name in _INNER_SIZE:
        if getattr(model.config, name, None) == size:
            setattr(model.config, name, kept)


def neurons_left(size: int, share: float) -> int:
    """Return how many of a layer's inner neurons are left without a share of them."""
    return min(max(round(size * (1 - share) / _MULTIPLE) * _MULTIPLE, _MULTIPLE), size)


def inner_size(config: PretrainedConfig) -> int:
    """Return how many inner neurons each feed-forward layer of an encoder has.

    Raises:
        KnownError: Its configuration does not tell.
    """
    for name in _INNER_SIZE:
        if size := getattr(config, name, None):
            return int(size)
    raise _cannot_be_pruned()


def feed_forward_layers(model: PreTrainedModel) -> list[Pair]:
    """Return the feed-forward layers of an encoder, the first one first.

    Raises:
        KnownError: They are gated, or of another kind that cannot be pruned.
    """
    size, width = inner_size(model.config), model.config.hidden_size
    pairs: list[Pair] = []
    for module in model.modules():
        if not isinstance(module, nn.ModuleList):
            continue
        for layer in module:
            linear = [part for part in layer.modules() if isinstance(part, nn.Linear)]
            inner = [
                part for part in linear if (part.in_features, part.out_features) == (width, size)
            ]
            outer = [
                part for part in linear if (part.in_features, part.out_features) == (size, width)
            ]
            if size == width or len(inner) != 1 or len(outer) != 1:
                raise _cannot_be_pruned()
            pairs.append((inner[0], outer[0]))
    if not pairs:
        raise _cannot_be_pruned()
    return pairs


@contextmanager
def _gates(pairs: Sequence[Pair]) -> Iterator[list[torch.Tensor]]:
    """Put a gate of 1 behind each inner neuron while the context lasts."""
    gates = [torch.ones(inner.out_features, requires_grad=True) for inner, _ in pairs]
    hooks = [
        outer.register_forward_pre_hook(lambda _, given, gate=gate: (given[0] * gate,))
        for (_, outer), gate in zip(pairs, gates, strict=True)
    ]
    try:
        yield gates
    finally:
        for hook in hooks:
            hook.remove()


def _shrink(linear: nn.Linear, keep: torch.Tensor, *, axis: int) -> None:
    """Leave only some outputs (axis 0) or inputs (axis 1) of a linear layer."""
    weight = linear.weight.detach().index_select(axis, keep).contiguous()
    linear.weight = nn.Parameter(weight)
    linear.out_features, linear.in_features = weight.shape
    if axis == 0 and linear.bias is not None:
        linear.bias = nn.Parameter(linear.bias.detach().index_select(0, keep))


def _cannot_be_pruned() -> KnownError:
    return KnownError(
        "The feed-forward layers of this model are of a kind that cannot be pruned.",
        "Measure its other forms alone.",
    )
