"""A real worker, into whose trainings the fault is injected that a file names."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

from core.worker import __main__ as entry
from core.worker.messages import Ready
from core.worker.server import JobRunner

FAULT = "CHARTMARK_TEST_FAULT"
"""Name of the environment's entry that says where the file is."""
AFTER = 30
"""Updates after which a fault shows: one checkpoint is written by then."""

_load = entry._load


def load() -> tuple[JobRunner, Ready]:
    """Load the libraries, then put the fault between them and what uses them."""
    loaded = _load()
    import torch

    from core.training.trainer import WordTrainer

    file = Path(os.environ[FAULT])
    compute_loss, save_checkpoint = WordTrainer.compute_loss, WordTrainer._save_checkpoint

    def faulty_loss(self: WordTrainer, model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        loss = compute_loss(self, model, inputs, *args, **kwargs)
        if self.state.global_step < AFTER:
            return loss
        match file.read_text(encoding="utf-8"):
            case "loss":
                return loss * float("nan")
            case "no memory":
                raise torch.OutOfMemoryError("CUDA out of memory")
            case "little memory" if len(inputs["input_ids"]) > 2:
                raise MemoryError
            case "device":
                raise torch.AcceleratorError("CUDA error: unspecified launch failure")
            case _:
                return loss

    def faulty_checkpoint(self: WordTrainer, model: Any, trial: Any) -> None:
        if self.state.global_step >= AFTER and file.read_text(encoding="utf-8") == "disk":
            raise OSError(errno.ENOSPC, "No space left on device")
        save_checkpoint(self, model, trial)

    WordTrainer.compute_loss = faulty_loss  # type: ignore[method-assign]
    WordTrainer._save_checkpoint = faulty_checkpoint  # type: ignore[method-assign, assignment]
    return loaded


if __name__ == "__main__":
    # Whatever else the machine does, a test does not wait for it.
    vars(entry).update(_load=load, lower_priority=lambda: None)
    code = entry.main()
    sys.stderr.flush()
    os._exit(code)
