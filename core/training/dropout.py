"""Dropout whose chance costs little: eight random bits for an element.

Srivastava et al. 2014, "Dropout". On a CPU torch draws a number in double precision for each
element, which takes longer than many of the layers around it. Eight bits make the share a multiple
of 1/256: 0.1016 for 0.1. What is kept is enlarged by what is dropped in truth, so means stay.
"""

from __future__ import annotations

import torch

_BITS = 8
_IN_WORD = 64 // _BITS
_STEPS = 2**_BITS
_WHOLE = {2: torch.int16, 4: torch.int32, 8: torch.int64}
"""Whole numbers of as many bytes as a floating-point number has."""


class QuickDropout(torch.nn.Dropout):
    """Does what ``torch.nn.Dropout`` does, by the same generator, with other draws from it."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        """Return the input with a share ``p`` of its elements 0 and the others enlarged."""
        if not self.training or self.p == 0.0 or input.device.type != "cpu":
            return super().forward(input)
        dropped = round(self.p * _STEPS)
        keep = kept_elements(input.numel(), dropped).view(input.shape)
        return input * _times(keep, _STEPS / max(_STEPS - dropped, 1), input.dtype)


def kept_elements(count: int, dropped: int) -> torch.Tensor:
    """Return 1 for each of ``count`` elements that is kept, else 0; shape (count,), int8.

    No comparison: a processor makes numbers of booleans seven times as slowly as of bytes.

    Args:
        count: How many are drawn.
        dropped: In how many of 256 cases one is not kept.
    """
    if not dropped:
        return torch.ones(count, dtype=torch.int8)
    words = torch.empty(-(-count // _IN_WORD), dtype=torch.int64)
    # From the least number on: otherwise the sign's bit would always be 0.
    words.random_(-(2**63), None)
    bits = words.view(torch.int8)[:count]
    least = min(dropped - _STEPS // 2, _STEPS // 2 - 1)
    return bits.clamp_(least - 1, least).sub_(least - 1)


def _times(keep: torch.Tensor, scale: float, dtype: torch.dtype) -> torch.Tensor:
    """Return 0 or a scale for each element, as 0 or 1 times the bits that the scale is written in.

    Whole numbers are made and multiplied at a third of what it costs with bf16.
    """
    whole = _WHOLE[dtype.itemsize]
    bits = int(torch.tensor(scale, dtype=dtype).view(whole))
    return keep.to(whole).mul_(bits).view(dtype)


def quicken_dropout(model: torch.nn.Module) -> None:
    """Put quick dropouts in the places of a model's own."""
    for module in model.modules():
        for name, part in module.named_children():
            if type(part) is torch.nn.Dropout:
                setattr(module, name, QuickDropout(part.p))
