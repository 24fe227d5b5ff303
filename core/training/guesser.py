"""An encoder that guesses hidden sub-tokens; only the encoder is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from transformers import AutoModel, BertConfig
from transformers.modeling_utils import PreTrainedModel

from core.inference.model import unfit_backbone
from core.schema.pretraining import EncoderShape
from core.training.compact_embeddings import CompactEmbedding
from core.training.last_layer import LastLayer

_HEAD_WIDTH = 64
"""Of an attention head, as in BERT."""
_UNSEEN = 0.5
"""Count that stands for none: a logarithm needs one, and what is unseen need not be impossible."""


def fresh_encoder(
    shape: EncoderShape, *, entries: int, padding: int, fused: bool
) -> PreTrainedModel:
    """Return a BERT with random weights; the global seed decides them.

    Args:
        shape: Its size.
        entries: Of its tokenizer.
        padding: The sub-token that fills shorter windows.
        fused: See ``core.inference.model.new_model``.
    """
    config = BertConfig(
        vocab_size=entries,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=max(shape.hidden // _HEAD_WIDTH, 1),
        intermediate_size=4 * shape.hidden,
        max_position_embeddings=shape.max_length,
        # As in a training (``core.inference.model.new_model``), and for its reasons.
        attention_probs_dropout_prob=0.0,
        pad_token_id=padding,
    )
    model: PreTrainedModel = AutoModel.from_config(  # type: ignore[no-untyped-call]  # so there
        config, add_pooling_layer=False, **_attention(fused)
    )
    return model


def known_encoder(backbone: str, *, fused: bool) -> PreTrainedModel:
    """Return a backbone's encoder with its own weights.

    Args:
        backbone: See ``core.inference.model.find_backbone``.
        fused: See ``core.inference.model.new_model``.

    Raises:
        KnownError: It cannot be loaded as one.
    """
    try:
        model: PreTrainedModel = AutoModel.from_pretrained(
            backbone, use_safetensors=True, trust_remote_code=False, **_attention(fused)
        )
    except (OSError, ValueError) as error:
        raise unfit_backbone() from error
    return model


class Guesser(torch.nn.Module):
    """An encoder with BERT's head for hidden sub-tokens, computed only where some are hidden.

    The head's last matrix is that of the encoder's embeddings (Press and Wolf 2017), so where their
    table is cut down (``compact_embeddings``) only what is left of it can be guessed. The head is
    made anew for any encoder: few are published with theirs.

    Attributes:
        encoder: What is trained and kept.
    """

    def __init__(self, encoder: PreTrainedModel) -> None:
        """Put a fresh head on an encoder; the global seed decides it."""
        super().__init__()
        self.encoder = encoder
        self._last_layer = LastLayer(encoder)
        entries, width = _embeddings(encoder).shape
        self._dense = torch.nn.Linear(int(encoder.config.hidden_size), width)
        self._norm = torch.nn.LayerNorm(width)
        self._bias = torch.nn.Parameter(torch.zeros(entries))
        # Scaled as the encoder draws its own: the first guesses are then close to even.
        torch.nn.init.normal_(self._dense.weight, std=float(encoder.config.initializer_range))
        torch.nn.init.zeros_(self._dense.bias)

    @property
    def head(self) -> list[torch.nn.Parameter]:
        """Parameters that are made anew, and that are not kept."""
        return [*self._dense.parameters(), *self._norm.parameters(), self._bias]

    def expect(self, counts: Mapping[int, int]) -> None:
        """Have the first guesses be as likely as sub-tokens are frequent.

        A fresh head else spends its first hundreds of updates on learning no more than that.

        Args:
            counts: How often each sub-token occurs that is to be guessed; all are in the table.
        """
        often = torch.full(self._bias.shape, _UNSEEN)
        often[self.entries(torch.tensor(list(counts)))] += torch.tensor(list(counts.values()))
        with torch.no_grad():
            self._bias.copy_(torch.log(often / often.sum()))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, hidden: torch.Tensor) -> torch.Tensor:
        """Return logits of shape (hidden sub-tokens, entries)."""
        with self._last_layer.answering(hidden):
            answer: Any = self.encoder(input_ids=ids, attention_mask=mask)
        states = answer.last_hidden_state[hidden]
        states = self._norm(torch.nn.functional.gelu(self._dense(states)))
        return torch.nn.functional.linear(states, _embeddings(self.encoder), self._bias)

    def entries(self, numbers: torch.Tensor) -> torch.Tensor:
        """Return which of the logits stands for each sub-token."""
        table = self.encoder.get_input_embeddings()
        return table.places(numbers) if isinstance(table, CompactEmbedding) else numbers

    def hold_encoder(self, *, held: bool) -> None:
        """Train the head alone, or everything."""
        for parameter in self.encoder.parameters():
            parameter.requires_grad_(not held)


def _attention(fused: bool) -> dict[str, str]:
    return {} if fused else {"attn_implementation": "eager"}


def _embeddings(encoder: PreTrainedModel) -> torch.Tensor:
    """Return the matrix of an encoder's word embeddings, shape (entries, width)."""
    weight = encoder.get_input_embeddings().weight
    if not isinstance(weight, torch.Tensor):
        raise TypeError(type(weight).__name__)
    return weight
