"""What was measured of a model's forms is printed; the measuring itself is the worker's."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.export.points import Form, Point, PointTable, write_points
from core.operations import training
from tests.core.cli.conftest import Chartmark
from tests.core.operations.test_training import finished
from tests.core.worker.tiny import make_project

TABLE = PointTable(
    (
        Point(Form.FULL, 90_300_000, 1459.4, 0.7797),
        Point(Form.PRUNED_INT8, 19_300_000, 3000.0, 0.7709),
    ),
    documents=18,
    pruned_share=0.5,
)


@pytest.fixture
def model_folder(folder: Path) -> Path:
    """The folder of a project's model."""
    with make_project(folder) as made:
        run, _ = training.begin_retrain(project=made)
        booked = training.book(project=made, event=finished(run.id, made, 0.5, None))
        assert booked.model is not None
        place = training.model_folder(project=made, model=booked.model)
        place.mkdir(parents=True)
        return place


def test_what_was_measured_is_shown(chartmark: Chartmark, folder: Path, model_folder: Path) -> None:
    nothing = chartmark("compress", folder, "--show", "--json")
    assert nothing.code == 1
    assert nothing.json["remedy"] == "Leave out --show."
    write_points(model_folder, TABLE)
    answer = chartmark("compress", folder, "--show", "--json")
    assert answer.json == {
        "documents": 18,
        "pruned_share": 0.5,
        "points": [
            {"form": "full", "size": 90_300_000, "words_per_second": 1459.4, "f1": 0.7797},
            {"form": "pruned-int8", "size": 19_300_000, "words_per_second": 3000.0, "f1": 0.7709},
        ],
    }
    shown = chartmark("compress", folder, "--show").out
    assert "90.3 MB" in shown
    assert "1,459" in shown
    assert "pruned, int8" in shown


def test_a_share_is_between_nothing_and_all(chartmark: Chartmark, folder: Path) -> None:
    make_project(folder).close()
    assert chartmark("compress", folder, "--prune", "1").code == 2
    assert chartmark("compress", folder, "--prune", "0").code == 2
    answer = chartmark("compress", folder, "--json")
    assert answer.json["error"] == "This project has no model yet."
