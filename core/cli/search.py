"""The command that searches for a recipe: search."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from core.cli.conversation import Conversation
from core.cli.output import Output, Tell
from core.cli.project_option import open_project, project_options
from core.operations.searching import (
    begin_resumed_search,
    begin_search,
    book_search,
    search_folder,
)
from core.schema.errors import KnownError
from core.schema.search import Pruner, SearchEnd, Trial, TrialRole
from core.search.record import read_record
from core.search.space import SPACE, values_of
from core.store import recipes
from core.worker.messages import (
    AnyEvent,
    Cancelled,
    Preparing,
    SearchFinished,
    SearchProgress,
    TrialFinished,
)

_ROLES = {
    TrialRole.BASELINE: "current recipe",
    TrialRole.EXPLORE: "new recipe",
    TrialRole.CONFIRM: "best recipe, checked",
}


@click.command(short_help="Search for a recipe that suits PROJECT better.")
@project_options
@click.option(
    "--minutes",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    help="How long to search.",
)
@click.option("--trials", type=click.IntRange(min=1), help="Most recipes to try.")
@click.option(
    "--pruner",
    type=click.Choice([pruner.value for pruner in Pruner]),
    default=Pruner.MEDIAN.value,
    show_default=True,
    help="How trials that lag behind are given up.",
)
@click.option("--seed", type=int, help="Of the first training.")
@click.option("--backbone", default="", metavar="DIR", help="A Hugging Face encoder.")
@click.option("--device", default="auto", help="auto (the default), cpu, cuda, cuda:N, xpu or mps.")
@click.option("--allow-network", is_flag=True, help="Let a backbone be fetched by its name.")
@click.option("--resume", is_flag=True, help="Go on with the last search.")
@click.option("--reset", is_flag=True, help="Search nothing; take the built-in recipe again.")
def search(
    *,
    project: Path,
    minutes: float,
    trials: int | None,
    pruner: str,
    seed: int | None,
    backbone: str,
    device: str,
    allow_network: bool,
    resume: bool,
    reset: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Search for hyperparameters that suit PROJECT better than its current recipe.

    The current recipe is trained with several seeds first, which shows how much chance alone
    makes of F1. A new recipe becomes the project's default only if it is better by more.
    """
    output = Output(json=as_json)
    with open_project(project, passphrase_file) as opened:
        if reset:
            recipes.set_recipe(project=opened, recipe=None, source="command line")
            output.result({"recipe": None}, "The built-in recipe is the default again.")
            return
        if resume:
            request = begin_resumed_search(
                project=opened,
                seconds=minutes * 60,
                draws=trials or 0,
                allow_network=allow_network,
            )
        else:
            request = begin_search(
                project=opened,
                seconds=minutes * 60,
                draws=trials or 0,
                pruner=Pruner(pruner),
                seed=seed,
                backbone=backbone,
                device=device,
                allow_network=allow_network,
            )
        answer: SearchFinished | None = None
        with Conversation(opened) as worker, output.progress() as tell:
            for event in worker.ask(request):
                _show(output, event, tell)
                if isinstance(event, SearchFinished):
                    book_search(project=opened, event=event)
                    answer = event
                if isinstance(event, Cancelled):
                    break
        if answer is None:
            raise KnownError("The search was cancelled.", "Go on with it by --resume.")
        record = read_record(search_folder(project=opened, number=answer.number))
    _show_trials(output, record.trials if record else ())
    output.result(
        {
            "search": answer.number,
            "trials": answer.trials,
            "outcome": msgspec.to_builtins(answer.outcome),
        },
        _summary(answer),
    )


def _show(output: Output, event: AnyEvent, tell: Tell) -> None:
    if output.json:
        output.line(event)
        return
    match event:
        case Preparing():
            tell(event.step, 0, 0)
        case SearchProgress():
            f1 = "" if event.f1 is None else f", F1 {event.f1:.4f}"
            tell(f"Trial {event.trial + 1}{f1}", event.step, event.total_steps)
        case TrialFinished():
            output.say(_line(event.trial))
        case _:
            pass


def _line(trial: Trial) -> str:
    f1 = "no F1 " if trial.f1 is None else f"F1 {trial.f1:.4f}"
    status = "" if trial.status == "finished" else f"  ({trial.status.value})"
    words = f"trial {trial.number + 1:3}  {f1}  {trial.seconds:6.1f} s  {_ROLES[trial.role]}"
    return f"{words}{status}  {trial.message}".rstrip()


def _show_trials(output: Output, trials: tuple[Trial, ...]) -> None:
    names = [row.name for row in SPACE]
    best = sorted(trials, key=lambda trial: trial.f1 or 0.0, reverse=True)
    output.table(
        ("trial", "F1", "seed", *names),
        [
            (
                f"{trial.number + 1} {_ROLES[trial.role]}",
                "" if trial.f1 is None else f"{trial.f1:.4f}",
                str(trial.seed),
                *(f"{trial.values[name]:.3g}" for name in names),
            )
            for trial in best
        ],
    )


def _summary(event: SearchFinished) -> str:
    outcome = event.outcome
    compared = outcome.comparison
    match outcome.end:
        case SearchEnd.STOPPED:
            return "Stopped; go on with it by --resume."
        case SearchEnd.NO_CANDIDATE:
            return "No recipe did better than the current one, which stays."
        case _ if compared is None:
            return ""
        case SearchEnd.NOT_BETTER:
            return (
                f"The best recipe reached F1 {compared.candidate:.4f}, the current one "
                f"{compared.current:.4f}; the difference would have to be above "
                f"{compared.margin:.4f} to be more than chance. The current recipe stays."
            )
        case SearchEnd.ACCEPTED:
            recipe = values_of(outcome.recipe) if outcome.recipe else {}
            values = ", ".join(f"{name} {value:.3g}" for name, value in recipe.items())
            return (
                f"A better recipe is now the project's default: F1 {compared.candidate:.4f}, was "
                f"{compared.current:.4f} (chance explains {compared.margin:.4f}). {values}"
            )


COMMANDS: tuple[click.Command, ...] = (search,)
