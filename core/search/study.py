"""The Optuna study behind a search: it draws values, prunes, and outlives a killed process.

The only module that imports Optuna; loaded in the worker alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import optuna
from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)
from optuna.pruners import BasePruner, MedianPruner, NopPruner, SuccessiveHalvingPruner
from optuna.samplers import TPESampler
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend, JournalFileOpenLock
from optuna.trial import FrozenTrial, TrialState, create_trial

from core.schema.search import Pruner, Trial, TrialStatus
from core.search.space import SPACE, Dimension

_JOURNAL = "study.journal"
_NAME = "recipe"
_TRIAL = "trial"
"""Attribute with the whole Trial, set just before the study is told of its end."""
_FIRST_DRAWN = 6
"""Trials before the sampler has anything to learn from; those of the current recipe among them."""
_UNPRUNED = 3
"""Tenths of a training in which a trial is left alone: the rate has hardly risen by then."""

_STATES = {
    TrialStatus.FINISHED: TrialState.COMPLETE,
    TrialStatus.PRUNED: TrialState.PRUNED,
    TrialStatus.FAILED: TrialState.FAIL,
}


class Study:
    """What Optuna keeps of a search, in a journal that each step is appended to.

    Sampling: tree-structured Parzen estimators (Bergstra et al. 2011, "Algorithms for
    hyper-parameter optimization"). The draw depends on the seed and the trials before it alone,
    so a search that was cut off goes on as it would have. Pruning: the median of the trials so
    far, or successive halving (Li et al. 2020, "A system for massively parallel hyperparameter
    tuning"), on the best dev F1 at each tenth of the training.
    """

    def __init__(self, folder: Path, *, seed: int, pruner: Pruner) -> None:
        """Open the study of a folder, or begin it.

        A trial that was cut off is put back, so that the same values are drawn next.

        Args:
            folder: The search's; it exists.
            seed: Of the draws.
            pruner: How trials that lag behind are given up.
        """
        optuna.logging.set_verbosity(optuna.logging.WARNING)
        journal = folder / _JOURNAL
        lock = JournalFileOpenLock(str(journal))
        _mend(journal)
        backend = JournalFileBackend(str(journal), lock_obj=lock)
        self._seed = seed
        self._study = optuna.create_study(
            storage=JournalStorage(backend),
            study_name=_NAME,
            direction="maximize",
            pruner=_pruner(pruner),
            load_if_exists=True,
        )
        self._under_way: optuna.trial.Trial | None = None
        self._put_back()

    def trials(self) -> list[Trial]:
        """Return the trials that ended, in the order in which they were begun."""
        return [_told(trial) for trial in self._ended()]

    @property
    def next_number(self) -> int:
        """The number that the next trial will have, if none waits to be done again."""
        return len(self._study.get_trials(deepcopy=False))

    def ask(self) -> tuple[int, dict[str, float]]:
        """Begin a trial: draw values for every dimension of the space.

        Returns:
            Its number and the values by name.
        """
        self._study.sampler = TPESampler(
            seed=self._seed + len(list(self._ended())), n_startup_trials=_FIRST_DRAWN
        )
        trial = self._study.ask({row.name: _distribution(row) for row in SPACE})
        self._under_way = trial
        return trial.number, dict(trial.params)

    def lags(self, tenth: int, f1: float) -> bool:
        """Report the best F1 at a tenth of the training; returns whether to give the trial up."""
        trial = self._asked
        trial.report(f1, tenth)
        return trial.should_prune()

    def tell(self, ended: Trial) -> None:
        """Book how the trial that was asked for ended."""
        trial = self._asked
        trial.set_user_attr(_TRIAL, msgspec.to_builtins(ended))
        self._tell(trial.number, ended)
        self._under_way = None

    def add(self, ended: Trial) -> None:
        """Book a trial whose values were not drawn here; the sampler learns from it too."""
        inside = {row.name: row for row in SPACE if row.holds(ended.values[row.name])}
        self._study.add_trial(
            create_trial(
                state=_STATES[ended.status],
                value=ended.f1,
                params={name: ended.values[name] for name in inside},
                distributions={name: _distribution(row) for name, row in inside.items()},
                intermediate_values=dict(ended.scores),
                user_attrs={_TRIAL: msgspec.to_builtins(ended)},
            )
        )

    @property
    def _asked(self) -> optuna.trial.Trial:
        if self._under_way is None:
            raise RuntimeError("no trial was asked for")
        return self._under_way

    def _tell(self, number: int, ended: Trial) -> None:
        finished = ended.status is TrialStatus.FINISHED
        self._study.tell(number, ended.f1 if finished else None, state=_STATES[ended.status])

    def _ended(self) -> Iterator[FrozenTrial]:
        for trial in self._study.get_trials(deepcopy=False):
            if trial.state.is_finished() and _TRIAL in trial.user_attrs:
                yield trial

    def _put_back(self) -> None:
        for trial in self._study.get_trials(states=(TrialState.RUNNING,)):
            if _TRIAL in trial.user_attrs:
                # It had ended; only the last word of it was not written any more.
                self._tell(trial.number, _told(trial))
            else:
                self._study.tell(trial.number, state=TrialState.FAIL)
                self._study.enqueue_trial(trial.params)


def _told(trial: FrozenTrial) -> Trial:
    return msgspec.convert(trial.user_attrs[_TRIAL], Trial, strict=False)


def _mend(journal: Path) -> None:
    """Take away what a killed process left: its lock, and a last line without an end.

    Only the worker of the process that holds the project's lock comes here.
    """
    journal.with_name(f"{journal.name}.lock").unlink(missing_ok=True)
    if not journal.is_file():
        return
    written = journal.read_bytes()
    whole = written.rfind(b"\n") + 1
    if whole < len(written):
        with journal.open("r+b") as file:
            file.truncate(whole)


def _distribution(row: Dimension) -> BaseDistribution:
    if row.choices:
        return CategoricalDistribution(row.choices)
    if row.whole:
        return IntDistribution(int(row.low), int(row.high))
    return FloatDistribution(row.low, row.high, log=row.log)


def _pruner(pruner: Pruner) -> BasePruner:
    match pruner:
        case Pruner.MEDIAN:
            return MedianPruner(n_startup_trials=_UNPRUNED, n_warmup_steps=_UNPRUNED)
        case Pruner.HALVING:
            return SuccessiveHalvingPruner(min_resource=_UNPRUNED, reduction_factor=2)
        case Pruner.NONE:
            return NopPruner()
