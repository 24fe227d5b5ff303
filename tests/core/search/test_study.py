from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.schema.learning import Recipe
from core.schema.search import Pruner, Trial, TrialRole, TrialStatus
from core.search.space import values_of
from core.search.study import Study


def study(folder: Path, pruner: Pruner = Pruner.MEDIAN) -> Study:
    return Study(folder, seed=3, pruner=pruner)


def ended(number: int, f1: float, role: TrialRole = TrialRole.EXPLORE) -> Trial:
    return Trial(
        number=number,
        role=role,
        status=TrialStatus.FINISHED,
        seed=3,
        values=values_of(Recipe()),
        f1=f1,
        seconds=2.5,
        support=40,
        scores={5: f1 / 2, 10: f1},
    )


def test_trials_come_back_as_they_were_told(tmp_path: Path) -> None:
    made = study(tmp_path)
    first = ended(0, 0.5, TrialRole.BASELINE)
    made.add(first)
    number, values = made.ask()
    assert number == made.next_number - 1 == 1
    second = replace(ended(number, 0.6), values=values)
    made.tell(second)
    made.add(replace(ended(2, 0.7, TrialRole.CONFIRM), values={**values, "epochs": 99}))
    again = study(tmp_path).trials()
    assert again[:2] == [first, second]
    assert again[2].values["epochs"] == 99


def test_what_was_cut_off_is_drawn_again(tmp_path: Path) -> None:
    _, values = study(tmp_path).ask()
    again = study(tmp_path)
    assert again.trials() == []
    _, once_more = again.ask()
    assert once_more == values
    again.tell(ended(1, 0.5))
    assert [trial.number for trial in study(tmp_path).trials()] == [1]


def test_a_trial_cut_off_after_its_last_word_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = study(tmp_path)
    number, _ = made.ask()
    monkeypatch.setattr(made, "_tell", lambda _number, _ended: None)
    made.tell(ended(number, 0.5))
    assert [trial.f1 for trial in study(tmp_path).trials()] == [0.5]


@pytest.mark.parametrize("rest", [b'{"op_code":4,"wor', b"{"])
def test_half_a_line_and_a_lock_do_no_harm(tmp_path: Path, rest: bytes) -> None:
    study(tmp_path).add(ended(0, 0.5))
    with (tmp_path / "study.journal").open("ab") as file:
        file.write(rest)
    (tmp_path / "study.journal.lock").touch()
    again = study(tmp_path)
    again.add(ended(1, 0.6))
    assert [trial.f1 for trial in study(tmp_path).trials()] == [0.5, 0.6]


def test_draws_do_not_depend_on_whether_the_process_was_the_same(tmp_path: Path) -> None:
    def draws(folder: Path, *, anew: bool) -> list[dict[str, float]]:
        folder.mkdir()
        made, drawn = study(folder), []
        for f1 in (0.5, 0.7, 0.6, 0.65, 0.8, 0.7, 0.75, 0.6):
            number, values = made.ask()
            drawn.append(values)
            made.tell(replace(ended(number, f1), values=values))
            made = study(folder) if anew else made
        return drawn

    drawn = draws(tmp_path / "one", anew=False)
    assert drawn == draws(tmp_path / "two", anew=True)
    assert len({tuple(values.items()) for values in drawn}) == len(drawn)


@pytest.mark.parametrize(
    ("pruner", "given_up"), [(Pruner.MEDIAN, True), (Pruner.HALVING, True), (Pruner.NONE, False)]
)
def test_a_trial_that_lags_is_given_up(tmp_path: Path, pruner: Pruner, given_up: bool) -> None:
    made = study(tmp_path, pruner)
    for number in range(4):
        made.ask()
        for tenth in range(1, 11):
            made.lags(tenth, 0.08 * tenth)
        made.tell(replace(ended(number, 0.8), scores={t: 0.08 * t for t in range(1, 11)}))
    made.ask()
    # The rate has hardly risen: nothing is judged yet.
    assert not made.lags(1, 0.0)
    assert any(made.lags(tenth, 0.01 * tenth) for tenth in range(2, 8)) is given_up


def test_nothing_of_optuna_is_told_to_the_user_as_a_warning(
    tmp_path: Path, recwarn: pytest.WarningsRecorder, capfd: pytest.CaptureFixture[str]
) -> None:
    made = study(tmp_path)
    made.ask()
    made.tell(ended(0, 0.5))
    assert not list(recwarn)
    assert capfd.readouterr() == ("", "")
