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
from core.export.conversion_process import convert
from core.export.runtime import write_runtime
from core.export.verification import Predicted, require_equal, run_exported
from core.inference.model import TOKENIZER_FILES, ModelSettings, read_settings
from core.inference.predict import Predictor
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
    """What came of an export.

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

    Raises:
        KnownError: ``out`` is there or cannot be written, there is no dev document to verify
            with, or the exported model answers otherwise than Chartmark.
    """
    if not dev:
        raise KnownError(
            "There is no dev record to verify the export with.",
            "Mark records of the dev split as done first.",
        )
    settings = read_settings(model_folder)
    with new_folder(out, mark=_SETTINGS) as part:
        result = _fill(part, model_folder, settings, dev, card, check, tell)
        check()
    return result


def _fill(
    part: Path,
    model_folder: Path,
    settings: ModelSettings,
    dev: Sequence[LabelledDocument],
    card: Mapping[str, str],
    check: Callable[[], None],
    tell: Callable[[str], None],
) -> ExportResult:
    tell(phrase("Copying the model"))
    for name in _COPIED:
        if (model_folder / name).is_file():
            shutil.copyfile(model_folder / name, part / name)
    write_runtime(part)
    check()
    tell(phrase("Converting the model to ONNX"))
    convert(part, part, check=check, on_onnx=lambda: tell(phrase("Making the int8 model")))
    tell(phrase("Checking the ONNX model on {count} dev records", count=len(dev)))
    app, app_seconds = _app_spans(model_folder, dev, check)
    full, full_seconds = run_exported(part, dev, int8=False, check=check)
    require_equal(app, full)
    tell(phrase("Checking the int8 model on {count} dev records", count=len(dev)))
    small, small_seconds = run_exported(part, dev, int8=True, check=check)
    tell(phrase("Writing the model card"))
    reports = {
        name: report(dev, spans, settings.labels)
        for name, spans in zip(FORMS, (app, full, small), strict=True)
    }
    words = sum(len(document_words(item.document)) for item in dev)
    result = ExportResult(
        f1={name: figures.micro.f1 for name, figures in reports.items()},
        report=reports["full precision"],
        sizes={file: (part / file).stat().st_size for file in FORMS.values()},
        words_per_second={
            name: words / seconds
            for name, seconds in zip(FORMS, (app_seconds, full_seconds, small_seconds), strict=True)
        },
    )
    _describe(part, settings, dev, card, result)
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


def _describe(
    part: Path,
    settings: ModelSettings,
    dev: Sequence[LabelledDocument],
    card: Mapping[str, str],
    result: ExportResult,
) -> None:
    names = ("chartmark", "torch", "onnx", "onnxruntime", "tokenizers")
    facts = CardFacts(
        card=card,
        settings=settings,
        report=result.report,
        label_counts=Counter(span.label for item in dev for span in item.spans),
        documents=len(dev),
        f1=result.f1,
        sizes=result.sizes,
        words_per_second=result.words_per_second,
        versions={name: version(name) for name in names},
    )
    texts = {
        "README.md": write_card(facts),
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
