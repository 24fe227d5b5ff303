"""The processes that train together: how one joins them, and what the first tells the others.

``torchrun`` or ``accelerate launch`` starts them and gives each its number in the environment;
accelerate's ``PartialState`` joins them (gloo between CPUs, nccl between NVIDIA's GPUs), and the
Trainer lets ``DistributedDataParallel`` average their gradients. What is here goes beyond that:
decisions that only the first process takes, and errors that all must hear of.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import torch
from accelerate import PartialState  # type: ignore[import-untyped]  # no stubs
from torch import distributed

from core.inference.devices import choose_device
from core.schema.errors import KnownError

_Made = TypeVar("_Made")

_LONGEST_WAIT = timedelta(hours=2)
"""The others wait while the first one evaluates; a process that ended is noticed at once."""
_OTHER_WAYS = ("ACCELERATE_USE_FSDP", "ACCELERATE_USE_DEEPSPEED", "ACCELERATE_USE_MEGATRON_LM")
_DECIDED_HERE = ("ACCELERATE_MIXED_PRECISION", "ACCELERATE_USE_CPU")
"""What accelerate's file of settings says and the Trainer would believe; recipe and ``--device``
are where Chartmark decides it."""
_PLACES = ("RANK", "LOCAL_RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE")


class Group:
    """The processes of a training, as one of them sees them.

    Attributes:
        rank: Number of this one, from 0.
        size: How many there are.
        here: How many of them share this machine.
    """

    def __init__(
        self,
        *,
        rank: int = 0,
        size: int = 1,
        here: int = 1,
        device: torch.device | None = None,
    ) -> None:
        """See the class; ``device`` is where this process computes, and what it sends from."""
        self.rank, self.size, self.here = rank, size, here
        self._device = device or torch.device("cpu")

    @property
    def leads(self) -> bool:
        """Whether this is the first process, which alone writes, evaluates and decides."""
        return self.rank == 0

    def share(self, told: bytes = b"") -> bytes:
        """Return what the first process tells; what others give is passed over."""
        if self.size == 1:
            return told
        length = self._numbers(len(told))
        distributed.broadcast(length, src=0)
        if not int(length):
            return b""
        content = self._bytes(told) if self.leads else self._bytes(bytes(int(length)))
        distributed.broadcast(content, src=0)
        return content.cpu().numpy().tobytes()

    def decide(self, wish: bool) -> bool:
        """Return what the first process wishes."""
        return self.share(bytes([wish])) == bytes([True])

    def gather(self, number: int) -> list[int]:
        """Return what each process gives, in their order; below 2**63."""
        if self.size == 1:
            return [number]
        own = self._numbers(number)
        each = [torch.zeros_like(own) for _ in range(self.size)]
        distributed.all_gather(each, own)
        return [int(given) for given in each]

    def together(self, work: Callable[[], _Made]) -> _Made:
        """Do what every process has to do for itself, and go on only where all could.

        Raises:
            KnownError: It could not be done here or in another process, whose words are told.
        """
        if self.size == 1:
            return work()
        failed: KnownError | None = None
        try:
            made = work()
        except KnownError as error:
            failed = error
        said = self._said_by_each(str(failed) if failed else "")
        if failed is not None:
            raise failed
        for rank, words in enumerate(said):
            if words:
                raise KnownError("Process {rank}: {words}", rank=rank, words=words)
        return made

    def _said_by_each(self, words: str) -> list[str]:
        own = words.encode()
        # Not every backend sends nothing at all.
        longest = max(1, *self.gather(len(own)))
        padded = self._bytes(own.ljust(longest))
        each = [torch.zeros_like(padded) for _ in range(self.size)]
        distributed.all_gather(each, padded)
        return [said.cpu().numpy().tobytes().decode().rstrip() for said in each]

    def _numbers(self, number: int) -> torch.Tensor:
        return torch.tensor([number], dtype=torch.int64, device=self._device)

    def _bytes(self, content: bytes) -> torch.Tensor:
        return torch.tensor(list(content), dtype=torch.uint8, device=self._device)


ALONE = Group()
"""The one process of an ordinary training."""


def join(wanted: str) -> tuple[Group, torch.device]:
    """Join the processes that were started with this one; it waits for all of them.

    Args:
        wanted: ``auto`` or a device's name.

    Returns:
        The group, and the device of this process: of several GPUs that of its local number.

    Raises:
        KnownError: They cannot train together on that device, or not in the way that accelerate's
            settings ask for.
    """
    if wanted == "auto" and os.environ.get("ACCELERATE_USE_CPU", "").lower() in {"true", "1"}:
        wanted = "cpu"
    for name in _DECIDED_HERE:
        os.environ.pop(name, None)
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        for name in _PLACES:
            # One process is no group, whoever started it.
            os.environ.pop(name, None)
        return ALONE, choose_device(wanted)
    here = int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
    device = _device_for_all(wanted, here)
    state = PartialState(cpu=device.type == "cpu", timeout=_LONGEST_WAIT)
    if state.num_processes != size:
        raise KnownError(
            "Several processes cannot compute together on the device {device}.",
            "Start one process, or give --device cpu.",
            device=device.type,
        )
    own = torch.device("cpu") if device.type == "cpu" else torch.device(state.device)
    return Group(rank=state.process_index, size=size, here=here, device=own), own


def leave() -> None:
    """Leave the group, if there is one."""
    if distributed.is_initialized():
        distributed.destroy_process_group()


def _device_for_all(wanted: str, here: int) -> torch.device:
    """Return the kind of device that all processes use.

    Raises:
        KnownError: It is one that they cannot share, or too few of them are here.
    """
    if any(os.environ.get(name, "").lower() in {"true", "1"} for name in _OTHER_WAYS):
        raise KnownError(
            "Each process trains the whole model; it cannot be parted among them.",
            "Choose no FSDP, DeepSpeed or Megatron in accelerate's settings.",
        )
    device = choose_device(wanted)
    if wanted == "auto" and device.type == "mps":
        return torch.device("cpu")
    if device != torch.device(device.type):
        raise KnownError(
            "{count} processes cannot all use the device {device}.",
            "Leave the number out: each process takes the one of its own number.",
            count=here,
            device=wanted,
        )
    if device.type == "cpu":
        return device
    devices = int(getattr(torch, device.type).device_count())
    if here > devices:
        raise KnownError(
            "{count} processes were started on a machine with {devices} devices of kind {device}.",
            "Start one process for each device, or give --device cpu.",
            count=here,
            devices=devices,
            device=device.type,
        )
    return device
