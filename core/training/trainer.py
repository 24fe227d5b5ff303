"""The Trainer as Chartmark uses it: its loss, its order of windows, and looks at the user's wishes.

Hugging Face's Trainer is told here what it would otherwise get wrong or do more slowly: BERT's
own loss is a mean over the micro-batch, which the Trainer takes for one over the whole update, so
that accumulated gradients would come out several times too large.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from torch.optim.lr_scheduler import LambdaLR, LRScheduler
from torch.utils.data import Sampler
from transformers import PrinterCallback, Trainer
from transformers.modeling_utils import PreTrainedModel

from core.training.chain import Chain
from core.training.clipping import clip_gradients
from core.training.dataset import IGNORED
from core.training.last_layer import LastLayer
from core.training.progress import Meter


def update_loss(
    outputs: Any,  # a model's output; transformers types it by model
    targets: torch.Tensor,
    num_items_in_batch: torch.Tensor | int | None = None,
    *,
    chain: Chain,
) -> torch.Tensor:
    """Return a micro-batch's share of its update's loss, in nats per word.

    Args:
        outputs: With logits of shape (windows, length, outputs).
        targets: Shape (windows, length); ``IGNORED`` where no word begins. A head of several rows
            has them in one more axis, and a word's loss is the sum over its rows.
        num_items_in_batch: Targets in all micro-batches of the update; those given if None.
        chain: Of the model.
    """
    rows = targets.shape[2] if targets.dim() == 3 else 1
    taught = (targets != IGNORED).sum() if num_items_in_batch is None else num_items_in_batch
    return chain.loss(outputs["logits"], targets) / (taught / rows)


class WordTrainer(Trainer):
    """A Trainer of word tags that lets a meter see each forward pass."""

    def __init__(
        self,
        *,
        model: PreTrainedModel,
        chain: Chain,
        meter: Meter,
        order: Sampler[int],
        rate: Callable[[int], float],
        **kwargs: Any,
    ) -> None:
        """Prepare.

        Args:
            model: To be trained.
            chain: Of the model, and a part of it.
            meter: Counts words and losses.
            order: Of the windows.
            rate: Gives for the updates so far the rate as a share of its peak.
            kwargs: What a Trainer takes.
        """
        loss = partial(update_loss, chain=chain)
        super().__init__(model=model, compute_loss_func=loss, **kwargs)
        # The count of words belongs to the loss above; no layer of a model has a use for it.
        self.model_accepts_loss_kwargs = False
        self.remove_callback(PrinterCallback)
        self._last_layer = LastLayer(model)
        self._meter = meter
        self._order = order
        self._rate = rate

    def create_scheduler(
        self, num_training_steps: int, optimizer: torch.optim.Optimizer | None = None
    ) -> LRScheduler:
        """Return what sets the rate before each update."""
        if self.lr_scheduler is None:
            self.lr_scheduler = LambdaLR(optimizer or self.create_optimizer(), self._rate)
            self._created_lr_scheduler = True
        return self.lr_scheduler

    def compute_loss(
        self, model: torch.nn.Module, inputs: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:  # a tensor, or a tensor with outputs, as the Trainer asks
        """Return the loss, and let the meter see it."""
        tokens = int(inputs["attention_mask"].sum())
        with self._last_layer.answering(self._asked(inputs)):
            answer = super().compute_loss(model, inputs, *args, **kwargs)
        self._meter.take(tokens, answer[0] if isinstance(answer, tuple) else answer)
        return answer

    def _asked(self, inputs: dict[str, Any]) -> torch.Tensor:
        """Return where the loss looks at answers, shape (windows, length)."""
        taught: torch.Tensor = inputs["labels"] != IGNORED
        return taught if taught.dim() == 2 else taught[..., 0]

    def floating_point_ops(self, inputs: dict[str, Any]) -> int:
        """Return 0: the Trainer counts all parameters before each update, and nobody asks."""
        return 0

    def _clip_grad_norm(self, model: torch.nn.Module) -> Any:  # a tensor or a number, as there
        """Clip in a way of its own where gradients are what they seem, which fp16's are not."""
        if self.args.use_cpu and not self.args.fp16:
            return clip_gradients(model.parameters())
        return super()._clip_grad_norm(model)  # type: ignore[no-untyped-call]  # the Trainer's

    def _get_train_sampler(self, train_dataset: Any = None) -> Sampler[int]:
        return self._order


def check_between_layers(model: torch.nn.Module, check: Callable[[], None]) -> None:
    """Have ``check`` called before each layer, forward and behind it on the way back.

    It may end the work: a whole step can last seconds on a slow CPU, a layer never does.

    Args:
        model: Its layers take what they go on from as their first argument.
        check: May raise.
    """

    def look_back(_gradient: torch.Tensor) -> None:
        check()

    def look(_layer: torch.nn.Module, given: tuple[Any, ...]) -> None:
        check()
        # A hook of the tensor: one of the module would wrap all that goes in and out of it.
        if given and isinstance(given[0], torch.Tensor) and given[0].requires_grad:
            given[0].register_hook(look_back)  # type: ignore[no-untyped-call]  # so in the library

    for module in model.modules():
        if isinstance(module, torch.nn.ModuleList):
            for layer in module:
                layer.register_forward_pre_hook(look)
