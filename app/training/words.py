"""What goes on in training, in plain words and round figures."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.quantities import duration, percent, whole
from app.texts import QT_TRANSLATE_NOOP, worded
from app.training.state import Action, Phase, State, Tone
from core.operations.training import LEAST_DONE
from core.schema.learning import RunStatus
from core.schema.search import TrialRole
from core.worker.messages import TrainProgress, TrainStarted

ACTION_ICONS = {
    Action.PAUSE: "pause",
    Action.GO_ON: "play",
    Action.STOP_KEEP_BEST: "stop",
    Action.STOP_SEARCH: "stop",
    Action.SETTLE: "stop",
    Action.CANCEL: "close",
    Action.RESUME_RUN: "play",
    Action.DISCARD_RUN: "delete",
    Action.QUICK_UPDATE: "quick",
    Action.SCORE: "retrain",
    Action.ADAPT: "model",
    Action.OPEN_FOLDER: "folder",
}
"""Name of each action's icon."""

ACTION_TEXTS = {
    Action.PAUSE: QT_TRANSLATE_NOOP("Training", "Pause"),
    Action.GO_ON: QT_TRANSLATE_NOOP("Training", "Go on"),
    Action.STOP_KEEP_BEST: QT_TRANSLATE_NOOP("Training", "Stop and keep best"),
    Action.STOP_SEARCH: QT_TRANSLATE_NOOP("Training", "Stop after this trial"),
    Action.SETTLE: QT_TRANSLATE_NOOP("Training", "Finish early"),
    Action.CANCEL: QT_TRANSLATE_NOOP("Training", "Cancel"),
    Action.RESUME_RUN: QT_TRANSLATE_NOOP("Training", "Resume"),
    Action.DISCARD_RUN: QT_TRANSLATE_NOOP("Training", "Discard"),
    Action.QUICK_UPDATE: QT_TRANSLATE_NOOP("Training", "Quick update"),
    Action.SCORE: QT_TRANSLATE_NOOP("Training", "Score unread records"),
    Action.ADAPT: QT_TRANSLATE_NOOP("Training", "Adapt to our records"),
    Action.OPEN_FOLDER: QT_TRANSLATE_NOOP("Training", "Open folder"),
}

ACTION_TIPS = {
    Action.PAUSE: QT_TRANSLATE_NOOP("Training", "Hold the training; the model stays in memory"),
    Action.GO_ON: QT_TRANSLATE_NOOP("Training", "Go on where the training was held"),
    Action.STOP_KEEP_BEST: QT_TRANSLATE_NOOP(
        "Training", "End the training now and finish with the best model so far"
    ),
    Action.STOP_SEARCH: QT_TRANSLATE_NOOP(
        "Training", "Let the running trial come to its end; the search can be gone on with later"
    ),
    Action.SETTLE: QT_TRANSLATE_NOOP(
        "Training", "Let what was learned so far settle, for a tenth of the time, and keep it"
    ),
    Action.CANCEL: QT_TRANSLATE_NOOP("Training", "End this and keep nothing of it"),
    Action.RESUME_RUN: QT_TRANSLATE_NOOP("Training", "Go on from the last checkpoint"),
    Action.DISCARD_RUN: QT_TRANSLATE_NOOP(
        "Training", "Give up this training and delete its checkpoints"
    ),
    Action.QUICK_UPDATE: QT_TRANSLATE_NOOP(
        "Training", "Teach the current model only the records that are new, within seconds"
    ),
    Action.SCORE: QT_TRANSLATE_NOOP(
        "Training", "Have the current model suggest labels in them and rank the queue"
    ),
    Action.ADAPT: QT_TRANSLATE_NOOP(
        "Training",
        "Let the backbone read the records while you label: the fewer are labelled, the better "
        "the next models are for it",
    ),
    Action.OPEN_FOLDER: QT_TRANSLATE_NOOP("Training", "Show the exported model's folder"),
}

RUN_STATUS_TEXTS = {
    RunStatus.RUNNING: QT_TRANSLATE_NOOP("Training", "Running"),
    RunStatus.FINISHED: QT_TRANSLATE_NOOP("Training", "Finished"),
    RunStatus.STOPPED: QT_TRANSLATE_NOOP("Training", "Stopped early"),
    RunStatus.CANCELLED: QT_TRANSLATE_NOOP("Training", "Cancelled"),
    RunStatus.FAILED: QT_TRANSLATE_NOOP("Training", "Failed"),
    RunStatus.INTERRUPTED: QT_TRANSLATE_NOOP("Training", "Interrupted"),
}

RUN_ENDS = {
    "completed": QT_TRANSLATE_NOOP("Training", "All passes done."),
    "early_stopping": QT_TRANSLATE_NOOP("Training", "It no longer got better."),
    "stopped": QT_TRANSLATE_NOOP("Training", "Stopped by hand; the best model was kept."),
}
"""Why a training ended by itself, for the reasons that the worker gives."""


class Words(QObject):
    """Makes the sentences of the strip, in the language of the window."""

    def headline(self, state: State) -> str:
        """Say what goes on, or what the last job came to."""
        if state.cancelling:
            return self.tr("Cancelling…")
        records = state.started.train_documents if state.started is not None else 0
        checked = state.started.dev_documents if state.started is not None else 0
        match state.phase:
            case Phase.IDLE:
                return self._idle(state)
            case Phase.STARTING if not state.devices:
                return self.tr("The worker is loading; the training begins then…")
            case Phase.STARTING:
                step = worded(state.step)
                return f"{step}…" if step else self.tr("Getting ready to train…")
            case Phase.TRAINING if state.awaiting:
                return self.tr("Pausing after this step…")
            case Phase.TRAINING if state.started is not None and _rounds_are_over(state):
                rounds = state.started.rounds * state.started.beside
                return self.tr("Putting {0} rounds together…").format(rounds)
            case Phase.TRAINING if state.started is not None and state.started.rounds > 1:
                return self._in_round(state.started, state.progress)
            case Phase.TRAINING:
                text = self.tr("Learning from {0} records, checking on {1}…")
                return text.format(records, checked)
            case Phase.PAUSED:
                step_now = state.progress.step if state.progress is not None else 0
                return self.tr("Paused at step {0}").format(whole(step_now))
            case Phase.STOPPING:
                return self.tr("Stopping; the best model so far is kept…")
            case Phase.COMPARING:
                return self.tr("Comparing with the current model on {0} records…").format(checked)
            case Phase.SCORING:
                return self.tr("Scored {0} of {1} records").format(
                    whole(state.done), whole(state.total)
                )
            case Phase.EXPORTING:
                step = worded(state.step)
                return (
                    self.tr("Exporting: {0}…").format(step)
                    if step
                    else self.tr("Getting ready to export…")
                )
            case Phase.MEASURING:
                step = worded(state.step)
                return f"{step}…" if step else self.tr("Getting ready to measure…")
            case Phase.SEARCHING:
                return self._searching(state)
            case Phase.ADAPTING if state.awaiting:
                return self.tr("Finishing early; what was learned so far settles…")
            case Phase.ADAPTING if state.adapting is not None:
                return self.tr("Adapting the backbone to the records, {0}…").format(
                    percent(state.adapting.share)
                )
            case Phase.ADAPTING:
                step = worded(state.step)
                return f"{step}…" if step else self.tr("Getting ready to adapt…")

    def _in_round(self, started: TrainStarted, progress: TrainProgress | None) -> str:
        now, total = _round(started, progress), started.rounds * started.beside
        if started.beside == 1:
            text = self.tr("Round {0} of {1}: learning from {2} records, checking on {3}…")
            return text.format(now, total, started.train_documents, started.dev_documents)
        first = (now - 1) * started.beside + 1
        text = self.tr("Rounds {0}–{1} of {2}: learning from {3} records, checking on {4}…")
        return text.format(
            first,
            first + started.beside - 1,
            total,
            started.train_documents,
            started.dev_documents,
        )

    def aside(self, state: State) -> str:
        """Say what stands beside the headline: a notice, or that a full training is due."""
        if state.phase is Phase.IDLE:
            return self._due(state)
        if state.message is None:
            return ""
        return f"{state.message.text} {state.message.remedy}".strip()

    def tone(self, state: State) -> Tone:
        """Return how the headline is meant."""
        if state.phase is Phase.IDLE and state.message is not None:
            return state.message.tone
        if state.phase is Phase.IDLE and state.strange:
            return Tone.WARNING
        return Tone.PLAIN

    def duration(self, seconds: float) -> str:
        """Put a length of time into round figures."""
        if seconds < 60:
            return duration(max(seconds, 1))
        return duration(round(seconds / 60) * 60)

    def _searching(self, state: State) -> str:
        if state.awaiting:
            return self.tr("The search stops after this trial…")
        search = state.search
        if search is None:
            step = worded(state.step)
            return f"{step}…" if step else self.tr("Getting ready to search…")
        text = {
            TrialRole.BASELINE: self.tr("Measuring the current recipe, trial {0}…"),
            TrialRole.EXPLORE: self.tr("Searching for a recipe, trial {0}…"),
            TrialRole.CONFIRM: self.tr("Checking the best recipe, trial {0}…"),
        }[search.role]
        return text.format(search.trial + 1)

    def _idle(self, state: State) -> str:
        if state.message is not None:
            return f"{state.message.text} {state.message.remedy}".strip()
        if state.strange:
            return state.strange
        if state.model is None and state.records_done >= LEAST_DONE:
            return self.tr("No model yet: press Retrain, and go on labelling meanwhile")
        if state.model is None:
            return self.tr(
                "No model yet: mark at least {0} records as done, then press Retrain"
            ).format(LEAST_DONE)
        words = self.tr("{0} · F1 {1:.2f} on dev").format(
            state.model.name, state.model.report.micro.f1
        )
        new = state.outlook.new_records
        return f"{words} · " + self.tr("new records: {0}").format(whole(new)) if new else words

    def _due(self, state: State) -> str:
        reasons = " ".join(worded(reason) for reason in state.outlook.retrain_due)
        return self.tr("A full training is due: {0}").format(reasons) if reasons else ""


def _round(started: TrainStarted, progress: TrainProgress | None) -> int:
    """Return which of its rounds each process of a training is in, from 1."""
    done = max(progress.step - 1, 0) if progress is not None else started.resumed_step
    return min(done * started.rounds // max(started.total_steps, 1), started.rounds - 1) + 1


def _rounds_are_over(state: State) -> bool:
    """Tell whether a training of several rounds has made all its updates."""
    started, progress = state.started, state.progress
    if started is None or progress is None or started.rounds * started.beside == 1:
        return False
    return progress.step >= started.total_steps
