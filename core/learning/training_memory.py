"""What a training needs of memory, by arithmetic over the encoder's shape: no library is loaded.

Weights, their gradients, AdamW's two moments and the mean of the weights are five fp32 copies of
the parameters. Beside them stands what the backward pass needs of the forward pass, for each
sub-token of a micro-batch: Korthikanti et al. 2022, "Reducing activation recomputation in large
transformer models", count it as here, for half precision; the numbers below are those of the
operations that ``core.inference.model.new_model`` builds. ``tests/benchmarks/memory.py`` holds the
sums against what trainings really took.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.learning.encoder_shape import EncoderShape
from core.schema.learning import Precision

PROCESS_BYTES = 460 * 2**20
"""What a process takes that has loaded the learning libraries; measured where it can be."""
DEVICE_BYTES = 600 * 2**20
"""What a GPU's driver and kernels take of its memory before anything is put there."""
SHARE = 0.7
"""Of the free memory that a training may take: other programs go on, and sums are not exact."""
_FP32 = 4
_STATES = 4
"""fp32 copies of the parameters: weights, gradients, two moments of AdamW."""
_SLACK = 1.15
"""Times the sum that allocators take: freed pieces are not always of use to what comes next."""
_RELATIVE_POSITIONS = 512
"""Rows of DeBERTa's table of relative positions."""


def further_copies(rounds: int, *, on_cpu: bool) -> int:
    """Return how many copies of the weights a training holds beside those that are trained.

    That is their mean; of several rounds also the mean of those that are over, and in the machine's
    memory, which is the training's own on a CPU, what each of them begins from.

    Args:
        rounds: Of the recipe.
        on_cpu: Whether the machine's memory is what is asked about.
    """
    if rounds == 1:
        return 1
    return 3 if on_cpu else 2


@dataclass(frozen=True, slots=True)
class Demand:
    """What a training needs in bytes, beside what its process has already.

    Attributes:
        states: Weights, gradients, optimizer, further copies.
        activations: What a micro-batch leaves for its backward pass, and the work in it.
    """

    states: int
    activations: int

    @property
    def total(self) -> int:
        """Both."""
        return self.states + self.activations


def demand(
    shape: EncoderShape,
    *,
    length: int,
    windows: int,
    accumulated: bool = False,
    precision: Precision = Precision.FP32,
    fused: bool = False,
    copies: int = 1,
    rows: int | None = None,
) -> Demand:
    """Return what a training needs.

    Args:
        shape: Of its encoder.
        length: Sub-tokens in a window.
        windows: In a forward pass.
        accumulated: Whether an update has more forward passes than one.
        precision: Arithmetic; all but fp32 is autocast to 16 bits.
        fused: Whether a fused kernel computes attention, as on a GPU.
        copies: fp32 copies of the weights that are held besides, see ``further_copies``.
        rows: Sub-tokens of the records, the only ones whose embeddings are trained, while the
            whole table waits for its end; all if None, which is the most it can be.
    """
    half = precision in {Precision.BF16, Precision.FP16}
    trained = shape.weights
    states = 0
    if rows is not None:
        trained -= shape.embeddings - rows * shape.hidden
        states += _FP32 * shape.embeddings
    states += (_STATES + copies) * _FP32 * trained
    if half:
        # Autocast keeps its casts of the matrices until the forward pass is through.
        states += 2 * (shape.weights - shape.embeddings)
    if accumulated:
        # The gradient of the table of sub-tokens is made whole before it is added.
        states += _FP32 * (shape.embeddings if rows is None else rows * shape.hidden)
    in_layer, at_work = _bytes_in_token(shape, length, half=half, fused=fused)
    activations = windows * length * (shape.layers * in_layer + at_work)
    if shape.disentangled:
        # Keys and queries of relative positions are repeated for each window.
        table = _RELATIVE_POSITIONS * shape.hidden * (2 if half else _FP32)
        activations += 2 * windows * shape.layers * table
    return Demand(states, round(_SLACK * activations))


def _bytes_in_token(
    shape: EncoderShape, length: int, *, half: bool, fused: bool
) -> tuple[int, int]:
    """Return the bytes that a layer leaves for each sub-token, and those at work in one layer.

    In fp32 ten vectors of the hidden size are left (the input; query, key and value; what
    attention gives; the input of both norms and of the feed-forward part; two masks of dropout)
    and two of the inner one (around the activation). In half precision each product has casts of
    its own, the norms fp32 inputs.
    """
    wide, inner = shape.hidden, shape.intermediate
    each = 2 if half else _FP32
    left = 28 * wide + 4 * inner if half else 40 * wide + 8 * inner
    at_work = 2 * inner * each + 4 * wide * each
    if shape.disentangled:
        # The products with relative positions, gathered; no fused kernel knows them.
        left += 4 * each * shape.heads * length
        at_work += 3 * each * shape.heads * (length + _RELATIVE_POSITIONS)
    elif not fused:
        left += each * shape.heads * length
        at_work += 3 * each * shape.heads * length
    return left, at_work


def windows_at_once(
    shape: EncoderShape,
    *,
    batch: int,
    most: int,
    length: int,
    free: int,
    precision: Precision = Precision.FP32,
    fused: bool = False,
    copies: int = 1,
    rows: int | None = None,
) -> int:
    """Return how many windows of an update go through the model together.

    It is the largest divisor of the batch with which the training takes no more than ``SHARE``
    of the free memory; accumulation keeps the update the same.

    Args:
        shape: Of the encoder.
        batch: Windows in an update.
        most: Windows at once that the recipe asks for.
        length: Sub-tokens in a window.
        free: Bytes that the process or the device could still take.
        precision: Arithmetic.
        fused: Whether a fused kernel computes attention.
        copies: See ``demand``.
        rows: Sub-tokens of the records, see ``demand``.

    Returns:
        0 where not even one window fits.
    """
    for windows in range(min(batch, most), 0, -1):
        needed = demand(
            shape,
            length=length,
            windows=windows,
            accumulated=windows < batch,
            precision=precision,
            fused=fused,
            copies=copies,
            rows=rows,
        )
        if batch % windows == 0 and needed.total <= SHARE * free:
            return windows
    return 0
