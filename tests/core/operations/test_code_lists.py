from __future__ import annotations

from pathlib import Path

import pytest

from core.operations.code_lists import load_code_list
from core.schema.attributes import AttributeDefinition, AttributeKind
from core.schema.errors import KnownError
from core.schema.labels import Label, LabelScheme
from core.store import attributes, codes, labels
from core.store.project import Project

SCHEME = LabelScheme((Label("drug"),), "", (AttributeDefinition("icd10", AttributeKind.CODE),))


def test_list_of_a_file_is_looked_up(tmp_path: Path) -> None:
    file = tmp_path / "icd.csv"
    file.write_text("code,term\nE11,Diabetes\n", encoding="utf-8")
    steps: list[tuple[str, int, int]] = []
    with Project.create(folder=tmp_path / "a.chartmark", scheme=SCHEME) as project:
        changes = load_code_list(
            project=project, attribute_id=1, path=file, progress=lambda *step: steps.append(step)
        )
        assert changes.scheme
        assert [
            hit.code for hit in codes.look_up(project=project, attribute_id=1, query="dia")
        ] == ["E11"]
        assert labels.scheme(project=project).attributes[0].code_source == "icd.csv"
    assert steps == [("Reading", 0, 0), ("Saving codes", 0, 1), ("Saving codes", 1, 1)]


def test_nothing_is_loaded_from_a_broken_file(tmp_path: Path) -> None:
    file = tmp_path / "icd.csv"
    file.write_text("code,term\nE11,Diabetes\n,x\n", encoding="utf-8")
    with Project.create(folder=tmp_path / "a.chartmark", scheme=SCHEME) as project:
        with pytest.raises(KnownError, match=r"icd\.csv, line 3"):
            load_code_list(project=project, attribute_id=1, path=file)
        assert attributes.definitions(project=project)[0].code_count == 0
