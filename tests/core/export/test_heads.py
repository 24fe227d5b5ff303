"""A model with the multi-label head, exported: its overlapping spans come out as Chartmark's."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest

from core.export.predict import Model
from core.inference.heads import Head, HeadKind
from core.inference.predict import Predictor
from core.schema.documents import LabelledDocument
from tests.core.export.conftest import LABELS, Exported, export, write_model

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def multi_label(dev: list[LabelledDocument], tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """A multi-label model and the folder that its export makes."""
    folder = tmp_path_factory.mktemp("multi-label")
    write_model(folder / "run-1", Head(HeadKind.MULTI_LABEL, LABELS))
    return export(folder / "run-1", dev, folder / "exported")


@pytest.mark.parametrize("int8", [False, True])
def test_overlapping_spans_are_found_in_both_forms(
    multi_label: Exported, dev: list[LabelledDocument], int8: bool
) -> None:
    predictor = Predictor(multi_label.model_folder, device="cpu")
    model = Model(multi_label.folder, int8=int8)
    overlapping = 0
    for item, answer in zip(dev, predictor.predict([item.document for item in dev]), strict=True):
        found = model.predict(item.document.text, words=item.document.tokens)
        if not int8:
            assert [(s["start"], s["end"], s["label"]) for s in found] == [
                (s.start, s.end, s.label) for s in answer.spans
            ]
        for one, other in combinations(found, 2):
            if one["start"] < other["end"] and other["start"] < one["end"]:
                assert one["label"] != other["label"]
                overlapping += 1
    assert overlapping


def test_card_and_settings_say_which_head(multi_label: Exported, exported: Exported) -> None:
    for made, kind, head, spans in (
        (multi_label, "multi_label", "| head | multi-label: O, B and I", "overlap only where"),
        (exported, "softmax", "| head | one softmax over", "spans that do not overlap"),
    ):
        assert json.loads((made.folder / "chartmark.json").read_bytes())["head"] == kind
        card = " ".join((made.folder / "README.md").read_text(encoding="utf-8").split())
        assert head in card
        assert spans in card
        assert "{" not in card


def test_a_folder_from_before_there_were_two_heads_is_read(
    exported: Exported, tmp_path: Path
) -> None:
    for file in exported.folder.iterdir():
        if file.is_file():
            (tmp_path / file.name).symlink_to(file)
    settings = json.loads((exported.folder / "chartmark.json").read_bytes())
    del settings["head"]
    (tmp_path / "chartmark.json").unlink()
    (tmp_path / "chartmark.json").write_text(json.dumps(settings), encoding="utf-8")
    text = "On metformin for type 2 diabetes."
    assert Model(tmp_path).predict(text) == Model(exported.folder).predict(text)
