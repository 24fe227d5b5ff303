"""The part of the tour that trains, judges and exports, with a worker that is killed on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

from app.dialogs.export_data import ExportDialog
from app.dialogs.export_model import ExportModelDialog
from app.training.state import Action, Phase
from app.worker_client import WorkerConnection
from core.schema.documents import ReviewStatus
from tests.tour.driver import Driver, TourError
from tests.tour.walk import Walk

_TRAINING_SECONDS = 600.0
"""A training on the sample project takes a few minutes on two free cores."""
_ENOUGH = 6
"""Evaluations after which the sample project's model is stopped and the best one kept."""
_WORTH_A_LOOK = 4
"""Suggestions in a record that is good enough to be reviewed."""


class ModelSteps(Walk[Driver]):
    """Steps with the model; each checks that it was done."""

    def retrain_and_watch(self) -> None:
        """Retrain, watch the charts, label meanwhile, pause, stop with the best model so far."""
        do = self._do
        do.click_action(do.window.actions_["model.retrain"])
        do.wait(lambda: self.state.phase is Phase.TRAINING, "the training", seconds=300)
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
        # The queue has its rows anew after each part that is scored: look at those it has now.
        do.wait(
            lambda: any(row.suggestion_count >= _WORTH_A_LOOK for row in self.session.queue.rows),
            "the model's suggestions",
        )

    def review_suggestions(self) -> None:
        """Open the most instructive record, and accept, reject and correct by single keys."""
        do = self._do
        do.click(self.panel.strip.chevron)
        best = next(row for row in self.session.queue.rows if row.suggestion_count >= _WORTH_A_LOOK)
        # It may be open already, and get its suggestions only now. Opened once more, it would
        # forget what the keys below have selected by then.
        if self.record.id != best.document_id:
            self.session.open_record(best.document_id)
        do.wait(
            lambda: (
                self.record.id == best.document_id and len(self.record.suggestions) >= _WORTH_A_LOOK
            ),
            "the most instructive record",
        )
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
        if do.window.area.accept.isVisible():
            # Some are out of sight: what would be accepted is shown first.
            do.picture("accept-all")
            do.press("Return")
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
        do.wait(lambda: self.state.phase is Phase.TRAINING, "the resumed training", seconds=300)
        started = self.state.started
        if started is None or not started.resumed_step:
            raise TourError("the training began anew instead of going on")
