"""The part of the tour that looks at what surrounds a training: search, record, memory."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea

from app.dialogs.adapt_backbone import AdaptBackboneDialog
from app.dialogs.settings import SettingsDialog
from tests.tour.driver import Driver, TourError
from tests.tour.walk import Walk

_RECORD_PAGE = 4


class LearningSteps(Walk[Driver]):
    """Opens each and closes it again; nothing is trained."""

    def look_at_learning(self) -> None:
        """Open the pages of the training panel that are not seen in a training, and two dialogs."""
        do = self._do
        do.window.actions_["model.search"].trigger()
        details = self.panel.details
        if details is None or not details.search.isVisible():
            raise TourError("the search's page did not open")
        do.picture("search")
        do.click(details.tabs, details.tabs.tabRect(_RECORD_PAGE).center())
        if not details.record.isVisible():
            raise TourError("the record's page did not open")
        do.picture("record")
        do.click(self.panel.strip.chevron)
        do.window.actions_["model.adapt"].trigger()
        dialog = do.dialog(AdaptBackboneDialog)
        do.picture("adapt", dialog)
        do.press("Escape", dialog)
        do.wait_closed(dialog)
        self._look_at_memory()

    def _look_at_memory(self) -> None:
        do = self._do
        do.window.actions_["app.settings"].trigger()
        dialog = do.dialog(SettingsDialog)
        if not isinstance(dialog, SettingsDialog):
            raise TourError("no settings")
        do.wait(dialog.memory.isVisible, "the table of memory")
        for area in dialog.findChildren(QScrollArea):
            area.ensureWidgetVisible(dialog.memory)
        do.breathe(80)
        do.picture("memory", dialog)
        do.press("Escape", dialog)
        do.wait_closed(dialog)
