"""How long the window takes from the start of its process until it can be used."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from core.operations.sample import create_sample_project
from core.worker.environment import OFFLINE
from tests.benchmarks.figures import ROOT, Figure, at_most, publish

LIMIT_SECONDS = 2.0
STARTS = 5
_MOST_SECONDS = 60

_WINDOW = """
import sys
from pathlib import Path
from app.main import launch

def usable():
    from PySide6.QtWidgets import QApplication
    print("usable", flush=True)
    QApplication.activeWindow().close()

launch(Path(sys.argv[1]), on_usable=usable)
"""
_EMPTY_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(sys.argv)
window = QMainWindow()
window.show()
QTimer.singleShot(0, lambda: (print("usable", flush=True), application.quit()))
application.exec()
"""


def run() -> bool:
    """Measure, from outside, and publish; returns whether the goal is met."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "sample.chartmark"
        create_sample_project(folder=project).close()
        window = [sys.executable, "-c", _WINDOW, str(project)]
        empty = [sys.executable, "-c", _EMPTY_WINDOW]
        # One start each that is not counted fills the disk cache; the rest take turns.
        seconds: dict[bool, list[float]] = {True: [], False: []}
        for start in range(STARTS + 1):
            for is_window, command in ((True, window), (False, empty)):
                took = seconds_to_usable(command, Path(folder))
                if start:
                    seconds[is_window].append(took)
    usable, bare = statistics.median(seconds[True]), statistics.median(seconds[False])
    return publish(
        "startup",
        {
            "window_usable": at_most(usable, LIMIT_SECONDS, "s"),
            "window_usable_slowest": at_most(max(seconds[True]), LIMIT_SECONDS, "s"),
            "window_against_empty_pyside_window": Figure(
                usable, "s", bare, usable / bare, "for comparison", met=True
            ),
        },
    )


def seconds_to_usable(command: list[str], settings: Path) -> float:
    """Start a window and return how long it took until it said that it can be used.

    Args:
        command: Its command line.
        settings: A folder in which it may keep its settings.

    Raises:
        RuntimeError: It ended without saying so.
    """
    environment = {**os.environ, **OFFLINE, "XDG_CONFIG_HOME": str(settings)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        watchdog = threading.Timer(_MOST_SECONDS, process.kill)
        watchdog.start()
        took = None
        for line in process.stdout:
            if line.startswith("usable"):
                took = time.perf_counter() - began
        watchdog.cancel()
    if took is None:
        raise RuntimeError(f"the window ended with code {process.returncode} and was never usable")
    return took
