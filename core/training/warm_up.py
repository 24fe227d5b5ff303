"""Gets a worker that nobody waits for ready, so that a click on Retrain is answered at once."""

from __future__ import annotations

import gc

import torch

from core.inference.devices import choose_device
from core.inference.heads import Head, HeadKind
from core.inference.model import embedded_backbone, fast_tokenizer, new_model
from core.schema.errors import KnownError

_WINDOWS, _LENGTH = 2, 64


def warm_up() -> None:
    """Do once what the first training of a process would lose a second or two with.

    The libraries load the parts for a family of models, set up their kernels and compile patterns
    when these are first used; the backbone's weights come into the disk cache and are checked.
    """
    try:
        backbone = str(embedded_backbone())
        device = choose_device()
        fast_tokenizer(backbone)
        head = Head(HeadKind.SOFTMAX, ("label",))
        model = new_model(backbone, head, fused=device.type != "cpu")
    except KnownError:
        # Whoever trains will be told.
        return
    torch.nn.Module.to(model, device)
    ids = torch.ones(_WINDOWS, _LENGTH, dtype=torch.long, device=device)
    model(input_ids=ids, attention_mask=torch.ones_like(ids)).logits.float().sum().backward()
    del model
    gc.collect()
    # The Trainer has everything looked through for garbage before it begins; what the libraries
    # are made of, hundreds of thousands of objects, never becomes any.
    gc.freeze()
