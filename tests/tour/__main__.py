"""Walks the tour by itself: ``python -m tests.tour``; pictures go to build/tour/.

With ``--guide`` the pictures that the user guide shows are put into docs/pictures/ as well.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_IN_GUIDE = (
    "welcome",
    "labelling",
    "mentions",
    "training",
    "suggestions",
    "report",
    "models",
    "import",
    "export-model",
    "keys",
    "dark",
)


def main() -> int:
    """Walk, and say where the pictures are."""
    if not os.environ.get("DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from tests.tour.driver import Driver
    from tests.tour.launch import window_on
    from tests.tour.steps import Tour

    pictures = _ROOT / "build" / "tour"
    shutil.rmtree(pictures, ignore_errors=True)
    application = QApplication(["chartmark"])
    with tempfile.TemporaryDirectory(prefix="chartmark-tour-") as name:
        folder = Path(name)
        with window_on(folder, application) as window:
            driver = Driver(window, pictures)
            Tour(driver, folder).walk()
    for file in driver.pictures:
        print(file.relative_to(_ROOT))
    if "--guide" in sys.argv[1:]:
        _illustrate(driver.pictures)
    return 0


def _illustrate(pictures: list[Path]) -> None:
    target = _ROOT / "docs" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    for file in pictures:
        name = file.stem.split("-", 1)[1]
        if name in _IN_GUIDE:
            shutil.copyfile(file, target / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
