"""What a search for a recipe found, in plain words and round figures."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.quantities import decimal
from app.texts import QT_TRANSLATE_NOOP, translated
from app.training.state import Message, Tone
from core.schema.learning import Recipe
from core.schema.search import (
    SearchEnd,
    SearchOutcome,
    SearchRecord,
    Trial,
    TrialRole,
    TrialStatus,
)
from core.search.space import SPACE, values_of

DIMENSION_TEXTS = {
    "learning_rate": QT_TRANSLATE_NOOP("Search", "Learning rate"),
    "batch_size": QT_TRANSLATE_NOOP("Search", "Batch size"),
    "epochs": QT_TRANSLATE_NOOP("Search", "Epochs"),
    "warmup_ratio": QT_TRANSLATE_NOOP("Search", "Warm-up"),
    "weight_decay": QT_TRANSLATE_NOOP("Search", "Weight decay"),
    "max_length": QT_TRANSLATE_NOOP("Search", "Window"),
}

ROLE_TEXTS = {
    TrialRole.BASELINE: QT_TRANSLATE_NOOP("Search", "Current recipe"),
    TrialRole.EXPLORE: QT_TRANSLATE_NOOP("Search", "New recipe"),
    TrialRole.CONFIRM: QT_TRANSLATE_NOOP("Search", "Best, checked"),
}

STATUS_TEXTS = {
    TrialStatus.FINISHED: QT_TRANSLATE_NOOP("Search", "Finished"),
    TrialStatus.PRUNED: QT_TRANSLATE_NOOP("Search", "Given up early"),
    TrialStatus.FAILED: QT_TRANSLATE_NOOP("Search", "Failed"),
}


def dimension_title(name: str) -> str:
    """Return the name of a hyperparameter, in the language of the window."""
    return translated("Search", DIMENSION_TEXTS[name])


def value_text(name: str, value: float) -> str:
    """Return a hyperparameter's value in as few digits as tell it from its neighbours."""
    row = next(row for row in SPACE if row.name == name)
    if row.whole or row.choices:
        return str(round(value))
    if row.log:
        return f"{value:.1e}".replace("e-0", "e−").replace("e-", "e−")
    return decimal(value, 2)


class SearchWords(QObject):
    """Makes the sentences, in the language of the window."""

    def message(self, outcome: SearchOutcome, trials: int) -> Message:
        """Say what a search came to."""
        compared = outcome.comparison
        figures = (
            ("0", "0", "0")
            if compared is None
            else tuple(
                decimal(value, 3)
                for value in (compared.candidate, compared.current, compared.margin)
            )
        )
        match outcome.end:
            case SearchEnd.ACCEPTED:
                text = self.tr(
                    "A better recipe is now the default: F1 {0} on dev on average, was {1}; chance "
                    "explains {2} at most."
                )
                remedy = self.tr("Retrain to use it.")
                return Message(text.format(*figures), remedy, Tone.GOOD)
            case SearchEnd.NOT_BETTER:
                text = self.tr(
                    "The current recipe stays: the best one found reaches F1 {0}, the current one "
                    "{1}, and chance alone explains a difference of {2}."
                )
                return Message(text.format(*figures))
            case SearchEnd.NO_CANDIDATE:
                text = self.tr("The current recipe stays: none of {0} trials did better.")
                return Message(text.format(trials))
            case SearchEnd.STOPPED:
                text = self.tr("The search was stopped after {0} trials; it can be gone on with.")
                return Message(text.format(trials))

    def standing(self, record: SearchRecord | None, *, going_on: bool) -> Message:
        """Say how the last search of a project stands."""
        if record is None:
            return Message(
                self.tr(
                    "A search trains the current recipe with several seeds, then tries others. A "
                    "new one becomes the default only if it is better than chance explains."
                )
            )
        if going_on:
            best = best_trial(record.trials)
            if best is None:
                return Message(self.tr("The first trial is going on."))
            text = self.tr("{0} trials so far, the best with F1 {1}.")
            return Message(text.format(len(record.trials), decimal(best.f1 or 0.0, 3)))
        if record.outcome is None:
            text = self.tr("The search was cut off after {0} trials; it can be gone on with.")
            return Message(text.format(len(record.trials)))
        return self.message(record.outcome, len(record.trials))

    def recipe(self, own: Recipe | None) -> str:
        """Say which recipe the next training takes."""
        if own is None:
            return self.tr("Next training: the built-in recipe")
        return self.tr("Next training: this project's own recipe")

    def values(self, recipe: Recipe) -> str:
        """Return a recipe's hyperparameters, one a line."""
        return "\n".join(
            f"{dimension_title(name)}: {value_text(name, value)}"
            for name, value in values_of(recipe).items()
        )


def best_trial(trials: tuple[Trial, ...]) -> Trial | None:
    """Return the trial with the highest F1, the earliest of equals."""
    scored = [trial for trial in trials if trial.f1 is not None]
    return max(scored, key=lambda trial: (trial.f1 or 0.0, -trial.number), default=None)
