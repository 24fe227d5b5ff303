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


def choose_precision(device: torch.device, wanted: Precision = Precision.AUTO) -> Precision:
    """Return the arithmetic for a device: as wanted, or what a short probe finds fastest.

    A CPU without bf16 units emulates bf16 and is slower in it than in fp32, so there both are
    timed. A GPU without bf16 gets fp16 with loss scaling.
    """
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


def describe_device(device: torch.device) -> str:
    """Return a device as it is shown."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    if device.type == "cpu":
        return phrase("CPU ({count} threads)", count=torch.get_num_threads())
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
    """Time one matrix product of the encoder's shape in both precisions; about 50 ms, once.

    The whole update follows it: with bf16 units it takes 0.55 of fp32's time.
    """
    fp32, bf16 = _time_product(torch.float32), _time_product(torch.bfloat16)
    return Precision.BF16 if bf16 < _WORTH * fp32 else Precision.FP32


def _time_product(dtype: torch.dtype) -> float:
    left = torch.ones(_ROWS, _WIDTH, dtype=dtype)
    right = torch.ones(_WIDTH, _INNER, dtype=dtype)
    best = float("inf")
    # The first rounds set up kernels; the fastest of the rest is what the machine can do.
    for _ in range(5):
        began = time.perf_counter()
        torch.mm(left, right)
        best = min(best, time.perf_counter() - began)
    return best
