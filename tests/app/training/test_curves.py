from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.training.chart import rounded_up, thinned, ticks_between
from app.training.curves import RunCurves
from app.training.end_labels import spread
from app.training.figures import change
from app.training.loss_chart import short_rate, smoothed
from core.store.runs import Metric
from tests.app.training.conftest import evaluated, progress, started

values = st.floats(0, 1e6, allow_nan=False)


def test_a_resumed_run_forgets_what_it_trains_again() -> None:
    curves = RunCurves(1)
    for step in (10, 20, 30):
        assert curves.add(progress(step))
        assert curves.add(evaluated(step, step / 100))
    assert not curves.add(progress(40, run_id=2))
    curves.add(started(resumed_step=20))
    assert [item.step for item in curves.progress] == [10, 20]
    assert [item.step for item in curves.evaluations] == [10, 20]
    assert curves.last_step == 20


def test_the_best_is_the_earliest_of_equals() -> None:
    curves = RunCurves(1)
    for step, f1 in ((10, 0.5), (20, 0.8), (30, 0.8)):
        curves.add(evaluated(step, f1))
    assert curves.best is not None
    assert curves.best.step == 20
    assert curves.report == curves.best.report


def test_what_no_model_was_kept_of_is_not_the_best() -> None:
    curves = RunCurves(1)
    for step, f1, best in ((10, 0.5, True), (20, 0.8, False), (30, 0.6, True)):
        curves.add(evaluated(step, f1, best=best))
    assert curves.best is not None
    assert curves.best.step == 30


def test_the_store_gives_back_what_was_said() -> None:
    said = [started(), progress(10), evaluated(10, 0.4)]
    kinds = ["started", "progress", "evaluated"]
    metrics = [
        Metric(kind, datetime.now(UTC), msgspec.to_builtins(event))
        for kind, event in zip(kinds, said, strict=True)
    ]
    metrics.append(Metric("checkpoint", datetime.now(UTC), {}))
    rebuilt = RunCurves.from_metrics(1, metrics)
    assert [rebuilt.started, *rebuilt.progress, *rebuilt.evaluations] == said


@given(st.lists(values, max_size=50), st.integers(1, 20))
def test_thinning_keeps_the_mean_and_the_bound(many: list[float], most: int) -> None:
    few = thinned(many, most)
    assert len(few) <= most
    assert bool(few) is bool(many)
    if many:
        assert min(many) - 1e-6 <= min(few)
        assert max(few) <= max(many) + 1e-6


@given(st.lists(st.floats(0, 200), min_size=1, max_size=12))
def test_end_labels_never_overlap_and_keep_their_order(wanted: list[float]) -> None:
    places = spread(sorted(wanted), 16, 0, 400)
    assert len(places) == len(wanted)
    assert all(later - earlier >= 16 - 1e-6 for earlier, later in pairwise(places))
    assert places[0] >= 0
    assert places[-1] <= 400


def test_a_label_with_room_stays_where_its_line_ends() -> None:
    assert spread([20, 100, 200], 16, 0, 400) == [20, 100, 200]


@given(st.floats(0.001, 1e6), st.floats(0.01, 1e6))
def test_ticks_are_few_and_within(low: float, span: float) -> None:
    ticks = ticks_between(low, low + span)
    assert len(ticks) <= 7
    assert all(low - span * 1e-3 <= tick <= low + span * 1.001 for tick in ticks)


@given(st.floats(1e-6, 1e9))
def test_an_axis_ends_a_little_beyond(value: float) -> None:
    assert value * (1 - 1e-6) <= rounded_up(value) <= value * 1.11


def test_figures_are_written_shortly() -> None:
    assert [short_rate(rate) for rate in (0, 3e-4, 2.5e-5)] == ["0", "3e-4", "2.5e-5"]
    assert [change(value) for value in (0.031, -0.2, 0.001)] == ["+0.03", "−0.20", "±0.00"]
    assert smoothed([1.0, 1.0, 1.0]) == [1.0, 1.0, 1.0]
