"""Makes the window that the tour walks: the real one, with settings of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop  # type: ignore[import-untyped]  # no stubs

from app.design.theme import Theme
from app.design.tokens import Scheme
from app.preferences import Preferences
from app.window.extensions import LateExtensions
from app.window.main_window import MainWindow

SIZE = (1440, 900)


@contextmanager
def window_on(
    folder: Path, application: QApplication, *, size: tuple[int, int] = SIZE
) -> Iterator[MainWindow]:
    """Give a window on the welcome page; its settings and its sample project lie in ``folder``."""
    # Logs of the worker must not come among the user's own.
    QStandardPaths.setTestModeEnabled(True)
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    loop = QEventLoop(application)
    failures: list[BaseException] = []
    loop.set_exception_handler(lambda _loop, context: failures.append(context["exception"]))
    window = MainWindow(
        theme=Theme(application, Scheme.LIGHT),
        preferences=Preferences(settings),
        extensions=LateExtensions(),
        loop=loop,
        sample_folder=folder / "sample.chartmark",
    )
    window.resize(*size)
    window.show()
    window.begin(None)
    try:
        yield window
    finally:
        window.close()
        application.processEvents()
        window.deleteLater()
        loop.close()
    if failures:
        raise failures[0]
