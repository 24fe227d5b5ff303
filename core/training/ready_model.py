"""An encoder made ready to be trained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from transformers.modeling_utils import PreTrainedModel

from core.inference.heads import Head
from core.inference.model import new_model
from core.training.chain import Chain
from core.training.compact_embeddings import CompactVocabulary
from core.training.dropout import quicken_dropout
from core.training.residual_stream import narrow_stream
from core.training.trainer import check_between_layers


@dataclass(frozen=True, slots=True)
class ReadyModel:
    """A model in training.

    Attributes:
        network: With its head and its chain.
        chain: Between the tags of neighbouring words.
        vocabulary: Gives the network its whole table of sub-tokens back.
    """

    network: PreTrainedModel
    chain: Chain
    vocabulary: CompactVocabulary

    @property
    def padding(self) -> int:
        """The sub-token that fills up windows."""
        return padding_of(self.network)


def ready_model(
    backbone: str,
    head: Head,
    sub_tokens: set[int],
    *,
    device: torch.device,
    check: Callable[[], None],
) -> ReadyModel:
    """Load a backbone, join a head and a chain to it, and make it quick to train.

    Args:
        backbone: Folder or hub name.
        head: Of the model; what it has no weights for yet is drawn by torch's generator.
        sub_tokens: All that are read in the course of the training, padding aside.
        device: On which it will be trained.
        check: Called before each layer, forward and back; may raise to end the work.
    """
    network = new_model(backbone, head, fused=device.type != "cpu")
    chain = Chain(head)
    chain.join(network)
    vocabulary = CompactVocabulary(network, sub_tokens | {padding_of(network)})
    quicken_dropout(network)
    narrow_stream(network)
    check()
    check_between_layers(network, check)
    return ReadyModel(network, chain, vocabulary)


def padding_of(network: PreTrainedModel) -> int:
    """Return the sub-token that fills up a network's windows."""
    return int(getattr(network.config, "pad_token_id", 0) or 0)
