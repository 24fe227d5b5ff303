"""Records that show what labels can be: nested, crossing, in pieces; one of 120,000 characters."""

from __future__ import annotations

import json
import re
from pathlib import Path

NESTED = "nested-and-crossing"
LONG = "long-stay-with-all-reports-transcribed-from-the-ward-and-the-outpatient-clinic"
NO_LABELS = "short"
LONG_CHARACTERS = 120_000

_NOTE = """\
Discharge summary

Diagnoses
1. Metastatic adenocarcinoma of the left and right lung bases with malignant pleural effusion
2. Type 2 diabetes mellitus with diabetic nephropathy, CKD 3b
3. No angina. Query heart failure.

History
Her mother had breast cancer at 52 and her father a heart attack. She denies chest pain 🙂. \
Previous gestational diabetes. If he develops diabetes mellitus, start metformin.

Medication
Drug            Dose        When
--------------  ----------  ---------
metformin       500 mg      bd
apixaban        5 mg        bd
bisoprolol      2.5 mg      mane

既往史：2型糖尿病十年，否认心绞痛。

Plan
Clinic in six weeks. Bloods before that. Naïve café résumé ẹ̀kọ́ עברית مرحبا.
"""
_MARKS = (
    ("Metastatic adenocarcinoma of the left and right lung bases", "cancer"),
    ("adenocarcinoma", "cancer"),
    ("lung bases with malignant pleural effusion", "heart_disease"),
    ("malignant pleural effusion", "cancer"),
    ("Type 2 diabetes mellitus with diabetic nephropathy", "diabetes"),
    ("Type 2 diabetes mellitus", "diabetes"),
    ("diabetic nephropathy, CKD 3b", "heart_disease"),
    ("angina", "heart_disease"),
    ("heart failure", "heart_disease"),
    ("breast cancer", "cancer"),
    ("heart attack", "heart_disease"),
    ("gestational diabetes", "diabetes"),
    ("diabetes mellitus, start", "diabetes"),
    ("metformin", "medication"),
    ("apixaban", "medication"),
    ("bisoprolol", "medication"),
    ("2型糖尿病", "diabetes"),
    ("心绞痛", "heart_disease"),
)


def write_showcase(folder: Path) -> Path:
    """Write the records as JSON Lines and return the file."""
    spans: list[dict[str, object]] = []
    for words, label in _MARKS:
        start = _NOTE.index(words)
        end = start + len(words.removesuffix(", start"))
        spans.append({"start": start, "end": end, "label": label})
    long_text, long_spans = _long()
    records = (
        _record(NESTED, _NOTE, spans),
        _record(LONG, long_text, long_spans),
        _record(NO_LABELS, "?", []),
    )
    file = folder / "showcase.jsonl"
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _record(name: str, text: str, spans: list[dict[str, object]]) -> dict[str, object]:
    return {"name": name, "text": text, "patient": name, "reviewed": False, "spans": spans}


def _long() -> tuple[str, list[dict[str, object]]]:
    """Return a text of many ward rounds, its drugs and diseases labelled."""
    parts: list[str] = []
    size = 0
    while size < LONG_CHARACTERS:
        day = len(parts) + 1
        part = (
            f"Ward round, day {day}\n"
            f"Comfortable overnight, heart rate {60 + day % 40}. Known heart failure, on "
            "bisoprolol and apixaban, furosemide stopped. Type 2 diabetes, metformin held "
            f"while the kidneys recover; creatinine {100 + day % 90}. No angina.\n\n"
            "Plan\nRepeat bloods, and discuss with the family.\n\n"
        )
        parts.append(part)
        size += len(part)
    text = "".join(parts)
    labels = {"heart failure": "heart_disease", "Type 2 diabetes": "diabetes"}
    spans: list[dict[str, object]] = [
        {
            "start": found.start(),
            "end": found.end(),
            "label": labels.get(found[0], "medication"),
        }
        for found in re.finditer("heart failure|Type 2 diabetes|bisoprolol|apixaban", text)
    ]
    return text, spans
