"""What an encoder's layers add to, in the arithmetic of their products.

Under autocast products come out in bf16, but embeddings are fp32, and a sum with fp32 is fp32 as
well: so every layer's sums, dropouts and normalisations go over twice the memory, and each product
begins with a cast. On a CPU, whose memory is slow, the embeddings are cast once instead, and all
that follows is bf16. Normalisation still adds up in fp32, and parameters and their gradients are.
"""

from __future__ import annotations

import torch
from transformers.modeling_utils import PreTrainedModel


def narrow_stream(model: PreTrainedModel) -> None:
    """Have what a model's embeddings give cast as autocast says, on a CPU, while it is on.

    Done to BERT and its kin, which normalise after each sum, so that rounding does not add up from
    layer to layer; others stay as they are.

    Args:
        model: Changed in place. Without autocast it computes what it did.
    """
    embeddings = getattr(model.base_model, "embeddings", None)
    normalised = isinstance(getattr(embeddings, "LayerNorm", None), torch.nn.LayerNorm)
    if normalised and isinstance(embeddings, torch.nn.Module):
        embeddings.register_forward_hook(_narrow)


def _narrow(_module: torch.nn.Module, _given: object, output: torch.Tensor) -> torch.Tensor:
    if output.device.type != "cpu" or not torch.is_autocast_enabled("cpu"):
        return output
    return output.to(torch.get_autocast_dtype("cpu"))
