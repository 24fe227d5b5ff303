from __future__ import annotations

from pathlib import Path

import pytest

from core.schema.errors import KnownError
from core.schema.learning import Recipe
from core.schema.search import SEEDS, Pruner, SearchEnd, TrialRole, TrialStatus
from core.search.space import values_of
from core.training.control import StoppedByUserError
from tests.core.search.played import RECIPE, Played, quality


@pytest.fixture
def played(tmp_path: Path) -> Played:
    return Played(tmp_path)


def roles(played: Played) -> list[TrialRole]:
    return [trial.role for trial in played.ended]


def test_a_better_recipe_wins_after_the_same_seeds(played: Played) -> None:
    outcome = played.course(draws=6).run()
    assert roles(played) == (
        [TrialRole.BASELINE] * SEEDS + [TrialRole.EXPLORE] * 6 + [TrialRole.CONFIRM] * SEEDS
    )
    assert [number for _, number in played.begun] == list(range(len(played.ended)))
    assert outcome.end is SearchEnd.ACCEPTED
    assert outcome.recipe is not None
    assert quality(outcome.recipe) > quality(RECIPE)
    # What wins keeps the seed of the recipe: the one it was found with is none of its virtues.
    assert outcome.recipe.seed == RECIPE.seed
    first, last = played.ended[:SEEDS], played.ended[-SEEDS:]
    assert [trial.seed for trial in first] == [trial.seed for trial in last] == [7, 8, 9]
    assert {trial.seed for trial in played.ended[SEEDS:-SEEDS]} == {10}


def test_a_recipe_that_is_better_by_chance_does_not_win(played: Played) -> None:
    def lucky(recipe: Recipe) -> float:
        return {7: 0.80, 8: 0.84, 9: 0.82, 10: 0.90}[recipe.seed]

    played.trainer.f1 = lucky
    outcome = played.course(draws=2).run()
    assert outcome.end is SearchEnd.NOT_BETTER
    assert outcome.recipe is None
    assert outcome.comparison is not None
    assert outcome.comparison.difference == 0
    assert outcome.comparison.noise == pytest.approx(0.02)


def test_where_no_draw_does_better_nothing_is_judged(played: Played) -> None:
    played.trainer.f1 = lambda recipe: 0.9 if values_of(recipe) == values_of(RECIPE) else 0.1
    assert played.course(draws=2).run().end is SearchEnd.NO_CANDIDATE
    assert TrialRole.CONFIRM not in roles(played)


def test_the_time_does_for_the_judgement_too(played: Played) -> None:
    played.course(seconds=125, draws=0).run()
    assert roles(played).count(TrialRole.CONFIRM) == SEEDS
    # Three seeds take 30 s and the judgement as many: 65 s are left for draws of 10 s.
    drawn = [trial for trial in played.ended if trial.role is TrialRole.EXPLORE]
    assert len(drawn) == 6
    assert played.trainer.now <= 125


def test_too_little_time_is_said_after_the_first_training(played: Played) -> None:
    with pytest.raises(KnownError, match="10 seconds here, and a search at least 7") as raised:
        played.course(seconds=60).run()
    assert "2 minutes" in raised.value.message
    assert len(played.ended) == 1
    # With more time the training is not done again.
    assert played.course(seconds=1000, draws=1).run().end in SearchEnd
    assert [trial.seed for trial in played.ended[:3]] == [7, 8, 9]


def test_lagging_trials_are_pruned(tmp_path: Path) -> None:
    played = Played(tmp_path, pruner=Pruner.MEDIAN)
    played.trainer.f1 = lambda recipe: 0.2 if recipe.seed == 10 else 0.8
    played.course(draws=3).run()
    drawn = [trial for trial in played.ended if trial.role is TrialRole.EXPLORE]
    assert {trial.status for trial in drawn} == {TrialStatus.PRUNED}
    assert all(trial.seconds < 10 for trial in drawn)
    assert all(trial.f1 == pytest.approx(0.02 * max(trial.scores)) for trial in drawn)


def test_a_stop_comes_after_the_running_trial(played: Played) -> None:
    def stop(recipe: Recipe) -> None:
        if recipe.seed == 10:
            played.control.stop_keep_best()

    played.trainer.before = stop
    assert played.course().run().end is SearchEnd.STOPPED
    assert roles(played) == [TrialRole.BASELINE] * SEEDS + [TrialRole.EXPLORE]
    assert played.ended[-1].status is TrialStatus.FINISHED


def test_a_search_goes_on_from_any_trial_to_the_same_end(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    whole = Played(tmp_path / "whole")
    outcome = whole.course(draws=3).run()
    # Amid the first seeds, the draws and the judgement.
    for cut in (1, SEEDS + 1, SEEDS + 4):
        folder = tmp_path / str(cut)
        folder.mkdir()
        part = Played(folder)

        def cancel(_recipe: Recipe, part: Played = part, cut: int = cut) -> None:
            if len(part.ended) == cut:
                raise StoppedByUserError

        part.trainer.before = cancel
        with pytest.raises(StoppedByUserError):
            part.course(draws=3).run()
        part.trainer.before = lambda _recipe: None
        assert part.course(draws=3).run() == outcome
        assert [trial.values for trial in part.ended] == [trial.values for trial in whole.ended]


def test_what_is_judged_is_no_longer_drawn_beside(played: Played) -> None:
    outcome = played.course(draws=2).run()
    assert played.course(draws=9).run() == outcome
    assert roles(played).count(TrialRole.EXPLORE) == 2


def test_a_draw_that_fails_is_kept_as_failed(played: Played) -> None:
    def fail(recipe: Recipe) -> None:
        if recipe.seed == 10 and len(played.ended) == SEEDS:
            raise KnownError("Its loss is no number any more.", "Lower it.")

    played.trainer.before = fail
    played.course(draws=3).run()
    failed = played.ended[SEEDS]
    assert (failed.status, failed.f1) == (TrialStatus.FAILED, None)
    assert failed.message.startswith("Its loss")


def test_three_failures_in_a_row_end_the_search(played: Played) -> None:
    def fail(recipe: Recipe) -> None:
        if recipe.seed == 10:
            raise KnownError("There is not enough memory.", "Close programs.")

    played.trainer.before = fail
    with pytest.raises(KnownError, match="3 trials in a row failed"):
        played.course(draws=9).run()
    assert len(played.ended) == SEEDS + 3


def test_a_current_recipe_outside_of_the_space_can_be_beaten(played: Played) -> None:
    played.recipe = Recipe(learning_rate=5e-2, epochs=99, seed=7)
    outcome = played.course(draws=4).run()
    assert outcome.end is SearchEnd.ACCEPTED
    assert played.ended[0].values["epochs"] == 99
