from __future__ import annotations

from pathlib import Path

from core.export.points import Form, Point, PointTable, read_points, write_points

TABLE = PointTable(
    (Point(Form.FULL, 90_000_000, 1500.0, 0.78), Point(Form.PRUNED_INT8, 19_000_000, 3000.5, 0.77)),
    documents=18,
    pruned_share=0.5,
)


def test_a_table_comes_back_as_written(tmp_path: Path) -> None:
    assert read_points(tmp_path) is None
    write_points(tmp_path, TABLE)
    assert read_points(tmp_path) == TABLE
    assert [path.name for path in tmp_path.iterdir()] == ["points.json"]
    assert TABLE.point(Form.FULL) == TABLE.points[0]
    assert TABLE.point(Form.INT8) is None


def test_a_damaged_table_is_none(tmp_path: Path) -> None:
    write_points(tmp_path, TABLE)
    (tmp_path / "points.json").write_text('{"points": [{"form": "tiny"}]}', encoding="utf-8")
    assert read_points(tmp_path) is None
