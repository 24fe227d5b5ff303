"""Export of a model: convert, verify, describe, and only then give the folder its name."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from core.export.card import FORMS, CardFacts, write_card, write_license
from core.export.conversion_process import STATIC_MODEL, convert
from core.export.measuring import calibration_windows
from core.export.points import PRUNED_FOLDER, Form, PointTable, read_points
from core.export.runtime import write_runtime
from core.export.verification import Predicted, require_equal, run_exported
from core.inference.model import TOKENIZER_FILES, is_model
from core.inference.predict import Predictor
from core.inference.session import INT8_MODEL
from core.inference.settings import ModelSettings, read_settings
from core.schema.documents import LabelledDocument
from core.schema.errors import KnownError
from core.schema.learning import Report
from core.schema.phrases import phrase
from core.text.words import document_words
from core.training.evaluation import report
from core.training.new_folder import new_folder

_SETTINGS = "chartmark.json"
_COPIED = (_SETTINGS, "config.json", "model.safetensors", *TOKENIZER_FILES)
"""What of a model folder goes with it, where it is there; anything else stays behind."""
_MANIFEST = "MANIFEST.sha256"


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What came of an export; only of what the folder holds.

    Attributes:
        f1: Micro F1 on the dev documents of ``full precision``, ``ONNX`` and ``int8``.
        report: Of the model in full precision on the dev documents.
        sizes: Bytes of each file of weights.
        words_per_second: Of each form over the dev documents, on this machine's CPU.
    """

    f1: dict[str, float]
    report: Report
    sizes: dict[str, int]
    words_per_second: dict[str, float]


def export_model(
    *,
    model_folder: Path,
    dev: Sequence[LabelledDocument],
    out: Path,
    card: Mapping[str, str],
    check: Callable[[], None],
    tell: Callable[[str], None],
    form: Form | None = None,
    train: Sequence[LabelledDocument] = (),
) -> ExportResult:
    """Write a folder with a model that runs without Chartmark.

    It is made beside ``out`` under another name and gets its own once both ONNX models have been
    run by the exported code on the dev documents. Whatever ends the work before leaves nothing.

    Args:
        model_folder: Of a model that Chartmark trained.
        dev: Documents with their gold spans that the model was not trained on.
        out: The folder to make.
        card: What the model card says besides what is known here; see
            ``core.operations.exporting.begin_model_export``.
        check: Called often; may raise to end the work.
        tell: Gets each step in words.
        form: The only one that the folder is to hold; the model in full precision and in dynamic
            int8 if None.
        train: Documents like those that the model will read, to calibrate static int8 by.

    Raises:
        KnownError: ``out`` is there or cannot be written, there is no dev document to verify
            with, the pruned form was not made, or the exported model answers otherwise than
            Chartmark.
    """
    if not dev:
        raise KnownError(
            "There is no dev record to verify the export with.",
            "Mark records of the dev split as done first.",
        )
    points = read_points(model_folder)
    if form is not None and form.prunes:
        model_folder = model_folder / PRUNED_FOLDER
        if not is_model(model_folder):
            raise KnownError(
                "There is no pruned form of this model.", "Measure its forms with pruning first."
            )
    settings = read_settings(model_folder)
    windows: list[list[int]] = []
    if form is Form.STATIC_INT8:
        windows = calibration_windows(model_folder, train, check=check)
        if not windows:
            raise KnownError(
                "There is no train record to calibrate static int8 by.",
                "Choose another form of the model.",
            )
    facts = _Facts(settings, dev, card, form, points)
    with new_folder(out, mark=_SETTINGS) as part:
        result = _fill(part, model_folder, windows, facts, check, tell)
        check()
    return result


@dataclass(frozen=True, slots=True)
class _Facts:
    """What stays the same through an export; see ``export_model``."""

    settings: ModelSettings
    dev: Sequence[LabelledDocument]
    card: Mapping[str, str]
    form: Form | None
    points: PointTable | None

    @property
    def kept(self) -> dict[str, str]:
        """The forms that the folder is to hold, and their files."""
        if self.form is None:
            return FORMS
        return {
            name: file for name, file in FORMS.items() if (file == INT8_MODEL) == self.form.rounds
        }


def _fill(
    part: Path,
    model_folder: Path,
    windows: Sequence[Sequence[int]],
    facts: _Facts,
    check: Callable[[], None],
    tell: Callable[[str], None],
) -> ExportResult:
    dev, labels = facts.dev, facts.settings.labels
    tell(phrase("Copying the model"))
    for name in _COPIED:
        if (model_folder / name).is_file():
            shutil.copyfile(model_folder / name, part / name)
    write_runtime(part)
    check()
    tell(phrase("Converting the model to ONNX"))
    convert(
        part,
        part,
        check=check,
        on_onnx=lambda: tell(phrase("Making the int8 model")),
        calibration=windows,
    )
    if windows:
        (part / STATIC_MODEL).replace(part / INT8_MODEL)
    tell(phrase("Checking the ONNX model on {count} dev records", count=len(dev)))
    app, app_seconds = _app_spans(model_folder, dev, check)
    full, full_seconds = run_exported(part, dev, int8=False, check=check)
    require_equal(app, full)
    tell(phrase("Checking the int8 model on {count} dev records", count=len(dev)))
    small, small_seconds = run_exported(part, dev, int8=True, check=check)
    tell(phrase("Writing the model card"))
    words = sum(len(document_words(item.document)) for item in dev)
    seconds = dict(zip(FORMS, (app_seconds, full_seconds, small_seconds), strict=True))
    spans = dict(zip(FORMS, (app, full, small), strict=True))
    result = ExportResult(
        f1={name: report(dev, spans[name], labels).micro.f1 for name in facts.kept},
        report=report(dev, app, labels),
        sizes={file: (part / file).stat().st_size for file in facts.kept.values()},
        words_per_second={name: words / seconds[name] for name in facts.kept},
    )
    # The other forms were needed to make and verify the one that is wanted.
    for file in set(FORMS.values()) - set(facts.kept.values()):
        (part / file).unlink()
    _describe(part, facts, result)
    _write_manifest(part, check)
    return result


def _app_spans(
    model_folder: Path, dev: Sequence[LabelledDocument], check: Callable[[], None]
) -> tuple[Predicted, float]:
    """Return Chartmark's own spans, on the CPU as the exported folder's are, and the seconds."""
    predictor = Predictor(model_folder, device="cpu")
    began = time.perf_counter()
    scored = predictor.predict([item.document for item in dev], check=check)
    return [answer.spans for answer in scored], time.perf_counter() - began


def _describe(part: Path, facts: _Facts, result: ExportResult) -> None:
    names = ("chartmark", "torch", "onnx", "onnxruntime", "tokenizers")
    card, settings = facts.card, facts.settings
    told = CardFacts(
        card=card,
        settings=settings,
        report=result.report,
        label_counts=Counter(span.label for item in facts.dev for span in item.spans),
        documents=len(facts.dev),
        f1=result.f1,
        sizes=result.sizes,
        words_per_second=result.words_per_second,
        versions={name: version(name) for name in names},
        form=facts.form,
        points=facts.points,
    )
    texts = {
        "README.md": write_card(told),
        "LICENSE": write_license(card.get("backbone") or settings.backbone or "its backbone"),
        "requirements.txt": "".join(
            f"{name}=={version(name)}\n" for name in ("onnxruntime", "tokenizers")
        ),
    }
    for name, text in texts.items():
        (part / name).write_text(text, encoding="utf-8", newline="\n")


def _write_manifest(part: Path, check: Callable[[], None]) -> None:
    """Write the digest of every file in the form that ``sha256sum -c`` reads."""
    lines = []
    for file in sorted(path for path in part.rglob("*") if path.is_file()):
        check()
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        lines.append(f"{digest}  {file.relative_to(part).as_posix()}\n")
    (part / _MANIFEST).write_text("".join(lines), encoding="utf-8", newline="\n")
