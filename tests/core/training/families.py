"""Small encoders of the families that BERT and its kin make up."""

from __future__ import annotations

import torch
from transformers import AutoConfig, AutoModelForTokenClassification, DistilBertConfig
from transformers.modeling_utils import PreTrainedModel

FAMILIES = ["bert", "roberta", "xlm-roberta", "electra", "deberta-v2", "distilbert", "mpnet"]


def kin(family: str) -> PreTrainedModel:
    """Return a small one of a family, its weights always the same."""
    torch.manual_seed(3)
    sizes = {"vocab_size": 50, "intermediate_size": 32, "num_attention_heads": 2}
    sizes |= {"hidden_size": 16, "num_hidden_layers": 2}
    config = AutoConfig.for_model(family, **sizes, pad_token_id=0)
    if family == "distilbert":
        config = DistilBertConfig(vocab_size=50, dim=16, n_layers=2, n_heads=2, hidden_dim=32)
    if family == "deberta-v2":
        config.relative_attention, config.pos_att_type = True, ["c2p", "p2c"]
    made: PreTrainedModel = AutoModelForTokenClassification.from_config(  # type: ignore[no-untyped-call]  # so in the library
        config
    )
    return made
