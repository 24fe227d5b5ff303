"""What the multi-label head is worth on nested labels, and that flat ones do not get it.

Nested labels come from notes made here: findings with the site where it is lying inside, drugs
with their dose, and both without; sites of the dev notes do not all occur in the training notes.
Flat ones are the sample project's. ``$CHARTMARK_CORPORA`` says where the corpora are: of one with
a few nested labels only the choice is made, for it is too small to train on.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from core.formats.reading import read
from core.inference.heads import Head, HeadKind
from core.operations.sample import sample_notes
from core.schema.documents import Document, ImportedDocument, LabelledDocument, Span
from core.schema.learning import Recipe, Report
from core.training import job
from core.training.control import Control
from core.training.run import train
from core.training.targets import choose_head
from tests.benchmarks.figures import ROOT, Figure, publish

RECIPE = Recipe(patience=1)
TRAIN_NOTES = 30
DEV_NOTES = 30
LEAST_GAIN = 0.10
"""By how much F1 on nested labels should rise; many of them cannot be held otherwise."""
_PATTERNS = (
    "{finding:pain in the {site}} for two days .",
    "{finding:{site} swelling} was noted on admission .",
    "Imaging shows a {finding:mass in the {site}} .",
    "No {finding:{site} tenderness} today .",
    "The {site} was examined and is unremarkable .",
    "Known {finding:hypertension} , well controlled .",
    "She denies {finding:nausea} .",
    "Started on {drug:{name} {dose}} at night .",
    "{drug:{name}} was stopped last week .",
    "Takes {drug:{dose} of {name}} daily .",
)
_SITES = (
    *("left arm", "right knee", "liver", "upper lobe of the left lung", "abdomen", "lumbar spine"),
    *("chest wall", "left breast", "neck", "right upper quadrant", "pancreas", "scalp"),
)
_UNSEEN_SITES = ("left ankle", "gallbladder", "lower lobe of the right lung", "jaw")
_DRUGS = ("metformin", "aspirin", "warfarin", "ramipril", "insulin glargine", "bisoprolol")
_DOSES = ("500 mg", "75 mg", "5 mg", "10 units", "2.5 mg", "1 g")
_LABELS = ("finding", "site", "drug", "dose")


def run() -> bool:
    """Measure and publish; returns whether the goals are met."""
    nested = made_notes(TRAIN_NOTES, _SITES, seed=1)
    nested_dev = made_notes(DEV_NOTES, (*_SITES, *_UNSEEN_SITES), seed=2)
    notes = [note.document for note in sample_notes()]
    figures = _choice("nested", [*nested, *nested_dev], HeadKind.MULTI_LABEL)
    figures |= _choice("flat", _labelled(notes), HeadKind.SOFTMAX)
    figures |= _corpus()
    softmax, several = (_f1(nested, nested_dev, _LABELS, kind) for kind in HeadKind)
    figures["nested_f1_softmax"] = Figure(softmax, "F1", None, None, "for comparison", met=True)
    figures["nested_f1_multi_label"] = Figure(
        several,
        "F1",
        softmax,
        several / softmax if softmax else 0.0,
        f">= {LEAST_GAIN:g} more than softmax",
        several >= softmax + LEAST_GAIN,
    )
    return publish("heads", figures)


def made_notes(count: int, sites: Sequence[str], *, seed: int) -> list[LabelledDocument]:
    """Make notes of three sentences each, with all their labels."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        text, spans = "", list[Span]()
        for pattern in chance.sample(_PATTERNS, 3):
            filled = (
                pattern.replace("{site}", f"{{site:{chance.choice(sites)}}}")
                .replace("{name}", chance.choice(_DRUGS))
                .replace("{dose}", f"{{dose:{chance.choice(_DOSES)}}}")
            )
            sentence, found = _parsed(filled, len(text))
            text += sentence + "\n"
            spans += found
        made.append(LabelledDocument(Document(number + 1, f"note {number}", text), tuple(spans)))
    return made


def _parsed(marked: str, offset: int) -> tuple[str, list[Span]]:
    """Take the marks ``{label:words}``, which may nest, out of a sentence."""
    plain, spans, begun = "", list[Span](), list[tuple[int, str]]()
    rest = marked
    while rest:
        if rest[0] == "{":
            label, _, rest = rest[1:].partition(":")
            begun.append((offset + len(plain), label))
        elif rest[0] == "}":
            start, label = begun.pop()
            spans.append(Span(start, offset + len(plain), label))
            rest = rest[1:]
        else:
            plain, rest = plain + rest[0], rest[1:]
    return plain, spans


def _f1(
    train_documents: Sequence[LabelledDocument],
    dev_documents: Sequence[LabelledDocument],
    labels: Sequence[str],
    kind: HeadKind,
) -> float:
    head = Head(kind, tuple(labels))
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(job, "choose_head", lambda *_: (head, 0)),
    ):
        result = train(
            train=train_documents,
            dev=dev_documents,
            labels=labels,
            recipe=RECIPE,
            run_folder=Path(folder) / "run",
            model_folder=Path(folder) / "model",
            control=Control(),
            emit=lambda _: None,
        )
    print(f"{kind} in {result.seconds:.0f} s: {_by_label(result.report)}", file=sys.stderr)
    return result.report.micro.f1


def _by_label(report: Report) -> str:
    return ", ".join(f"{label} {score.f1:.3f}" for label, score in report.labels.items())


def _choice(
    name: str, documents: Sequence[LabelledDocument], wanted: HeadKind
) -> dict[str, Figure]:
    """Tell which head is chosen, and what share of the labels one softmax could not hold."""
    labels = sorted({span.label for item in documents for span in item.spans})
    head, gained = choose_head(documents, labels)
    total = sum(len(item.spans) for item in documents)
    met = head.kind is wanted
    return {
        f"{name}_labels_lost_by_softmax": Figure(
            gained / total, "of all", None, None, f"{wanted} is chosen", met
        )
    }


def _corpus() -> dict[str, Figure]:
    corpora = Path(os.environ.get("CHARTMARK_CORPORA", ROOT.parent / "shared" / "corpora"))
    folder = corpora / "fixtures" / "brat" / "maccrobat-sample"
    if not folder.is_dir():
        return {}
    documents = _labelled(read(paths=[folder]).documents)
    return _choice("maccrobat", documents, HeadKind.MULTI_LABEL)


def _labelled(documents: Sequence[ImportedDocument]) -> list[LabelledDocument]:
    return [
        LabelledDocument(Document(number, item.name, item.text, tokens=item.tokens), item.spans)
        for number, item in enumerate(documents, start=1)
    ]


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
