"""The last layer goes on from attention for those sub-tokens alone whose answers are asked for.

A word's answer is that of its first sub-token: seven in ten of English records are one. What the
last layer makes of the others nobody looks at; attention needs all of them before, and nothing
does behind it. So the last layer's way out of attention and its feed-forward products go over
fewer rows. Answers that are asked for, and all gradients, are what they would be otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from transformers.modeling_utils import PreTrainedModel

_ROWS_STEP = 32
"""Rows come in multiples of this: each further shape costs memory and time for its kernels."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Where answers are asked for.

    Attributes:
        rows: Where in the batch, windows one behind the other, each row comes from; shape (rows,).
            Rows behind the last answer only fill up: at least one, and no gradient comes from them.
        places: For each place in the batch its row, and a filling one where no answer is asked for;
            shape (windows * length,).
        count: Answers.
    """

    rows: torch.Tensor
    places: torch.Tensor
    count: int

    @classmethod
    def at(cls, asked: torch.Tensor) -> _Asked:
        rows = asked.flatten().nonzero()[:, 0]
        count = len(rows)
        places = torch.full((asked.numel(),), count)
        places[rows] = torch.arange(count)
        return cls(
            torch.cat([rows, rows.new_zeros(_ROWS_STEP - count % _ROWS_STEP)]), places, count
        )


class LastLayer:
    """The last layer of a model, told for each batch what is asked of it."""

    def __init__(self, model: PreTrainedModel) -> None:
        """Find the last layer of BERT and its kin; another model goes on computing everything.

        Args:
            model: On the CPU or not; only there is anything left out, for a GPU would have to be
                waited for.
        """
        self._asked: _Asked | None = None
        self._shape = torch.Size()
        layers = getattr(getattr(model.base_model, "encoder", None), "layer", None)
        if not isinstance(layers, torch.nn.ModuleList) or not len(layers):
            return
        behind_attention = _way_out(getattr(layers[-1], "attention", None))
        behind_all = _way_out(layers[-1])
        if behind_attention is not None and behind_all is not None:
            behind_attention.register_forward_pre_hook(self._leave_out)
            behind_all.register_forward_hook(self._put_back)

    @contextmanager
    def answering(self, asked: torch.Tensor) -> Iterator[None]:
        """Have a forward pass meanwhile give sound answers only where they are asked for.

        Args:
            asked: Shape (windows, length), boolean.
        """
        self._asked = _Asked.at(asked) if asked.device.type == "cpu" else None
        try:
            yield
        finally:
            self._asked = None

    def _leave_out(self, _module: torch.nn.Module, given: tuple[Any, ...]) -> Any:
        if self._asked is None:
            return None
        self._shape = given[0].shape
        return tuple(_taken(states, self._asked)[None] for states in given)

    def _put_back(self, _module: torch.nn.Module, _given: object, states: torch.Tensor) -> Any:
        if self._asked is None:
            return None
        return _put(states[0], self._asked).view(self._shape)


def _way_out(part: object) -> torch.nn.Module | None:
    """Return BERT's way out of a part of a layer: a product, a sum and a normalisation by rows."""
    out = getattr(part, "output", None)
    by_rows = isinstance(getattr(out, "dense", None), torch.nn.Linear) and isinstance(
        getattr(out, "LayerNorm", None), torch.nn.LayerNorm
    )
    return out if by_rows and isinstance(out, torch.nn.Module) else None


def _taken(states: torch.Tensor, asked: _Asked) -> torch.Tensor:
    rows: torch.Tensor = _TakeRows.apply(states, asked)  # type: ignore[no-untyped-call]  # torch's
    return rows


def _put(rows: torch.Tensor, asked: _Asked) -> torch.Tensor:
    states: torch.Tensor = _PutRows.apply(rows, asked)  # type: ignore[no-untyped-call]  # torch's
    return states


class _TakeRows(torch.autograd.Function):
    """From all places, shape (windows, length, width), the rows that are asked for.

    PyTorch's own way back would add up row by row into zeros; here each place has one row.
    """

    @staticmethod
    def forward(ctx: Any, states: torch.Tensor, asked: _Asked) -> torch.Tensor:
        ctx.asked, ctx.shape = asked, states.shape
        return states.flatten(0, 1).index_select(0, asked.rows)

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor) -> tuple[torch.Tensor, None]:
        return gradients[0].index_select(0, ctx.asked.places).view(ctx.shape), None


class _PutRows(torch.autograd.Function):
    """From rows to all places, shape (windows * length, width)."""

    @staticmethod
    def forward(ctx: Any, states: torch.Tensor, asked: _Asked) -> torch.Tensor:
        ctx.asked = asked
        return states.index_select(0, asked.places)

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor) -> tuple[torch.Tensor, None]:
        rows = gradients[0].index_select(0, ctx.asked.rows)
        rows[ctx.asked.count :] = 0
        return rows, None
