"""Rounds of a training as a process: ``python -m core.training.round_process``.

The first line of its standard input is its order, see ``core.training.beside``; after it come
single bytes that hold it and let it go on. It ends as soon as its input does: nobody waits then.
What it fails of it says in one line on standard output.
"""

from __future__ import annotations

import errno
import os
import sys
import threading

from core.schema.process_failure import failure_line
from core.training.control import HOLD, Control


def main() -> int:
    """Train and return the exit code: 0, or 1 after a line that says what failed."""
    order = sys.stdin.buffer.readline()
    if not order:
        return 1
    control = Control()
    threading.Thread(target=_heed, args=(control,), name="parent", daemon=True).start()
    kept, sys.stdout = sys.stdout, sys.stderr
    try:
        _train(order, control)
    except Exception as error:
        print(failure_line(_named(error)), file=kept, flush=True)
        return 1
    return 0


def _train(line: bytes, control: Control) -> None:
    # Seconds of loading, in which the parent's end is noticed already.
    import msgspec
    import torch

    from core.training.allocator import kept_memory
    from core.training.apart import train_apart
    from core.training.beside import Order

    order = msgspec.json.decode(line, type=Order)
    torch.set_num_threads(order.threads)
    with kept_memory(torch.device("cpu")):
        train_apart(order, control)


def _named(error: Exception) -> Exception:
    """Return an error of a library by the type that the other process knows it by."""
    from core.training.faults import is_disk_full, is_out_of_memory

    if is_out_of_memory(error):
        return MemoryError()
    if is_disk_full(error):
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return error


def _heed(control: Control) -> None:
    while word := sys.stdin.buffer.read(1):
        if word == HOLD:
            control.pause()
        else:
            control.resume()
    os._exit(1)


if __name__ == "__main__":
    # A library's threads must not keep the process alive.
    code = main()
    sys.stdout.flush()
    os._exit(code)
