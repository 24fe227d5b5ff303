"""The model card: what a model is for, what it learnt from, how good it is, and how to use it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.export.points import Form, PointTable
from core.inference.heads import HeadKind
from core.inference.settings import ModelSettings
from core.schema.learning import Report, Score

_LICENSES = {
    "all-MiniLM-L6-v2": "Apache-2.0",
    "bert-base-cased": "Apache-2.0",
    "bert-base-uncased": "Apache-2.0",
    "distilbert-base-cased": "Apache-2.0",
    "distilbert-base-uncased": "Apache-2.0",
    "roberta-base": "MIT",
    "deberta-v3-small": "MIT",
    "deberta-v3-base": "MIT",
}
"""Licenses of encoders, as their publishers state them, by the last part of their names."""


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a card is written from.

    Attributes:
        card: From the project, see ``core.operations.exporting.begin_model_export``.
        settings: Of the model.
        report: On the dev documents, in full precision.
        label_counts: Gold spans of each label in the dev documents.
        documents: How many dev documents there are.
        f1: Micro F1 of each form of the model.
        sizes: Bytes of each file of weights.
        words_per_second: Of each form over the dev documents, on the CPU that exported it.
        versions: Of the libraries that exported it.
        form: The only one that the folder holds; None for all of ``FORMS``.
        points: The forms as they were measured before, or None.
    """

    card: Mapping[str, str]
    settings: ModelSettings
    report: Report
    label_counts: Mapping[str, int]
    documents: int
    f1: Mapping[str, float]
    sizes: Mapping[str, int]
    words_per_second: Mapping[str, float]
    versions: Mapping[str, str]
    form: Form | None = None
    points: PointTable | None = None


def backbone_license(backbone: str) -> str | None:
    """Return the license (SPDX) of a backbone where it is known."""
    return _LICENSES.get(backbone.removesuffix(" (embedded)").rpartition("/")[2])


def write_card(facts: CardFacts) -> str:
    """Return a model card as Markdown, its head as Hugging Face reads it."""
    card = facts.card
    name = f"{card.get('project', 'Chartmark')} {card.get('model', '')}".strip()
    parts = [
        "---\nlibrary_name: transformers\npipeline_tag: token-classification\n"
        "tags:\n- named-entity-recognition\n- clinical\n- onnx\n---",
        f"# {name}",
        "A token classifier that finds entities in clinical text, fine-tuned with Chartmark "
        f"{facts.versions['chartmark']} on records labelled by hand.",
        _labels(facts),
        _data(facts),
        _evaluation(facts),
        _forms(facts),
        _training(facts),
        _INTENDED_USE.format(spans=_SPANS[facts.settings.head]),
        _use(facts),
    ]
    return "\n\n".join(parts) + "\n"


def write_license(backbone: str) -> str:
    """Return the note on licenses: of the code, of the backbone, and of what was learnt."""
    known = backbone_license(backbone)
    terms = (
        f"is published under {known}"
        if known
        else "is published under terms that Chartmark does not know: see where it came from"
    )
    return (
        "predict.py and chartmark_runtime/ are part of Chartmark, licensed under the Apache "
        "License, Version 2.0:\nhttps://www.apache.org/licenses/LICENSE-2.0\n\n"
        f"The weights were fine-tuned from {backbone}, which {terms}.\n\n"
        "What the fine-tuning learnt from records belongs to whoever may decide over those "
        "records; nothing here permits passing it on.\n"
    )


def _labels(facts: CardFacts) -> str:
    rows = [
        (
            _cell(label),
            facts.card.get(f"train_spans/{label}", "unknown"),
            str(facts.label_counts.get(label, 0)),
            _cell(facts.card.get(f"label/{label}", "")),
        )
        for label in facts.settings.labels
    ]
    return "## Labels\n\n" + _table(("label", "train spans", "dev spans", "meaning"), rows)


def _data(facts: CardFacts) -> str:
    get = facts.card.get
    return (
        f"## Data\n\nTrained on {get('train_documents', 'unknown')} records with "
        f"{get('train_spans', 'unknown')} labelled spans. Evaluated and verified on "
        f"{facts.documents} records held back (dev), of other patients, which decided when "
        "training stopped and how confidence was calibrated: expect a little less on new records."
        " State of the project: audit event "
        f"{get('snapshot_event', 'unknown')}. No record is in this folder."
    )


def _evaluation(facts: CardFacts) -> str:
    report = facts.report
    rows = [(_cell(label), *_figures(score)) for label, score in report.labels.items()]
    averages = (("micro", report.micro), ("macro", report.macro), ("weighted", report.weighted))
    rows += [(f"*{name} average*", *_figures(score)) for name, score in averages]
    return (
        "## Evaluation\n\nWhole spans on the dev records, strict IOB2 (seqeval): a span counts "
        "only if label, start and end are right.\n\n"
        + _table(("label", "precision", "recall", "F1", "support"), rows)
        + _calibration(facts.settings)
    )


def _calibration(settings: ModelSettings) -> str:
    measured = settings.calibration
    if measured is None:
        return ""
    before = "" if measured.unscaled is None else f" (without scaling: {measured.unscaled:.4f})"
    return (
        f"\n\nConfidence of {measured.spans} predicted spans is off by {measured.error:.4f} on "
        f"average{before}: their expected calibration error in ten bins of as many spans each "
        "(Guo et al. 2017, on whole spans). The temperature that scales it was fitted on these same"
        " dev records; for this figure each half of them was scaled by the other half's."
    )


def _forms(facts: CardFacts) -> str:
    rows = [
        (
            name,
            FORMS[name],
            _megabytes(facts.sizes[FORMS[name]]),
            f"{facts.words_per_second[name]:,.0f}",
            f"{f1:.4f}",
        )
        for name, f1 in facts.f1.items()
    ]
    chosen = "" if facts.form is None else f"This folder holds one form: {facts.form.shown}. "
    difference = ""
    if "int8" in facts.f1:
        change = facts.f1["int8"] - facts.report.micro.f1
        difference = f" The int8 model's F1 differs by {change:+.4f}."
    return (
        "## Forms\n\n"
        + _table(("form", "file", "size", "words/s", "dev micro F1"), rows)
        + f"\n\n{chosen}The ONNX model was run on every dev record before this folder got its "
        f"name, and found Chartmark's own spans.{difference} Speed is that of the CPU it was "
        "exported on." + _points(facts)
    )


def _points(facts: CardFacts) -> str:
    """Return what else could have been chosen, as far as it was measured."""
    table = facts.points
    if table is None:
        return ""
    rows = [
        (
            point.form.shown,
            _megabytes(point.size),
            f"{point.words_per_second:,.0f}",
            f"{point.f1:.4f}",
        )
        for point in table.points
    ]
    pruned = (
        f" Pruned forms lack {table.pruned_share:.0%} of the feed-forward neurons."
        if table.pruned_share
        else ""
    )
    return (
        "\n\nForms of this model that can be exported, measured side by side on "
        f"{table.documents} dev records, read one by one:{pruned}\n\n"
        + _table(("form", "size", "words/s", "dev micro F1"), rows)
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _training(facts: CardFacts) -> str:
    card = facts.card
    recipe = {key.removeprefix("recipe/"): card[key] for key in card if key.startswith("recipe/")}
    named = {
        "backbone": card.get("backbone") or facts.settings.backbone,
        "head": _HEADS[facts.settings.head],
        "run": card.get("run", ""),
        "device": card.get("device", ""),
        "trained": card.get("created", ""),
        "exported": card.get("exported", ""),
        "seed": card.get("seed", ""),
        **{key: value for key, value in recipe.items() if key != "seed"},
        "temperature": f"{facts.settings.temperature:.4f}",
    }
    rows = [(key.replace("_", " "), _cell(value)) for key, value in named.items() if value]
    trained = _versions(facts.settings.versions)
    return (
        "## Training\n\n"
        + _table(("setting", "value"), rows)
        + f"\n\nTrained with {trained}. Exported with {_versions(facts.versions)}."
    )


def _use(facts: CardFacts) -> str:
    forms = facts.f1.keys()
    lines = [
        "    python predict.py note.txt",
        "    python predict.py --json --int8 note.txt other.txt"
        if {"ONNX", "int8"} <= forms
        else "    python predict.py --json note.txt other.txt",
    ]
    loads = (
        _LOADS.format(outputs=_OUTPUTS[facts.settings.head]) if "full precision" in forms else ""
    )
    return _USE.format(commands="\n".join(lines), loads=loads)


def _versions(versions: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in versions.items()) or "unknown"


def _figures(score: Score) -> tuple[str, str, str, str]:
    figures = (score.precision, score.recall, score.f1)
    precision, recall, f1 = (f"{figure:.4f}" for figure in figures)
    return precision, recall, f1, str(score.support)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


FORMS = {
    "full precision": "model.safetensors",
    "ONNX": "model.onnx",
    "int8": "model.int8.onnx",
}
"""The forms of an exported model, and their files."""

_HEADS = {
    HeadKind.SOFTMAX: "one softmax over the IOB2 tags of all labels",
    HeadKind.MULTI_LABEL: "multi-label: O, B and I of each label by itself",
}
_SPANS = {
    HeadKind.SOFTMAX: "continuous spans that do not overlap",
    HeadKind.MULTI_LABEL: "continuous spans, which overlap only where their labels differ",
}
_OUTPUTS = {
    HeadKind.SOFTMAX: "one softmax goes over all outputs of a word",
    HeadKind.MULTI_LABEL: "each three outputs of a word, named `label:O`, `label:B` and `label:I`, "
    "have a softmax of their own",
}

_INTENDED_USE = """\
## Intended use and limits

For finding and pre-labelling mentions in records like those it was trained on: same language,
same kind of notes, same institution. A person should check what it finds. It is no medical device
and must not decide on anybody's care. It finds {spans}; it does not
tell whether a mention is negated, historical or of a family member. Notes of another kind or place
lower its figures, often by a lot: evaluate it on records of yours first.

**A model may memorise what it saw.** Names, dates and rare phrases of the records it was trained
on can leave traces in its weights. Handle this folder as you handle the records themselves, and
pass it on only where you may pass on those."""

_USE = """\
## How to use it

    sha256sum -c MANIFEST.sha256
    pip install -r requirements.txt
{commands}

From Python, in this folder:

    from predict import Model
    for span in Model(".").predict("On metformin for type 2 diabetes."):
        print(span["label"], span["start"], span["end"], span["score"], span["text"])

Offsets count Unicode code points, the end exclusive. `score` is calibrated confidence, 0 to 1.
Text that comes with words of its own is read with `predict(text, words=[(start, end), ...])`.
{loads}Windows of long texts, abbreviations that a text explains, transitions from tag to tag and
calibration are in `chartmark_runtime/` only.
Nothing here uses a network."""

_LOADS = (
    "`model.safetensors` and `config.json` load with Hugging Face transformers too: {outputs}.\n"
)
