"""Walks the tour by itself: ``python -m tests.tour``; pictures go to build/tour/.

With ``--guide`` the pictures that the user guide shows are put into docs/pictures/ as well. With
``--look NAME [FOLDER]`` only that look of ``tests.tour.looks`` is taken.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.tour.looks import LOOKS, look, look_apart

_ROOT = Path(__file__).resolve().parents[2]
_PICTURES = _ROOT / "build" / "tour"
_IN_GUIDE = (
    *("welcome", "import", "labelling", "mentions", "palette", "nested", "pieces", "hints"),
    *("attribute-values", "sections", "terms", "training", "report", "models", "suggestions"),
    *("accept-visible", "review", "focus", "long-record", "export-model", "keys", "dark"),
)
_FROM_LOOKS = {"chinese": ("zh_CN", "nested"), "large": ("200", "nested")}
"""Pictures of the guide that a look takes, with its name and that of the picture."""


def main() -> int:
    """Walk, and say where the pictures are."""
    if not os.environ.get("DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if "--look" in sys.argv:
        name, *folder = sys.argv[sys.argv.index("--look") + 1 :]
        look(name, Path(folder[0]) if folder else _PICTURES / name)
        return 0
    shutil.rmtree(_PICTURES, ignore_errors=True)
    pictures = _walked()
    looks = {name: look_apart(name, _PICTURES / name) for name in LOOKS}
    for file in [*pictures, *(file for taken in looks.values() for file in taken)]:
        print(file.relative_to(_ROOT))
    if "--guide" in sys.argv[1:]:
        _illustrate(pictures, looks)
    return 0


def _walked() -> list[Path]:
    from PySide6.QtWidgets import QApplication

    from tests.tour.driver import Driver
    from tests.tour.launch import window_on
    from tests.tour.steps import Tour

    application = QApplication(["chartmark"])
    with tempfile.TemporaryDirectory(prefix="chartmark-tour-") as name:
        folder = Path(name)
        with window_on(folder, application) as window:
            driver = Driver(window, _PICTURES)
            Tour(driver, folder).walk()
    return driver.pictures


def _illustrate(pictures: list[Path], looks: dict[str, list[Path]]) -> None:
    target = _ROOT / "docs" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    named = {_name(file): file for file in pictures}
    chosen = {name: named[name] for name in _IN_GUIDE}
    for name, (look_name, picture) in _FROM_LOOKS.items():
        chosen[name] = next(file for file in looks[look_name] if _name(file) == picture)
    for name, file in chosen.items():
        shutil.copyfile(file, target / f"{name}.png")


def _name(picture: Path) -> str:
    """Return a picture's name without its number."""
    return picture.stem.split("-", 1)[1]


if __name__ == "__main__":
    sys.exit(main())
