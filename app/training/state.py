"""Where the training panel stands, as one value, and how an event of the worker changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from app.texts import worded
from core.operations.backbones import JOB as BACKBONE_JOB
from core.operations.quick_update import NOTHING_TO_UPDATE, Outlook
from core.operations.searching import SEARCH_JOB
from core.operations.training import Booked
from core.schema.learning import ModelVersion, Run
from core.worker.messages import (
    AnyEvent,
    BackboneMade,
    BackboneProgress,
    Cancelled,
    CoverageMeasured,
    Failed,
    ModelExported,
    PointsMeasured,
    Preparing,
    Ready,
    Scored,
    ScoreDocuments,
    SearchFinished,
    SearchProgress,
    TrainEvaluated,
    TrainFinished,
    TrainNotice,
    TrainPaused,
    TrainProgress,
    TrainStarted,
    TrialFinished,
)

EXPORT_JOB = -1
"""Job of an export: a training's job is its Run's key, a scoring's its ModelVersion's."""
MEASURE_JOB = -4
"""Job of measuring the forms of a model."""


class Phase(StrEnum):
    """What goes on."""

    IDLE = "idle"
    STARTING = "starting"
    TRAINING = "training"
    PAUSED = "paused"
    STOPPING = "stopping"
    COMPARING = "comparing"
    SCORING = "scoring"
    EXPORTING = "exporting"
    SEARCHING = "searching"
    ADAPTING = "adapting"
    MEASURING = "measuring"


class Tone(StrEnum):
    """How a message is meant; the names are roles of the style sheet."""

    PLAIN = ""
    GOOD = "good"
    WARNING = "warning"
    DANGER = "danger"


class Action(StrEnum):
    """What the user can do now."""

    PAUSE = "pause"
    GO_ON = "go_on"
    STOP_KEEP_BEST = "stop_keep_best"
    STOP_SEARCH = "stop_search"
    SETTLE = "settle"
    CANCEL = "cancel"
    RESUME_RUN = "resume_run"
    DISCARD_RUN = "discard_run"
    QUICK_UPDATE = "quick_update"
    SCORE = "score"
    ADAPT = "adapt"
    OPEN_FOLDER = "open_folder"


TRAINS = frozenset({Phase.STARTING, Phase.TRAINING, Phase.PAUSED, Phase.STOPPING, Phase.COMPARING})
"""The phases of a training."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something to tell: in one sentence, with a remedy where there is one."""

    text: str
    remedy: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class State:
    """What the strip shows.

    Attributes:
        phase: What goes on.
        awaiting: Whether a wish of the user (pause, cancel ...) is on its way to the worker.
        cancelling: Whether the user wants it ended.
        run_id: The Run that is trained, 0 for none.
        step: What the worker prepares, in its words; empty when it does its main work.
        started: What the training began with.
        progress: Its last figures.
        f1: Micro F1 (0 to 1) of the last evaluation, None before the first.
        best_f1: The highest so far.
        done: Documents scored.
        total: Documents to score.
        scorer: Key of the ModelVersion that scores, 0 for none.
        model: The current model.
        resumable: A Run that broke off and has a checkpoint.
        unscored: Unread documents that the current model has not scored.
        outlook: What a quick update would do, and why a full training is due.
        search: How far the trial of a search is, None before the first.
        exported: The last export, until something else is begun.
        adapting: How far the backbone is that is being adapted.
        strange: What is to be known of a backbone that does not know the records' words.
        adaptable: Whether adapting the backbone to the records is worth the time.
        devices: What can train here, as the worker said.
        records_done: How many records are done, which a first training learns from.
        message: What the last job came to, or why something was refused.
    """

    phase: Phase = Phase.IDLE
    awaiting: bool = False
    cancelling: bool = False
    run_id: int = 0
    step: str = ""
    started: TrainStarted | None = None
    progress: TrainProgress | None = None
    f1: float | None = None
    best_f1: float | None = None
    done: int = 0
    total: int = 0
    scorer: int = 0
    model: ModelVersion | None = None
    resumable: Run | None = None
    unscored: int = 0
    outlook: Outlook = NOTHING_TO_UPDATE
    search: SearchProgress | None = None
    exported: ModelExported | None = None
    adapting: BackboneProgress | None = None
    strange: str = ""
    adaptable: bool = False
    devices: tuple[str, ...] = ()
    records_done: int = 0
    message: Message | None = None

    @property
    def trains(self) -> bool:
        """Whether a training is under way, held or not."""
        return self.phase in TRAINS

    @property
    def busy(self) -> bool:
        """Whether the worker has a job."""
        return self.phase is not Phase.IDLE

    @property
    def job(self) -> int:
        """Job of what goes on, as the worker knows it."""
        if self.phase is Phase.SCORING:
            return self.scorer
        jobs = {
            Phase.EXPORTING: EXPORT_JOB,
            Phase.SEARCHING: SEARCH_JOB,
            Phase.ADAPTING: BACKBONE_JOB,
            Phase.MEASURING: MEASURE_JOB,
        }
        return jobs.get(self.phase, self.run_id)

    def begin(self, phase: Phase) -> State:
        """Return the state in which something else begins; what is known of models stays."""
        return State(
            phase=phase,
            model=self.model,
            resumable=self.resumable,
            unscored=self.unscored,
            outlook=self.outlook,
            strange=self.strange,
            adaptable=self.adaptable,
            devices=self.devices,
            records_done=self.records_done,
        )

    def end(self, message: Message | None) -> State:
        """Return the state after a job."""
        return replace(self.begin(Phase.IDLE), message=message)

    def score(self, request: ScoreDocuments, message: Message | None = None) -> State:
        """Return the state in which documents are scored."""
        return replace(
            self.begin(Phase.SCORING),
            scorer=request.job,
            total=len(request.document_ids),
            message=message,
        )


def actions(state: State) -> tuple[Action, ...]:
    """Return what the user can do now, the most likely first."""
    match state.phase:
        case Phase.TRAINING:
            return (Action.PAUSE, Action.STOP_KEEP_BEST, Action.CANCEL)
        case Phase.PAUSED:
            return (Action.GO_ON, Action.STOP_KEEP_BEST, Action.CANCEL)
        case Phase.SEARCHING:
            return (Action.STOP_SEARCH, Action.CANCEL)
        case Phase.ADAPTING if state.adapting is not None:
            return (Action.SETTLE, Action.CANCEL)
        case Phase.IDLE:
            offered: list[Action] = []
            if state.exported is not None:
                offered.append(Action.OPEN_FOLDER)
            if state.resumable is not None:
                offered += [Action.RESUME_RUN, Action.DISCARD_RUN]
            else:
                if state.outlook.worthwhile:
                    offered.append(Action.QUICK_UPDATE)
                if state.unscored and state.model is not None:
                    offered.append(Action.SCORE)
                # Of a vocabulary that does not know the words nothing is mended by reading them.
                if state.adaptable and not state.strange:
                    offered.append(Action.ADAPT)
            return tuple(offered)
        case _:
            return (Action.CANCEL,)


def concerns(state: State, event: AnyEvent) -> bool:
    """Tell whether an event comes of what goes on now, not of a job that was left."""
    match event:
        case Ready() | CoverageMeasured():
            return True
        case BackboneProgress() | BackboneMade():
            return state.phase is Phase.ADAPTING and event.job == state.job
        case Cancelled() | Failed():
            if event.run_id:
                return state.trains and event.run_id == state.run_id
            return not state.trains and state.busy and event.job == state.job
        case (
            TrainStarted()
            | TrainProgress()
            | TrainEvaluated()
            | TrainNotice()
            | TrainPaused()
            | TrainFinished()
        ):
            return state.trains and event.run_id == state.run_id
        case Preparing():
            return state.busy and event.job == state.job
        case Scored():
            return state.phase is Phase.SCORING and event.job == state.scorer
        case ModelExported():
            return state.phase is Phase.EXPORTING
        case PointsMeasured():
            return state.phase is Phase.MEASURING
        case SearchProgress() | TrialFinished() | SearchFinished():
            return state.phase is Phase.SEARCHING
        case _:
            return False


def after(state: State, event: AnyEvent, booked: Booked) -> State:
    """Return the state after an event that concerns it.

    How a job ended is put into words by the caller, who sets ``message``.

    Args:
        state: Before.
        event: What the worker said.
        booked: What it led to in the store.
    """
    match event:
        case Ready():
            return replace(state, devices=event.devices)
        case Preparing():
            compares = state.trains and state.started is not None
            phase = Phase.COMPARING if compares else state.phase
            return replace(state, phase=phase, step=event.step)
        case TrainStarted():
            phase = Phase.TRAINING if state.phase is Phase.STARTING else state.phase
            return replace(state, phase=phase, started=event, step="", awaiting=False)
        case TrainProgress():
            kept = state.message is not None and state.message.tone is Tone.WARNING
            return replace(state, progress=event, message=state.message if kept else None)
        case TrainEvaluated():
            f1 = event.report.micro.f1
            kept = event.best or state.best_f1 is None
            return replace(state, f1=f1, best_f1=f1 if kept else state.best_f1)
        case TrainNotice():
            return replace(state, message=Message(worded(event.text), tone=Tone.WARNING))
        case TrainPaused() if state.phase in {Phase.TRAINING, Phase.PAUSED}:
            phase = Phase.PAUSED if event.paused else Phase.TRAINING
            return replace(state, phase=phase, awaiting=False)
        case TrainFinished():
            ended = replace(state, model=booked.model) if booked.promoted else state
            return ended.end(None)
        case Scored() if event.done < event.total:
            return replace(state, done=event.done, total=event.total)
        case Scored():
            return replace(state, unscored=0).end(None)
        case ModelExported():
            return replace(state.end(None), exported=event)
        case SearchProgress():
            return replace(state, search=event, step="")
        case TrialFinished():
            known = [f1 for f1 in (state.best_f1, event.trial.f1) if f1 is not None]
            return replace(state, best_f1=max(known, default=None))
        case CoverageMeasured():
            return replace(state, strange=worded(event.coverage.warning))
        case BackboneProgress():
            return replace(state, adapting=event, step="")
        case PointsMeasured() | SearchFinished() | BackboneMade() | Cancelled() | Failed():
            return state.end(None)
        case _:
            return state
