"""Gradients clipped by their norm, and left alone where there is nothing to clip.

Pascanu et al. 2013, "On the difficulty of training recurrent neural networks". Most updates of a
fine-tuning need none of it, and torch multiplies every gradient by 1 then: on a CPU a fiftieth of
the update.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch

LARGEST_NORM = 1.0
"""Euclidean norm of all gradients together above which they are made smaller."""


def clip_gradients(parameters: Iterable[torch.nn.Parameter]) -> torch.Tensor:
    """Make gradients smaller in place if their norm is above ``LARGEST_NORM``; return the norm.

    Args:
        parameters: Those of the model; ones without a gradient are passed over. Whether to clip is
            looked at here and now, so a GPU has to be waited for.
    """
    learning = [parameter for parameter in parameters if parameter.grad is not None]
    gradients = [parameter.grad for parameter in learning if parameter.grad is not None]
    norm = torch.nn.utils.get_total_norm(gradients)
    if float(norm) > LARGEST_NORM:
        torch.nn.utils.clip_grads_with_norm_(learning, LARGEST_NORM, norm)
    return norm
