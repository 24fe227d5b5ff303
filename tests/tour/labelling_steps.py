"""The part of the tour that labels: by mouse, by keys, everywhere at once, and back again."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from app.dialogs.mentions import MentionsDialog
from app.texts import without_mnemonic
from core.schema.documents import ReviewStatus
from tests.tour.driver import Driver, TourError
from tests.tour.walk import Walk


class LabellingSteps(Walk[Driver]):
    """Steps of a first quarter of an hour; each checks that it was done."""

    def open_the_sample(self) -> None:
        """Begin at the welcome page and open the sample project."""
        do = self._do
        do.picture("welcome")
        buttons = do.window.welcome.findChildren(QPushButton)
        sample = without_mnemonic(do.window.actions_["project.sample"].text())
        do.click(next(button for button in buttons if button.text() == sample))
        do.wait(lambda: do.window.session and do.window.session.record, "the first record")
        do.wait(lambda: do.window.panel, "the training panel")

    def label_by_mouse(self) -> None:
        """Drag over words without hitting their ends; the selection snaps to them."""
        do = self._do
        start, end = do.find("severe aortic stenosis")
        do.drag_text((start + 1, end - 2))
        if do.window.area.view.selection().stretch != (start, end):
            raise TourError("the selection did not snap to words")
        do.click(do.window.docks.palette.label_rows["heart_disease"])
        self.wait_for_label(start, end, "heart_disease")

    def label_by_keys(self) -> None:
        """Go by word, extend, label and say whose it is, without the mouse."""
        do = self._do
        first, last = do.find("type two diabetes")
        do.window.area.view.setFocus()
        for _ in range(200):
            word = do.window.area.view.selection().word
            if word is not None and word[0] == first:
                break
            do.press("Right")
        do.press("Shift+Right")
        do.press("Shift+Right")
        do.write("1")
        self.wait_for_label(first, last, "diabetes")
        start, end = do.find("heart failure")
        do.drag_text((start, end))
        do.write("3")
        self.wait_for_label(start, end, "heart_disease")
        do.write("f")
        do.wait(lambda: self.span(start, end).attributes == ("family",), "the attribute")
        do.picture("labelling")

    def undo_and_redo(self) -> None:
        """Take three edits back and make them again; each is saved at once."""
        do = self._do
        before = self.record.spans
        for _ in range(3):
            do.press("Ctrl+Z")
        do.wait(lambda: len(self.record.spans) == len(before) - 2, "three edits undone")
        for _ in range(3):
            do.press("Ctrl+Y")
        do.wait(lambda: self.record.spans == before, "three edits redone")

    def label_all_mentions(self) -> None:
        """Label a drug and then every place where it stands, here and elsewhere."""
        do = self._do
        start, end = do.find("bendroflumethiazide")
        do.drag_text((start, end))
        do.write("4")
        self.wait_for_label(start, end, "medication")
        do.press("Shift+M")
        dialog = do.dialog(MentionsDialog)
        if not isinstance(dialog, MentionsDialog):
            raise TourError("no dialog about mentions")
        do.wait(dialog.primary.isEnabled, "the count of mentions")
        do.picture("mentions", dialog)
        do.click(dialog.primary)
        again, its_end = do.find("bendroflumethiazide", occurrence=1)
        self.wait_for_label(again, its_end, "medication")

    def finish_the_record(self) -> None:
        """Mark the record as done; the next one comes."""
        do = self._do
        name = self.record.document.name
        do.press("Ctrl+Return")
        do.wait(lambda: self.record.document.name != name, "the next record")
        done = self.session.queue.progress[ReviewStatus.DONE]
        do.wait(lambda: self.session.queue.progress[ReviewStatus.DONE] >= done, "its count")
