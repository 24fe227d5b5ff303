"""Where Chartmark starts: the window without arguments or with ``open``, else the command line."""

from __future__ import annotations

import gc
import os
import runpy
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from core.worker.environment import OFFLINE

_PROCESSES = {
    "--worker": "core.worker",
    "--convert": "core.export",
    "--rounds": "core.training.round_process",
}
"""As what else a frozen executable calls itself: the worker, and what that starts in its turn."""


def main() -> int:
    """Start what the arguments ask for and return the exit code."""
    # Before any library reads them.
    os.environ.update(OFFLINE)
    arguments = sys.argv[1:]
    if arguments and arguments[0] in _PROCESSES:
        # By name, for torch must not load here.
        sys.argv = [sys.argv[0], *arguments[1:]]
        runpy.run_module(_PROCESSES[arguments[0]], run_name="__main__")
        return 0
    if not arguments or (arguments[0] == "open" and not _asks_for_help(arguments)):
        if len(arguments) > 2:
            print("usage: chartmark open [PROJECT]", file=sys.stderr)
            return 2
        return launch(Path(arguments[1]) if len(arguments) == 2 else None)
    from core.cli.main import main as command

    return command(arguments)


def launch(
    project: Path | None,
    *,
    on_usable: Callable[[], None] | None = None,
    qt_arguments: Sequence[str] = ("chartmark",),
) -> int:
    """Open the window and return when it is closed.

    Args:
        project: Opened in it; else the last one, if the user wishes that.
        on_usable: Called once the first record, or the welcome page, is on the screen.
        qt_arguments: For Qt itself.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop  # type: ignore[import-untyped]  # no stubs

    from app import language
    from app.crash import CrashReporter, data_folder
    from app.design.icons import application_icon
    from app.design.theme import Theme
    from app.design.tokens import Scheme
    from app.preferences import Preferences
    from app.scale import apply_scale
    from app.settings import LANGUAGE, SCALE, SCHEME
    from app.window.extensions import LateExtensions
    from app.window.main_window import MainWindow
    from app.window.restart import Restart, start_again

    preferences = Preferences()
    apply_scale(int(preferences.choice(SCALE)))
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    application = QApplication(list(qt_arguments))
    application.setApplicationName("Chartmark")
    application.setDesktopFileName("chartmark")
    application.setWindowIcon(application_icon())
    language.install(application, language.language_for(preferences.choice(LANGUAGE)))
    theme = Theme(application, Scheme(preferences.choice(SCHEME)))
    loop = QEventLoop(application)
    reporter = CrashReporter(data_folder())
    reporter.install(loop)
    window = MainWindow(
        theme=theme, preferences=preferences, extensions=LateExtensions(), loop=loop
    )
    reporter.reported.connect(window.tell_crash)
    restart = Restart(window)
    # What is loaded by then stays: a full collection that looked through all of it would hold
    # up a frame for some 40 ms.
    window.became_usable.connect(gc.freeze)
    window.panel_loaded.connect(gc.freeze)
    if on_usable is not None:
        window.became_usable.connect(on_usable)
    ended = loop.create_future()
    window.closed.connect(lambda: ended.done() or ended.set_result(None))
    window.show()
    window.begin(project)
    with loop:
        loop.run_until_complete(ended)
    if restart.wanted:
        start_again(restart.project)
    return 0


def _asks_for_help(arguments: Sequence[str]) -> bool:
    return any(argument in {"-h", "--help"} for argument in arguments)


if __name__ == "__main__":
    sys.exit(main())
