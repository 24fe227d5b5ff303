"""Commands about backbones: backbone build, adapt, use, reset, check."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import click

from core.cli.conversation import Conversation
from core.cli.output import Output
from core.cli.project_option import (
    json_option,
    open_project,
    passphrase_option,
    project_options,
)
from core.operations import backbones
from core.schema.pretraining import LEAST_PATIENTS, Budget, EncoderShape
from core.store.project import Project
from core.worker.messages import (
    AdaptBackbone,
    BackboneMade,
    BackboneProgress,
    BuildBackbone,
    CoverageMeasured,
    Preparing,
)

_Command = TypeVar("_Command", bound=Callable[..., Any])
_SHAPE = EncoderShape()
_PARTS = 1000
"""Of a bar that shows a share."""


def _pretraining_options(command: _Command) -> _Command:
    """Give a command the options that every pre-training has."""
    for option in (
        click.option("--seed", type=int, default=13, show_default=True, help="Of every choice."),
        click.option(
            "--device", default="auto", help="auto (the default), cpu, cuda, cuda:N, xpu or mps."
        ),
        click.option(
            "--updates",
            type=click.IntRange(min=1),
            help="Instead of a time: so many updates; the seed alone then decides the outcome.",
        ),
        click.option(
            "--minutes",
            type=click.FloatRange(min=0.0, min_open=True),
            default=float(backbones.USUAL_MINUTES),
            show_default=True,
            help="How long to learn.",
        ),
    ):
        command = option(command)
    return command


@click.group("backbone", short_help="Build, adapt or choose the encoder that models begin from.")
def backbone() -> None:
    """Build, adapt or choose the encoder that PROJECT's models begin from."""


@backbone.command(short_help="Build an encoder from records' text.")
@click.argument(
    "places",
    nargs=-1,
    required=True,
    metavar="[PROJECT] OUT",
    type=click.Path(path_type=Path),
)
@click.option(
    "--from-text",
    "files",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Take the text of this file instead of a project's; may be given again.",
)
@click.option("--layers", type=click.IntRange(1, 48), default=_SHAPE.layers, show_default=True)
@click.option("--hidden", type=click.IntRange(8, 2048), default=_SHAPE.hidden, show_default=True)
@click.option(
    "--vocabulary",
    type=click.IntRange(min=200),
    default=_SHAPE.vocabulary,
    show_default=True,
    help="Most entries of the tokenizer.",
)
@click.option(
    "--least-patients",
    type=click.IntRange(min=1),
    default=LEAST_PATIENTS,
    show_default=True,
    help="Those in whose records a word must stand to be in the vocabulary.",
)
@_pretraining_options
@passphrase_option
@json_option
def build(
    *,
    places: tuple[Path, ...],
    files: tuple[Path, ...],
    layers: int,
    hidden: int,
    vocabulary: int,
    least_patients: int,
    minutes: float,
    updates: int | None,
    seed: int,
    device: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Build a tokenizer and a small encoder from the text of PROJECT's records, in OUT.

    Records of the dev and test splits are left out. The folder holds words of the records, though
    only those that stand in the records of several patients: keep it in the house.
    """
    if len(places) != (1 if files else 2):
        raise click.UsageError("give PROJECT and OUT, or OUT and --from-text")
    request = backbones.begin_build(
        out=places[-1],
        shape=EncoderShape(layers=layers, hidden=hidden, vocabulary=vocabulary),
        budget=Budget(seconds=60 * minutes, updates=updates or 0),
        files=files,
        least_patients=least_patients,
        seed=seed,
        device=device,
    )
    with ExitStack() as opened:
        project = None
        if not files:
            project = opened.enter_context(open_project(places[0], passphrase_file, write=False))
        _make(project, request, Output(json=as_json))


@backbone.command(short_help="Adapt an encoder to PROJECT's records.")
@project_options
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--backbone", "base", default="", metavar="DIR", help="Else the one in use.")
@_pretraining_options
def adapt(
    *,
    project: Path,
    out: Path,
    base: str,
    minutes: float,
    updates: int | None,
    seed: int,
    device: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Go on pre-training an encoder on the text of PROJECT's records, and write it to OUT.

    Records of the dev and test splits are left out.
    """
    with open_project(project, passphrase_file, write=False) as opened:
        request = backbones.begin_adapt(
            project=opened,
            out=out,
            budget=Budget(seconds=60 * minutes, updates=updates or 0),
            backbone=base,
            seed=seed,
            device=device,
        )
        _make(opened, request, Output(json=as_json))


@backbone.command(short_help="Choose the encoder that PROJECT's models begin from.")
@project_options
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def use(*, project: Path, folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Have PROJECT's next trainings begin from the encoder in FOLDER."""
    with open_project(project, passphrase_file) as opened:
        backbones.use_backbone(project=opened, folder=folder)
        used = backbones.backbone_in_use(project=opened)
    Output(json=as_json).result({"backbone": used}, f"Trainings begin from {used} now.")


@backbone.command(short_help="Return PROJECT to the embedded encoder.")
@project_options
def reset(*, project: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Have PROJECT's next trainings begin from the embedded encoder again."""
    with open_project(project, passphrase_file) as opened:
        backbones.reset_backbone(project=opened)
    Output(json=as_json).result({"backbone": ""}, "Trainings begin from the embedded encoder.")


@backbone.command(short_help="Tell whether an encoder knows the words of PROJECT's records.")
@project_options
@click.option("--backbone", "base", default="", metavar="DIR", help="Else the one in use.")
def check(*, project: Path, base: str, passphrase_file: Path | None, as_json: bool) -> None:
    """Tell how many of the words in PROJECT's records an encoder knows."""
    output = Output(json=as_json)
    with open_project(project, passphrase_file, write=False) as opened:
        request = backbones.begin_coverage(project=opened, backbone=base)
        with Conversation(opened) as worker:
            for event in worker.ask(request):
                if isinstance(event, CoverageMeasured):
                    answer = event
    coverage = answer.coverage
    known = f"{1 - coverage.poor_share:.1%} of {coverage.words:,} words are known."
    output.result(
        {
            "backbone": answer.backbone,
            "documents": coverage.documents,
            "words": coverage.words,
            "unknown": coverage.unknown,
            "crumbled": coverage.crumbled,
            "warning": coverage.warning,
        },
        f"{known}\n{coverage.warning}".strip(),
    )


def _make(project: Project | None, request: BuildBackbone | AdaptBackbone, output: Output) -> None:
    """Have the worker make a backbone, and tell how it goes."""
    with Conversation(project) as worker, output.progress() as tell:
        for event in worker.ask(request):
            if isinstance(event, Preparing):
                tell(event.step, 0, 0)
            if isinstance(event, BackboneProgress):
                step = f"Learning, loss {event.loss:.3f}, {event.tokens_per_second:,.0f} tokens/s"
                tell(step, round(_PARTS * event.share), _PARTS)
            if isinstance(event, BackboneMade):
                made = event
    output.result(
        {
            "folder": made.out_folder,
            "updates": made.updates,
            "seconds": made.seconds,
            "tokens": made.tokens,
            "loss": made.loss,
            "device": made.device,
            "precision": made.precision,
        },
        f"Wrote {made.out_folder}: {made.updates:,} updates, loss {made.loss:.3f}. "
        "Have trainings begin from it by `chartmark backbone use`.",
    )


COMMANDS: tuple[click.Command, ...] = (backbone,)
