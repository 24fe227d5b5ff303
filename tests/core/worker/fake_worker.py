"""A worker of few lines: does as the folder of the project that it is to open says."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import Any


def say(**event: Any) -> None:
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def die(how: str) -> None:
    if how.startswith("signal "):
        os.kill(os.getpid(), getattr(signal, how.removeprefix("signal ")))
    sys.exit(int(how))


def main() -> None:
    if os.environ.get("FAKE_WORKER") == "deaf":
        threading.Event().wait()
    say(type="ready", pid=os.getpid(), devices=["CPU"], versions={})
    for line in sys.stdin:
        request = json.loads(line)
        job = request["job"]
        match request:
            case {"type": "open", "folder": folder} if folder.startswith("die "):
                die(folder.removeprefix("die "))
            case {"type": "open", "folder": "nonsense"}:
                sys.stdout.write("Downloading: 100 %\n")
                say(type="opened", job=job)
            case {"type": "open"}:
                say(type="opened", job=job)
            case {"type": "train"}:
                say(type="preparing", job=job, step="begun")
            case {"type": "cancel"} if os.environ.get("FAKE_WORKER") != "stubborn":
                say(type="cancelled", job=job, run_id=job + 100)
            case {"type": "shutdown"} if os.environ.get("FAKE_WORKER") != "stubborn":
                return


if __name__ == "__main__":
    main()
