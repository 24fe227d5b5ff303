"""The main job, step by step, as the tour walks it and as its test proves it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from app.dialogs.export_data import ExportDialog
from app.dialogs.export_model import ExportModelDialog
from app.dialogs.import_files import ImportDialog
from app.dialogs.mentions import MentionsDialog
from app.dialogs.new_project import NewProjectDialog
from app.dialogs.settings import SettingsDialog
from app.record import Record
from app.session import Session
from app.training.panel import Panel
from app.training.state import Action, Phase, State
from app.window.key_sheet import KeySheet
from app.worker_client import WorkerConnection
from core.schema.documents import ReviewStatus, Span
from core.store.verification import verify
from tests.tour.driver import Driver, TourError

_TRAINING_SECONDS = 600.0
"""A training on the sample project takes a few minutes on two free cores."""
_ENOUGH = 6
"""Evaluations after which the sample project's model is stopped and the best one kept."""


class Tour:
    """Walks the main job; each step says in its name what is done and checks that it was."""

    def __init__(self, driver: Driver, folder: Path) -> None:
        """Walk with a driver; files that are made go into ``folder``."""
        self._do = driver
        self._folder = folder

    @property
    def session(self) -> Session:
        """The open project."""
        if self._do.window.session is None:
            raise TourError("no project is open")
        return self._do.window.session

    @property
    def record(self) -> Record:
        """The record on the screen."""
        if self.session.record is None:
            raise TourError("no record is on the screen")
        return self.session.record

    @property
    def panel(self) -> Panel:
        """The training panel."""
        if not isinstance(self._do.window.panel, Panel):
            raise TourError("the training panel is not there")
        return self._do.window.panel

    @property
    def state(self) -> State:
        """Where the training panel stands."""
        return self.panel.board.state

    def walk(self) -> None:
        """Take every step."""
        self.open_the_sample()
        self.label_by_mouse()
        self.label_by_keys()
        self.undo_and_redo()
        self.label_all_mentions()
        self.finish_the_record()
        self.retrain_and_watch()
        self.review_suggestions()
        self.look_at_report_and_models()
        self.export_the_labels()
        self.export_the_model()
        self.use_the_model_alone()
        self.look_at_dialogs()
        self.look_in_other_colours()
        self.check_the_project()

    def open_the_sample(self) -> None:
        """Begin at the welcome page and open the sample project."""
        do = self._do
        do.picture("welcome")
        buttons = do.window.welcome.findChildren(QPushButton)
        do.click(next(button for button in buttons if button.text() == "Sample project"))
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
        self._wait_for_label(start, end, "heart_disease")

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
        self._wait_for_label(first, last, "diabetes")
        start, end = do.find("heart failure")
        do.drag_text((start, end))
        do.write("3")
        self._wait_for_label(start, end, "heart_disease")
        do.write("f")
        do.wait(lambda: self._span(start, end).attributes == ("family",), "the attribute")
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
        self._wait_for_label(start, end, "medication")
        do.press("Shift+M")
        dialog = do.dialog(MentionsDialog)
        if not isinstance(dialog, MentionsDialog):
            raise TourError("no dialog about mentions")
        do.wait(dialog.primary.isEnabled, "the count of mentions")
        do.picture("mentions", dialog)
        do.click(dialog.primary)
        again, its_end = do.find("bendroflumethiazide", occurrence=1)
        self._wait_for_label(again, its_end, "medication")

    def finish_the_record(self) -> None:
        """Mark the record as done; the next one comes."""
        do = self._do
        name = self.record.document.name
        do.press("Ctrl+Return")
        do.wait(lambda: self.record.document.name != name, "the next record")
        done = self.session.queue.progress[ReviewStatus.DONE]
        do.wait(lambda: self.session.queue.progress[ReviewStatus.DONE] >= done, "its count")

    def retrain_and_watch(self) -> None:
        """Retrain, watch the charts, label meanwhile, pause, stop with the best model so far."""
        do = self._do
        do.click_action(do.window.actions_["model.retrain"])
        do.wait(lambda: self.state.phase is Phase.TRAINING, "the training", seconds=120)
        do.click(self.panel.strip.chevron)
        self._label_meanwhile()
        do.wait(
            lambda: len(self.panel.board.curves.evaluations) >= 3 or not self.state.trains,
            "live evaluations",
            seconds=_TRAINING_SECONDS,
        )
        do.picture("training")
        self._pause_and_go_on()
        self._lose_the_worker_and_resume()
        do.wait(
            lambda: len(self.panel.board.curves.evaluations) >= _ENOUGH or not self.state.trains,
            "a model that is good enough",
            seconds=_TRAINING_SECONDS,
        )
        if self.state.trains:
            do.click(self.panel.strip.buttons[Action.STOP_KEEP_BEST])
        do.wait(lambda: not self.state.busy, "the end of training and scoring", seconds=900)
        model = self.state.model
        if model is None or not model.current:
            raise TourError("no model was promoted")
        rows = self.session.queue.rows
        do.wait(lambda: any(row.score is not None for row in self.session.queue.rows), "scores")
        if not any(row.suggestion_count for row in rows):
            raise TourError("the model suggests nothing")

    def review_suggestions(self) -> None:
        """Open the most instructive record, and accept, reject and correct by single keys."""
        do = self._do
        do.click(self.panel.strip.chevron)
        best = next(row for row in self.session.queue.rows if row.suggestion_count >= 4)
        self.session.open_record(best.document_id)
        do.wait(lambda: self.record.id == best.document_id, "the most instructive record")
        do.window.area.view.setFocus()
        count = len(self.record.suggestions)
        do.press("J")
        do.picture("suggestions")
        do.press("Return")
        do.wait(lambda: len(self.record.suggestions) == count - 1, "the accepted suggestion")
        do.wait(lambda: do.window.area.view.selection().suggestion_id, "the next suggestion")
        do.press("X")
        do.wait(lambda: len(self.record.suggestions) == count - 2, "the rejected suggestion")
        do.press("Shift+A")
        do.wait(lambda: not self.record.suggestions, "all others accepted")
        do.press("Ctrl+Z")
        do.wait(lambda: len(self.record.suggestions) == count - 2, "all of them taken back")

    def look_at_report_and_models(self) -> None:
        """Open the charts again and turn to the report and the models."""
        do = self._do
        do.click(self.panel.strip.chevron)
        if self.panel.details is None:
            raise TourError("the charts did not open")
        for page, name in ((1, "report"), (2, "models")):
            tabs = self.panel.details.tabs
            do.click(tabs, tabs.tabRect(page).center())
            do.picture(name)
        do.click(self.panel.strip.chevron)

    def export_the_labels(self) -> None:
        """Write the labelled records as JSONL."""
        do = self._do
        out = self._folder / "labels.jsonl"
        do.press("Ctrl+E")
        dialog = do.dialog(ExportDialog)
        if not isinstance(dialog, ExportDialog):
            raise TourError("no export dialog")
        dialog.place.edit.selectAll()
        do.write(str(out), dialog.place.edit)
        do.wait(dialog.primary.isEnabled, "the export to be possible")
        do.picture("export", dialog)
        do.click(dialog.primary)
        do.wait(out.exists, "the exported file")
        lines = out.read_text(encoding="utf-8").splitlines()
        if len(lines) != self.session.queue.progress[ReviewStatus.DONE]:
            raise TourError("not every done record was exported")
        do.wait(lambda: dialog.pages.currentWidget() is dialog.exported, "the result")
        do.click(dialog.primary)
        do.wait_closed(dialog)

    def export_the_model(self) -> None:
        """Export the model; it is verified before it counts as done."""
        do = self._do
        do.click_action(do.window.actions_["model.export"])
        dialog = do.dialog(ExportModelDialog)
        if not isinstance(dialog, ExportModelDialog):
            raise TourError("no export dialog")
        do.wait(dialog.primary.isEnabled, "the model")
        dialog.name.selectAll()
        do.write("model", dialog.name)
        dialog.place.edit.selectAll()
        do.write(str(self._folder), dialog.place.edit)
        do.wait(dialog.primary.isEnabled, "the export to be possible")
        do.picture("export-model", dialog)
        do.click(dialog.primary)
        do.wait(lambda: self.state.exported is not None, "the exported model", seconds=300)
        do.picture("exported")

    def use_the_model_alone(self) -> None:
        """Run the exported program in a process of its own on a new note."""
        note = self._folder / "note.txt"
        note.write_text("Known type 2 diabetes, on metformin. No angina.\n", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(self._folder / "model" / "predict.py"), str(note), "--json"],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        if "metformin" not in json.dumps(json.loads(done.stdout)):
            raise TourError("the exported model does not find metformin")

    def look_at_dialogs(self) -> None:
        """Open the other dialogs once and close them again."""
        do = self._do
        for keys, kind, name in (
            ("Ctrl+N", NewProjectDialog, "new-project"),
            ("Ctrl+,", SettingsDialog, "settings"),
            ("F1", KeySheet, "keys"),
        ):
            self._press_menu_key(keys)
            dialog = do.dialog(kind)
            do.picture(name, dialog)
            do.press("Escape", dialog)
            do.wait_closed(dialog)
        do.window.extensions.dialogs().import_files(do.window, [self._folder / "labels.jsonl"])
        dialog = do.dialog(ImportDialog)
        do.breathe(600)
        do.picture("import", dialog)
        do.press("Escape", dialog)

    def look_in_other_colours(self) -> None:
        """Turn the window dark, and to high contrast, and back."""
        do = self._do
        labelled = next(row for row in self.session.queue.rows if row.span_count > 12)
        self.session.open_record(labelled.document_id)
        do.wait(lambda: self.record.id == labelled.document_id, "a labelled record")
        for name in ("dark", "contrast"):
            do.window.actions_[f"view.{name}"].trigger()
            do.picture(name)
        do.window.actions_["view.light"].trigger()

    def check_the_project(self) -> None:
        """Verify the store: offsets, constraints, and the audit from its first event."""
        findings = verify(project=self.session.project)
        if findings:
            raise TourError(f"{len(findings)} things are not in order")

    def _label_meanwhile(self) -> None:
        """Label a word while the worker trains on the same cores, and see how long that took."""
        do = self._do
        saved: list[float] = []
        self.session.saved.connect(lambda edit: saved.append(edit.milliseconds))
        do.window.area.view.setFocus()
        do.write("4")
        do.wait(lambda: bool(saved), "a label during training")
        do.press("Ctrl+Z")
        do.wait(lambda: len(saved) == 2, "its undo")

    def _pause_and_go_on(self) -> None:
        do, buttons = self._do, self.panel.strip.buttons
        do.click(buttons[Action.PAUSE])
        do.wait(lambda: self.state.phase is Phase.PAUSED, "the pause")
        do.click(buttons[Action.GO_ON])
        do.wait(lambda: self.state.phase is Phase.TRAINING, "the training to go on")

    def _lose_the_worker_and_resume(self) -> None:
        """Kill the worker without a warning; the run waits and goes on where it was saved."""
        do = self._do
        worker = self.panel.findChild(WorkerConnection)
        if worker is None:
            raise TourError("there is no worker")
        run = self.state.run_id
        os.kill(worker.pid, signal.SIGKILL)
        do.wait(lambda: self.state.resumable is not None, "the offer to resume")
        if self.state.resumable is None or self.state.resumable.id != run:
            raise TourError("another run is offered to be resumed")
        do.picture("interrupted")
        do.click(self.panel.strip.buttons[Action.RESUME_RUN])
        do.wait(lambda: self.state.phase is Phase.TRAINING, "the resumed training", seconds=120)
        started = self.state.started
        if started is None or not started.resumed_step:
            raise TourError("the training began anew instead of going on")

    def _press_menu_key(self, keys: str) -> None:
        names = {"Ctrl+,": "app.settings"}
        if keys in names:
            self._do.click_action(self._do.window.actions_[names[keys]])
        else:
            self._do.press(keys)

    def _span(self, start: int, end: int) -> Span:
        return next(s for s in self.record.spans if (s.start, s.end) == (start, end))

    def _wait_for_label(self, start: int, end: int, label: str) -> None:
        self._do.wait(
            lambda: any(
                (s.start, s.end, s.label) == (start, end, label) for s in self.record.spans
            ),
            f"the label {label}",
        )
        self._do.wait(lambda: self._do.window.area.view.selection().span_id, "its selection")
