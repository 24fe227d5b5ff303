"""Commands about learning: train, evaluate, suggest, predict, export-model."""

from __future__ import annotations

from pathlib import Path

import click

from core.cli.beginning import Kind, begin_training, device_option, training_options
from core.cli.conversation import Conversation
from core.cli.course import following
from core.cli.output import Output
from core.cli.project_option import json_option, open_project, project_options
from core.export.points import Form
from core.formats.opening import open_source
from core.formats.values import ReadOptions
from core.operations import training
from core.operations.exporting import begin_model_export, current_model
from core.schema.errors import KnownError
from core.schema.learning import Strategy
from core.store import documents
from core.worker.messages import (
    Evaluate,
    Evaluated,
    Evaluating,
    ModelExported,
    Preparing,
    Scored,
)


@click.command(short_help="Train a model on PROJECT's done records.")
@project_options
@training_options
@click.option("--teacher", default="", metavar="MODEL", help="Learn from this bigger model too.")
def train(
    *,
    project: Path,
    backbone: str,
    device: str,
    seed: int | None,
    epochs: int | None,
    rounds: int | None,
    kind: Kind | None,
    repeat: int | None,
    teacher: str,
    allow_network: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Train a model on PROJECT's done records; the better of it and the current one is kept."""
    output = Output(json=as_json)
    with open_project(project, passphrase_file) as opened:
        run, request = begin_training(
            project=opened,
            kind=kind,
            repeat=repeat,
            seed=seed,
            epochs=epochs,
            rounds=rounds,
            backbone=backbone,
            device=device,
            allow_network=allow_network,
            teacher=teacher,
        )
        with following(opened, run, output) as course, Conversation(opened) as worker:
            for event in worker.ask(request):
                course.take(event)
        course.end()


@click.command(short_help="Report on PROJECT's current model.")
@project_options
@click.option(
    "--split",
    type=click.Choice(["train", "dev", "test"]),
    default="test",
    show_default=True,
    help="The records to evaluate on.",
)
@device_option
def evaluate(
    *, project: Path, split: str, device: str, passphrase_file: Path | None, as_json: bool
) -> None:
    """Report on PROJECT's current model over the done records of a split."""
    output = Output(json=as_json)
    with open_project(project, passphrase_file, write=False) as opened:
        folder = training.model_folder(project=opened, model=current_model(project=opened))
        request = Evaluate(job=1, model_folder=str(folder), split=split, device=device)
        with Conversation(opened) as worker, output.progress() as tell:
            for event in worker.ask(request):
                if isinstance(event, Evaluating):
                    tell("Predicting", event.done, event.total)
                if isinstance(event, Evaluated):
                    answer = event
    output.report(answer.report)
    output.result(answer.report, f"{answer.documents} records of the {split} split.")


@click.command(short_help="Pre-label and rank PROJECT's unread records.")
@project_options
@click.option(
    "--strategy",
    type=click.Choice([strategy.value for strategy in Strategy]),
    default=Strategy.MNLP.value,
    show_default=True,
    help="How the unread records are ranked.",
)
@click.option("--limit", type=click.IntRange(min=1), default=20, help="Records to print.")
@device_option
def suggest(
    *,
    project: Path,
    strategy: str,
    limit: int,
    device: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Pre-label PROJECT's unread records and rank them, the most instructive first."""
    output = Output(json=as_json)
    with open_project(project, passphrase_file) as opened:
        current_model(project=opened)
        request = training.begin_scoring(project=opened, device=device)
        if request is not None:
            with Conversation(opened) as worker, output.progress() as tell:
                for event in worker.ask(request):
                    training.book(project=opened, event=event)
                    if isinstance(event, Preparing):
                        tell(event.step, 0, 0)
                    if isinstance(event, Scored):
                        tell("Scoring", event.done, event.total)
        ranked = [
            row
            for row in documents.queue(project=opened, strategy=Strategy(strategy))
            if row.score is not None
        ][:limit]
    output.table(
        ("record", "score", "suggestions"),
        [(row.name, f"{row.score:.4f}", str(row.suggestion_count)) for row in ranked],
    )
    shown = [
        {
            "id": row.document_id,
            "name": row.name,
            "score": row.score,
            "suggestions": row.suggestion_count,
        }
        for row in ranked
    ]
    output.result({"strategy": strategy, "documents": shown}, "" if ranked else "All are read.")


@click.command()
@click.argument("model_folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--int8", is_flag=True, help="The small, fast model.")
@click.option("--encoding", help="Of the files; else detected.")
@json_option
def predict(
    *,
    model_folder: Path,
    files: tuple[Path, ...],
    int8: bool,
    encoding: str | None,
    as_json: bool,
) -> None:
    """Label text FILES with an exported model (MODEL_FOLDER)."""
    from core.export.predict import Model

    output = Output(json=as_json)
    model = Model(model_folder, int8=int8 or None)
    answers = []
    for file in files:
        spans = model.predict(_read_text(file, ReadOptions(encoding=encoding)))
        answers.append({"file": str(file), "spans": spans})
        output.say(f"{file}")
        output.table(
            ("label", "start", "end", "confidence", "text"),
            [
                (s["label"], str(s["start"]), str(s["end"]), f"{s['score']:.2f}", s["text"])
                for s in spans
            ],
        )
    output.result({"documents": answers}, "")


@click.command("export-model", short_help="Write PROJECT's current model to a folder.")
@project_options
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--form",
    type=click.Choice([form.value for form in Form]),
    help="The only form to write (see compress); else full precision and dynamic int8.",
)
def export_model(
    *, project: Path, out: Path, form: str | None, passphrase_file: Path | None, as_json: bool
) -> None:
    """Write PROJECT's current model to OUT, a folder that runs without Chartmark."""
    output = Output(json=as_json)
    with open_project(project, passphrase_file, write=False) as opened:
        request = begin_model_export(
            project=opened, out=out, form=None if form is None else Form(form)
        )
        with Conversation(opened) as worker, output.progress() as tell:
            for event in worker.ask(request):
                if isinstance(event, Preparing):
                    tell(event.step, 0, 0)
                if isinstance(event, ModelExported):
                    answer = event
    figures = ", ".join(
        f"{name} F1 {value:.4f} at {answer.words_per_second[name]:,.0f} words/s"
        for name, value in answer.f1.items()
    )
    output.result(
        {
            "folder": answer.out_folder,
            "documents": answer.documents,
            "f1": answer.f1,
            "words_per_second": answer.words_per_second,
        },
        f"Wrote {answer.out_folder}; verified on {answer.documents} dev records: {figures}.",
    )


def _read_text(file: Path, options: ReadOptions) -> str:
    """Read a text file as an import would, so that spans have the offsets that they have there."""
    opened = open_source(file, options)
    if opened.source is None:
        reason = opened.fault.reason if opened.fault else "it cannot be read"
        raise KnownError(
            "{file} cannot be labelled: {reason}.",
            "Give plain text files.",
            file=file,
            reason=reason,
        )
    return opened.source.text


COMMANDS: tuple[click.Command, ...] = (train, evaluate, suggest, predict, export_model)
