"""Rounds that other processes train at the same time: begun, held, waited for.

A process gets its order through its standard input, for it holds records, which are to be neither
on the disk nor among arguments; what its rounds end at it leaves in the run's folder. It ends when
its input does, and may be killed at any time: it goes on from its own checkpoints.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

import msgspec
from safetensors.torch import load_file

from core.schema.documents import LabelledDocument
from core.schema.learning import Recipe
from core.schema.process_failure import ProcessFailedError, raise_told
from core.training.averaging import Weights, round_file
from core.training.checkpoints import BESIDE, are_whole_weights
from core.training.control import GO_ON, HOLD, Control
from core.training.schedule import Schedule

_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Order:
    """What a process is to train.

    Attributes:
        train: Documents to learn from.
        dev: Documents that decide; a process beside only needs their sub-tokens.
        labels: The scheme.
        recipe: Hyperparameters, precision chosen.
        backbone: Folder or hub name.
        run_folder: Of the run.
        schedule: The course of each process.
        index: Which of them this is, from 1; the one that evaluates is 0.
        threads: That it computes with.
        resume: Go on from its last checkpoint.
    """

    train: Sequence[LabelledDocument]
    dev: Sequence[LabelledDocument]
    labels: tuple[str, ...]
    recipe: Recipe
    backbone: str
    run_folder: str
    schedule: Schedule
    index: int
    threads: int
    resume: bool

    @property
    def numbers(self) -> range:
        """Of its rounds, from 1."""
        rounds = self.schedule.rounds
        return range(self.index * rounds + 1, (self.index + 1) * rounds + 1)

    @property
    def own_folder(self) -> Path:
        """For its checkpoints, found again by whoever goes on with these rounds."""
        return Path(self.run_folder) / f"{BESIDE}{self.numbers[0]}"

    @property
    def files(self) -> dict[int, Path]:
        """Where it leaves what each of its rounds ended at, by their numbers."""
        return {number: round_file(Path(self.run_folder), number) for number in self.numbers}


def round_command() -> list[str]:
    """Return the command that trains rounds; a frozen executable calls itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--rounds"]
    return [sys.executable, "-m", "core.training.round_process"]


class _Companion:
    """A process that trains rounds."""

    def __init__(self, order: Order) -> None:
        """Start it; its order reaches it as soon as it listens."""
        self._process = subprocess.Popen(
            round_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Nothing waits to be written when the process is gone.
            bufsize=0,
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, "OMP_NUM_THREADS": str(order.threads)},
        )
        self._words: SimpleQueue[bytes] = SimpleQueue()
        self._words.put(msgspec.json.encode(order) + b"\n")
        self._speaking = threading.Thread(target=self._speak, name="rounds beside", daemon=True)
        self._speaking.start()

    def pause(self) -> None:
        """Hold it between two updates."""
        self._words.put(HOLD)

    def resume(self) -> None:
        """Let it go on."""
        self._words.put(GO_ON)

    def has_ended(self) -> bool:
        """Wait for a moment, and tell whether it has come to its end.

        Raises:
            KnownError: It failed of what the user can mend.
            MemoryError: Its memory ran out.
            OSError: It could not write.
            ProcessFailedError: Of anything else.
        """
        try:
            code = self._process.wait(_POLL_SECONDS)
        except subprocess.TimeoutExpired:
            return False
        if code:
            raise_told(self._process.stdout.read() if self._process.stdout else b"", code)
        return True

    def end(self) -> None:
        """End it at once, wherever it is."""
        self._process.kill()
        self._process.wait()
        self._words.put(b"")
        self._speaking.join()

    def _speak(self) -> None:
        """Pass words on, which may take until it listens; none ends the talk."""
        with self._process:
            if self._process.stdin is None:
                return
            # Why it ended is told where it is waited for.
            with suppress(BrokenPipeError):
                while words := memoryview(self._words.get()):
                    while words:
                        words = words[self._process.stdin.write(words) :]


class RoundsBeside:
    """The processes that train the other rounds; a context manager that ends them."""

    def __init__(self, orders: Sequence[Order], control: Control) -> None:
        """Prepare.

        Args:
            orders: Of each process; none where one process trains all rounds.
            control: The user's wishes, which are theirs as well.
        """
        self._orders = orders
        self._control = control
        self._companions: dict[int, _Companion] = {}

    def __enter__(self) -> Self:
        """Start those that have not done their rounds in an earlier part of the run."""
        for order in self._orders:
            for file in order.files.values():
                if not are_whole_weights(file):
                    file.unlink(missing_ok=True)
            if not all(file.exists() for file in order.files.values()):
                self._companions[order.index] = _Companion(order)
        self._control.lead(*self._companions.values())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End those that are still at work."""
        self._control.lead()
        for companion in self._companions.values():
            companion.end()

    def ended(self, look: Callable[[], None]) -> Iterator[tuple[int, Weights]]:
        """Yield number and weights of each of their rounds in order, waiting for it.

        It ends early where the user wishes the training to.

        Args:
            look: Called often while it waits; may raise to end the work.

        Raises:
            KnownError: One of them failed of what the user can mend.
            MemoryError: Memory ran out for one of them.
            OSError: One of them could not write.
            ProcessFailedError: Of anything else.
        """
        for order in self._orders:
            for number, file in order.files.items():
                while not file.exists():
                    look()
                    if self._control.stopping:
                        return
                    if self._companions[order.index].has_ended() and not file.exists():
                        raise ProcessFailedError("a round was not left", number)
                yield number, load_file(file)
