"""What keys and menus do to the sections of the record: folding, and going from one to another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.editor import accessible
from app.editor.record_view import RecordView
from app.window.banner import Banner
from app.window.section_list import SectionList


class SectionVerbs(QObject):
    """The verbs of sections; says why nothing was done where a record has none."""

    def __init__(self, view: RecordView, banner: Banner, parent: QObject | None = None) -> None:
        """Serve a view; hints are said in the banner."""
        super().__init__(parent)
        self._view = view
        self._banner = banner
        self.list = SectionList(view)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the commands call."""
        return {
            "section.fold": self.fold_here,
            "section.fold_all": self.fold_all,
            "section.go": self.open_list,
            "section.next": lambda: self.step(1),
            "section.previous": lambda: self.step(-1),
        }

    def fold_here(self) -> None:
        """Fold the section at the caret, or unfold it."""
        if self._has_sections() and not self._view.folding.toggle_here():
            self._hint(self.tr("Here is nothing to fold: the caret is in no section of two lines."))

    def fold_all(self) -> None:
        """Fold all sections, or unfold them where all are folded."""
        if self._has_sections() and not self._view.folding.toggle_all():
            self._hint(self.tr("Here is nothing to fold: each section is one line."))

    def step(self, steps: int) -> None:
        """Go to the heading of the next (1) or previous (-1) section."""
        if self._has_sections() and not self._view.folding.step(steps):
            last, first = (
                self.tr("This is the last section."),
                self.tr("This is the first section."),
            )
            accessible.announce(self._view, last if steps > 0 else first)

    def open_list(self) -> None:
        """Show the list of sections."""
        if self._has_sections():
            self.list.open_list()

    def _has_sections(self) -> bool:
        if self._view.record is not None and not self._view.folds.sections:
            self._hint(self.tr("No headings were found in this record."))
        return bool(self._view.folds.sections)

    def _hint(self, text: str) -> None:
        self._banner.say(text)
        accessible.announce(self._view, text)
