"""Entry of the worker process: ``python -m core.worker [--log-folder DIR]``."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.metadata import version
from pathlib import Path

from core.worker.environment import prepare_environment
from core.worker.messages import Ready
from core.worker.process import ignore_interrupts, lower_priority, start_logging, take_stdout
from core.worker.server import JobRunner, Server


def main() -> int:
    """Serve requests on standard input until it closes."""
    # Before any library reads them.
    prepare_environment()
    pipe = take_stdout()
    parser = argparse.ArgumentParser(prog="core.worker")
    parser.add_argument("--log-folder", type=Path)
    start_logging(parser.parse_args().log_folder)
    ignore_interrupts()
    lower_priority()
    return Server(pipe=pipe, requests=sys.stdin.buffer, load=_load).serve()


def _load() -> tuple[JobRunner, Ready]:
    """Load torch and all that stands on it: seconds, in which the server listens already."""
    from core.inference.devices import describe_devices
    from core.worker.jobs import Jobs

    libraries = ("chartmark", "torch", "transformers", "onnxruntime")
    greeting = Ready(
        pid=os.getpid(),
        devices=describe_devices(),
        versions={name: version(name) for name in libraries},
    )
    return Jobs(), greeting


if __name__ == "__main__":
    # A library's threads must not keep a worker alive that its window has left.
    code = main()
    sys.stderr.flush()
    os._exit(code)
