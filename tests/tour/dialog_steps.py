"""The part of the tour that opens what is seen only now and then: dialogs, key sheet, lessons."""

from __future__ import annotations

from pathlib import Path

from app.dialogs.import_files import ImportDialog
from app.dialogs.keys import KeysDialog
from app.dialogs.new_project import NewProjectDialog
from app.dialogs.settings import SettingsDialog
from app.window.key_sheet import KeySheet
from tests.tour.driver import Driver, TourError
from tests.tour.walk import Walk


class DialogSteps(Walk[Driver]):
    """Opens each and closes it again."""

    def look_at_dialogs(self, to_import: Path) -> None:
        """Open the other dialogs once; the import's with a file that is not imported."""
        do = self._do
        for name, kind, picture in (
            ("project.new", NewProjectDialog, "new-project"),
            ("app.settings", SettingsDialog, "settings"),
            ("help.keys", KeySheet, "keys"),
            ("help.change_keys", KeysDialog, "change-keys"),
        ):
            do.window.actions_[name].trigger()
            dialog = do.dialog(kind)
            do.picture(picture, dialog)
            do.press("Escape", dialog)
            do.wait_closed(dialog)
        do.window.extensions.dialogs().import_files(do.window, [to_import])
        dialog = do.dialog(ImportDialog)
        do.breathe(600)
        do.picture("import", dialog)
        do.press("Escape", dialog)
        do.wait_closed(dialog)

    def look_at_lessons(self) -> None:
        """Begin the guided tour of the window, and end it."""
        do = self._do
        do.press("Ctrl+F1")
        card = do.window.tour.card
        do.wait(card.isVisible, "the first lesson")
        do.click(card.onward)
        do.picture("lesson")
        do.click(card.end)
        if card.isVisible() or do.window.tour.ring.isVisible():
            raise TourError("the lessons did not end")
