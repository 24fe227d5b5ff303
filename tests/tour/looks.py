"""Looks at the window in another language, scale, size or ground: each a process of its own.

Qt takes its scale from the environment and Chartmark its language before the first widget is made.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.schema.labels import Label
from tests.tour.dialog_steps import DialogSteps
from tests.tour.feature_steps import FeatureSteps
from tests.tour.labelling_steps import LabellingSteps
from tests.tour.learning_steps import LearningSteps

SCREEN = (1920, 1080)
"""Pixels of the screen that all looks must fit on."""
LONG_LABEL = "adverse_drug_reaction_or_intolerance_suspected"


@dataclass(frozen=True, slots=True)
class Look:
    """How the window is looked at.

    Attributes:
        language: That of ``app.language``.
        percent: Scale of everything.
        size: Of the window, in pixels of its own scale.
        scheme: Ground, as its command names it.
        long_names: Whether a label with a long name is made first.
    """

    language: str = "en"
    percent: int = 100
    size: tuple[int, int] = (1440, 900)
    scheme: str = "light"
    long_names: bool = False


LOOKS = {
    "light": Look(),
    "zh_CN": Look("zh_CN"),
    "200": Look(percent=200, size=(960, 540)),
    "small": Look(size=(960, 600), long_names=True),
    "80": Look(percent=80, size=(1920, 1200)),
    "dark": Look(scheme="dark"),
    "contrast": Look(scheme="contrast"),
}


def look_apart(name: str, pictures: Path) -> list[Path]:
    """Take a look in a process of its own and return its pictures."""
    subprocess.run(
        [sys.executable, "-m", "tests.tour", "--look", name, str(pictures)],
        check=True,
        timeout=600,
    )
    return sorted(pictures.glob("*.png"))


def look(name: str, pictures: Path) -> None:
    """Take a look in this process, which has made no application yet."""
    from PySide6.QtWidgets import QApplication

    from app import language
    from app.scale import apply_scale
    from tests.tour.driver import Driver
    from tests.tour.launch import window_on

    wanted = LOOKS[name]
    apply_scale(wanted.percent)
    application = QApplication(["chartmark"])
    language.install(application, wanted.language)
    with tempfile.TemporaryDirectory(prefix="chartmark-look-") as made:
        folder = Path(made)
        with window_on(folder, application, size=wanted.size) as window:
            LookWalk(Driver(window, pictures), folder).walk(wanted)


class LookWalk(LabellingSteps, LearningSteps, FeatureSteps, DialogSteps):
    """Walks through what needs no model."""

    def walk(self, wanted: Look) -> None:
        """Take every step on the ground that is wanted."""
        do = self._do
        if wanted.scheme != "light":
            do.window.actions_[f"view.{wanted.scheme}"].trigger()
        self.open_the_sample()
        if wanted.long_names:
            self.add_a_long_name()
        self.label_by_mouse()
        self.label_by_keys()
        self.label_all_mentions()
        self.look_at_learning()
        self.look_at_features()
        self.look_at_lessons()
        self.look_at_dialogs(self._folder / "showcase.jsonl")
        self.check_the_project()

    def add_a_long_name(self) -> None:
        """Have a label whose name is longer than the palette is wide."""
        self.session.add_label(Label(LONG_LABEL))
        self._do.wait(lambda: LONG_LABEL in self.session.scheme.names(), "the label")
