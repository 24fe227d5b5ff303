"""The main job without a mouse: from the welcome page to an exported model, by keys alone."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from app.dialogs.export_data import ExportDialog
from app.dialogs.export_model import ExportModelDialog
from app.dialogs.mentions import MentionsDialog
from app.training.state import Action, Phase
from core.schema.documents import Piece, ReviewStatus, SuggestionStatus
from core.store import documents
from tests.tour.driver import Driver, TourError
from tests.tour.walk import Walk

_FARTHEST = 80
"""Steps of Tab or an arrow after which what is looked for counts as out of reach."""


class Keyboard(Driver):
    """A driver that has no mouse."""

    def click(
        self,
        widget: QWidget,
        at: QPoint | None = None,
        *,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Refuse: there is no mouse."""
        raise TourError("this job is done without a mouse")

    def click_action(self, action: QAction) -> None:
        """Refuse: there is no mouse."""
        raise TourError("this job is done without a mouse")

    def drag_text(
        self,
        piece: Piece,
        *,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Refuse: there is no mouse."""
        raise TourError("this job is done without a mouse")

    def tab_to(self, widget: QWidget) -> None:
        """Press Tab until a widget has the keys."""
        for _ in range(_FARTHEST):
            if QApplication.focusWidget() is widget:
                return
            self.press("Tab")
        raise TourError(f"Tab does not reach {widget.accessibleName() or type(widget).__name__}")


class KeysOnlyJob(Walk[Keyboard]):
    """Does the main job by keys; each step checks that it was done."""

    def walk(self) -> None:
        """Take every step."""
        self.open_the_sample()
        self.label_and_undo()
        self.label_all_mentions()
        self.finish_and_search()
        self.retrain_and_stop()
        self.judge_suggestions()
        self.export_the_labels()
        self.export_the_model()
        self.check_the_project()

    def open_the_sample(self) -> None:
        """Reach the sample project on the welcome page and open it."""
        do = self._do
        buttons = do.window.welcome.findChildren(QPushButton)
        sample = do.window.actions_["project.sample"].text().replace("&", "")
        do.tab_to(next(button for button in buttons if button.text() == sample))
        do.press("Space")
        do.wait(lambda: do.window.session and do.window.session.record, "the first record")
        do.wait(lambda: do.window.panel, "the training panel")

    def label_and_undo(self) -> None:
        """Go to words, select them, label them, say how they are meant; take it back, and again."""
        do = self._do
        start, end = self._select("type two diabetes")
        do.write("1")
        do.wait(lambda: self.labels(start, end) == ["diabetes"], "the label")
        do.wait(lambda: do.window.area.view.selection().span_id, "its selection")
        do.write("h")
        do.wait(lambda: self._attributes(start, end) == ("historical",), "the attribute")
        do.press("Ctrl+Z")
        do.press("Ctrl+Z")
        do.wait(lambda: not self.labels(start, end), "both taken back")
        do.press("Ctrl+Y")
        do.wait(lambda: self.labels(start, end) == ["diabetes"], "the label made again")

    def label_all_mentions(self) -> None:
        """Label a drug wherever it stands in the record."""
        do = self._do
        self._select("bendroflumethiazide")
        do.write("4")
        do.wait(lambda: do.window.area.view.selection().span_id, "the label")
        do.write("m")
        dialog = do.dialog(MentionsDialog)
        if not isinstance(dialog, MentionsDialog):
            raise TourError("no dialog about mentions")
        do.wait(dialog.primary.isEnabled, "the count of mentions")
        do.press("Return")
        do.wait_closed(dialog)
        again = do.find("bendroflumethiazide", occurrence=1)
        do.wait(lambda: self.labels(*again) == ["medication"], "the other mention")

    def finish_and_search(self) -> None:
        """Mark the record as done; find another one by a word in it, and open it."""
        do = self._do
        done = self.record.id
        do.press("Ctrl+Return")
        do.wait(lambda: self.record.id != done, "the next record")
        do.wait(lambda: self._status(done) is ReviewStatus.DONE, "its mark")
        do.press("Ctrl+Shift+F")
        do.write("metformin")
        do.press("Return")
        do.wait(lambda: "metformin" in self.record.document.text.casefold(), "a record found")
        do.press("Ctrl+Shift+F")
        do.press("Delete")
        do.wait(lambda: not self.session.queue.query.filtered, "all records")

    def retrain_and_stop(self) -> None:
        """Train, and once there is a live score, stop with the best model so far."""
        do = self._do
        do.press("Ctrl+T")
        state = self.panel.board
        do.wait(lambda: state.state.phase is Phase.TRAINING, "the training", seconds=120)
        do.wait(lambda: state.curves.evaluations or not state.state.trains, "a score", seconds=600)
        if state.state.trains:
            stop = self.panel.strip.buttons[Action.STOP_KEEP_BEST]
            for _ in range(_FARTHEST):
                if self.panel.widget().isAncestorOf(do.focus()):
                    break
                do.press("F6")
            do.tab_to(stop)
            do.press("Space")
        do.wait(lambda: not state.state.busy, "the end of training and scoring", seconds=900)
        do.wait(lambda: state.state.model is not None, "a model")

    def judge_suggestions(self) -> None:
        """Accept, reject and correct suggestions of a record reached by keys."""
        do = self._do
        do.wait(lambda: any(r.suggestion_count >= 3 for r in self.session.queue.rows), "advice")
        for _ in range(len(self.session.queue.rows)):
            if len(self.record.suggestions) >= 3:
                break
            self._next_record()
        for keys in ("Return", "X", "2"):
            self._decide(keys)

    def export_the_labels(self) -> None:
        """Write the labelled records into a file."""
        do = self._do
        out = self._folder / "by-keys.jsonl"
        do.press("Ctrl+E")
        dialog = do.dialog(ExportDialog)
        if not isinstance(dialog, ExportDialog):
            raise TourError("no export dialog")
        self._fill(dialog, "Alt+P", str(out))
        do.press("Return")
        do.wait(out.exists, "the exported file")
        # Escape would be an answer to the progress that still stands there.
        do.wait(lambda: dialog.pages.currentWidget() is dialog.exported, "the result")
        do.press("Escape", dialog)
        do.wait_closed(dialog)

    def export_the_model(self) -> None:
        """Write the model into a folder."""
        do = self._do
        do.press("Ctrl+Shift+E")
        dialog = do.dialog(ExportModelDialog)
        self._fill(dialog, "Alt+N", "by-keys")
        self._fill(dialog, "Alt+P", str(self._folder))
        do.press("Return")
        state = self.panel.board
        do.wait(lambda: state.state.exported is not None, "the exported model", seconds=300)
        if not (self._folder / "by-keys" / "predict.py").exists():
            raise TourError("the model's folder is not there")

    def _next_record(self) -> None:
        before = self.record.id
        self._do.press("Alt+Down")
        self._do.wait(lambda: self.record.id != before, "the next record")

    def _decide(self, keys: str) -> None:
        """Give a key to the selected suggestion, the next one where none is selected."""
        view = self._do.window.area.view
        view.setFocus()
        if not view.selection().suggestion_id:
            self._do.press("J")
        self._do.wait(lambda: view.selection().suggestion_id, "a suggestion")
        chosen = view.selection().suggestion_id
        self._do.press(keys)
        self._do.wait(lambda: self._decided(chosen), f"what {keys} decides")

    def _fill(self, dialog: QDialog, keys: str, text: str) -> None:
        """Go to a field by its letter and type over what stands there."""
        do = self._do
        do.press(keys, dialog)
        do.press("Ctrl+A")
        do.write(text)
        primary = dialog.findChild(QPushButton, "primary")
        if primary is not None:
            do.wait(primary.isEnabled, "the button that goes on")
        do.breathe(200)

    def _select(self, words: str) -> Piece:
        """Walk to words by the arrow keys and select them."""
        do = self._do
        view = do.window.area.view
        start, end = do.find(words)
        view.setFocus()
        do.press("Ctrl+Home")
        for _ in range(400):
            word = view.selection().word
            if word is not None and word[0] == start:
                break
            do.press("Right")
        for _ in range(_FARTHEST):
            stretch = view.selection().stretch or view.selection().word
            if stretch == (start, end):
                return start, end
            do.press("Shift+Right")
        raise TourError("the arrow keys do not select what they should")

    def _attributes(self, start: int, end: int) -> tuple[str, ...]:
        found = [s.attributes for s in self.record.spans if (s.start, s.end) == (start, end)]
        return found[0] if found else ()

    def _status(self, document_id: int) -> ReviewStatus:
        return documents.review(project=self.session.project, document_id=document_id).status

    def _decided(self, suggestion_id: int) -> bool:
        stored = documents.suggestions(
            project=self.session.project, document_id=self.record.id, open_only=False
        )
        return any(
            item.id == suggestion_id and item.status is not SuggestionStatus.OPEN for item in stored
        )
