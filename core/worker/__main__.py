"""Entry of the worker process: ``python -m core.worker [--log-folder DIR]``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def main() -> int:
    """Serve requests on standard input until it closes."""
    # Before any library reads them.
    os.environ.update(
        HF_HUB_OFFLINE="1",
        TRANSFORMERS_OFFLINE="1",
        HF_DATASETS_OFFLINE="1",
        HF_HUB_DISABLE_TELEMETRY="1",
        TOKENIZERS_PARALLELISM="false",
    )
    from core.worker.process import lower_priority, start_logging, take_stdout

    pipe = take_stdout()
    parser = argparse.ArgumentParser(prog="core.worker")
    parser.add_argument("--log-folder", type=Path)
    start_logging(parser.parse_args().log_folder)
    lower_priority()

    from importlib.metadata import version

    from core.inference.devices import describe_devices
    from core.worker.jobs import Jobs
    from core.worker.messages import Ready
    from core.worker.server import Server

    greeting = Ready(
        pid=os.getpid(),
        devices=describe_devices(),
        versions={
            name: version(name) for name in ("chartmark", "torch", "transformers", "onnxruntime")
        },
    )
    Server(pipe=pipe, requests=sys.stdin.buffer, jobs=Jobs()).serve(greeting)
    return 0


if __name__ == "__main__":
    # A library's threads must not keep a worker alive that its window has left.
    code = main()
    sys.stderr.flush()
    os._exit(code)
