"""Crash reports: what becomes of a bug, without a word of any record."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import platform
import sys
import threading
from asyncio import AbstractEventLoop
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QStandardPaths,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)

from core.schema.errors import describe_bug

_log = logging.getLogger(__name__)
_MOST_REPORTS = 20
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def data_folder() -> Path:
    """Return where logs and crash reports of this user lie."""
    place = QStandardPaths.StandardLocation.AppLocalDataLocation
    return Path(QStandardPaths.writableLocation(place))


class CrashReporter(QObject):
    """Takes every error that nobody caught, writes it down, and lets the window live on."""

    reported = Signal(object)
    """A report was written (its Path)."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Prepare to write into ``folder``/crashes and ``folder``/logs."""
        super().__init__(parent)
        self._folder = folder / "crashes"
        self._logs = folder / "logs"
        self._fault_file: Any = None

    def install(self, loop: AbstractEventLoop) -> None:
        """Take errors from now on: of the main thread, of others, of coroutines and of Qt."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._logs.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            self._logs / "window.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root = logging.getLogger()
        root.addHandler(handler)
        root.setLevel(logging.WARNING)
        # A crash in native code leaves the places it passed, which hold no text either.
        self._fault_file = (self._folder / "native.txt").open("a", encoding="utf-8")
        faulthandler.enable(self._fault_file)
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        loop.set_exception_handler(self._on_loop_error)
        qInstallMessageHandler(_log_qt)

    def report(self, error: BaseException) -> Path:
        """Write a report of an error and return its file; old reports make room."""
        self._folder.mkdir(parents=True, exist_ok=True)
        now = datetime.now(UTC)
        file = self._folder / f"crash-{now.strftime('%Y%m%d-%H%M%S-%f')}.txt"
        file.write_text(describe_crash(error, now), encoding="utf-8")
        for old in sorted(self._folder.glob("crash-*.txt"))[:-_MOST_REPORTS]:
            old.unlink(missing_ok=True)
        self.reported.emit(file)
        return file

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    def _on_thread_error(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_value)

    def _on_loop_error(self, loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        del loop
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.report(error)
        else:
            _log.error("the event loop complains: %s", context.get("message", ""))


def describe_crash(error: BaseException, at: datetime) -> str:
    """Return a report: versions, and the error with its causes by type and place only."""
    lines = [
        f"Chartmark {version('chartmark')}, {at.isoformat(timespec='seconds')}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        "",
    ]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(describe_bug(cause))
        cause = cause.__cause__ or cause.__context__
    lines.append("")
    lines.append("This report holds no text of any record.")
    return "\n".join(lines) + "\n"


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    del context
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)
