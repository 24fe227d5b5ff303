"""Which device to compute on, and in which precision: looked at, never assumed."""

from __future__ import annotations

import functools
import os
import time

import torch

from core.schema.errors import KnownError
from core.schema.learning import Precision
from core.schema.phrases import phrase

_WORTH = 0.8
"""Share of fp32's time below which bf16 pays: autocast casts back and forth as well."""
_ROWS, _WIDTH, _INNER = 2048, 384, 1536
"""Shape of the probe's matrix product: that of the embedded encoder's feed-forward layer."""
_FEW_ROWS = 64
"""Where bf16 is emulated it can be fifty times slower, so a small product is tried first: the full
one would keep whoever waits for ten seconds and more."""
_HOPELESS = 2.0
"""Share of fp32's time for the small product above which the full one is not tried."""
_FP32_ALONE = {"deberta"}
"""Families whose code in Transformers fails under autocast: the first DeBERTa hides padding by the
least number of fp32, which none of the narrower types has. Its later versions do not."""


def choose_device(wanted: str = "auto") -> torch.device:
    """Return the device to compute on.

    Args:
        wanted: ``auto`` (CUDA, then XPU, then MPS, then CPU), or a device's name.

    Raises:
        KnownError: The named device is not here.
    """
    if wanted == "auto":
        for name, present in _accelerators():
            if present:
                return torch.device(name)
        return torch.device("cpu")
    try:
        device = torch.device(wanted)
    except RuntimeError:
        raise KnownError(
            "There is no device called {device}.",
            "Choose auto, cpu, cuda, xpu or mps.",
            device=wanted,
        ) from None
    if device.type != "cpu" and not dict(_accelerators()).get(device.type, False):
        raise KnownError(
            "The device {device} is not in this machine.", "Choose auto or cpu.", device=wanted
        )
    return device


def choose_precision(
    device: torch.device, wanted: Precision = Precision.AUTO, *, family: str = ""
) -> Precision:
    """Return the arithmetic for a device: as wanted, or what a short probe finds fastest.

    A CPU without bf16 units emulates bf16 and is slower in it than in fp32, so there both are
    timed. A GPU without bf16 gets fp16 with loss scaling.

    Args:
        device: Where to compute.
        wanted: What was asked for.
        family: Of the encoder, as its configuration has it (``model_type``). Some can compute in
            fp32 alone, whatever is wanted.
    """
    if family in _FP32_ALONE:
        return Precision.FP32
    if wanted is not Precision.AUTO:
        return wanted
    match device.type:
        case "cuda":
            return (
                Precision.BF16
                if torch.cuda.is_bf16_supported(including_emulation=False)
                else Precision.FP16
            )
        case "xpu":
            return Precision.BF16
        case "mps":
            return Precision.FP32
        case _:
            return _probe_cpu()


def autocast_type(precision: Precision) -> torch.dtype | None:
    """Return the type to autocast to, or None for plain fp32."""
    return {Precision.BF16: torch.bfloat16, Precision.FP16: torch.float16}.get(precision)


def describe_device(device: torch.device, processes: int = 1) -> str:
    """Return a device as it is shown.

    Args:
        device: Where this process computes.
        processes: That compute with as many threads each, this one among them.
    """
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    if device.type == "cpu":
        return phrase("CPU ({count} threads)", count=processes * torch.get_num_threads())
    return device.type.upper()


def describe_devices() -> tuple[str, ...]:
    """Return what can compute here, the best first, with its precision."""
    names = [name for name, present in _accelerators() if present] + ["cpu"]
    return tuple(
        f"{describe_device(torch.device(name))}, {choose_precision(torch.device(name)).value}"
        for name in names
    )


def memory_mb(device: torch.device) -> float:
    """Return the memory in use: the device's own, or the process's where it has none."""
    if device.type == "cuda":
        return torch.cuda.memory_allocated(device) / 2**20
    import psutil

    return float(psutil.Process(os.getpid()).memory_info().rss) / 2**20


def _accelerators() -> tuple[tuple[str, bool], ...]:
    return (
        ("cuda", torch.cuda.is_available()),
        ("xpu", torch.xpu.is_available()),
        ("mps", torch.backends.mps.is_available()),
    )


@functools.cache
def _probe_cpu() -> Precision:
    """Time one matrix product of the encoder's shape in both precisions; under half a second, once.

    The whole update follows it: with bf16 units it takes 0.55 of fp32's time.
    """
    if _share_of_bf16(_FEW_ROWS) > _HOPELESS:
        return Precision.FP32
    return Precision.BF16 if _share_of_bf16(_ROWS) < _WORTH else Precision.FP32


def _share_of_bf16(rows: int) -> float:
    """Return the time that a product takes in bf16, as a share of that in fp32."""
    return _time_product(torch.bfloat16, rows) / _time_product(torch.float32, rows)


def _time_product(dtype: torch.dtype, rows: int) -> float:
    left = torch.ones(rows, _WIDTH, dtype=dtype)
    right = torch.ones(_WIDTH, _INNER, dtype=dtype)
    best = float("inf")
    # The first rounds set up kernels; the fastest of the rest is what the machine can do.
    for _ in range(5):
        began = time.perf_counter()
        torch.mm(left, right)
        best = min(best, time.perf_counter() - began)
    return best
