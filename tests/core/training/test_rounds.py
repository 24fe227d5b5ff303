"""Rounds: each begins as the first one did, and the model is the mean of what they end at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
import torch
from transformers import TrainerControl, TrainerState, TrainingArguments

from core.inference.decoding import Floats
from core.inference.heads import Head
from core.inference.predict import Predictor
from core.schema.documents import LabelledDocument
from core.schema.learning import Report
from core.training.evaluation import evaluate_documents, report_on_logits
from core.training.events import Progress
from core.training.rounds import Rounds
from core.training.schedule import Schedule
from tests.core.training.bench import RECIPE, Bench

TWO = Schedule(
    micro_batch_size=1,
    accumulation=1,
    updates_per_epoch=2,
    epochs=2,
    evaluate_every=3,
    rounds=2,
)


def steps_taken(schedule: Schedule) -> list[tuple[float, float, bool]]:
    """Return the weight before each update and after it, and whether moments were there before."""
    model = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.ones_(model.weight)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.25, weight_decay=0.0)
    callback = Rounds(model, schedule, seed=3)
    arguments, control, seen = TrainingArguments(use_cpu=True), TrainerControl(), []
    for update in range(schedule.total_updates):
        state = TrainerState(global_step=update, max_steps=schedule.total_updates)
        callback.on_step_begin(arguments, state, control, optimizer=optimizer)
        before, moments = model.weight.item(), bool(optimizer.state)
        model.weight.grad = torch.ones_like(model.weight)
        optimizer.step()
        seen.append((round(before, 4), round(model.weight.item(), 4), moments))
    return seen


def test_the_second_round_begins_as_the_first_did() -> None:
    one_round = [(1.0, 0.75, False), (0.75, 0.5, True), (0.5, 0.25, True), (0.25, 0.0, True)]
    assert steps_taken(replace(TWO, rounds=1)) == one_round
    assert steps_taken(TWO) == [*one_round, *one_round]


def test_every_round_is_gone_through_and_each_has_an_evaluation_at_its_end(bench: Bench) -> None:
    bench.go(replace(RECIPE, epochs=3, rounds=2, patience=1))
    assert bench.starts()[0].total_steps == 48
    assert [event.step for event in bench.evaluations()] == [10, 20, 24, 34, 44, 48]
    # In the midst of the second round nothing is taken for the best.
    assert not [event for event in bench.evaluations() if event.best and event.step in {34, 44}]
    rates = {
        event.step: event.learning_rate for event in bench.events if isinstance(event, Progress)
    }
    assert [rates[step] for step in range(25, 49)] == [rates[step] for step in range(1, 25)]
    assert max(rates.values()) == RECIPE.learning_rate


@pytest.mark.parametrize("rounds", [1, 2])
def test_an_evaluation_is_of_the_model_as_it_would_be_finished(
    bench: Bench, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[tuple[Head, float, Report]] = []

    def reading(
        documents: Sequence[LabelledDocument],
        logits: Sequence[Floats],
        head: Head,
        temperature: float = 1.0,
    ) -> Report:
        report = report_on_logits(documents, logits, head, temperature)
        read.append((head, temperature, report))
        return report

    monkeypatch.setattr("core.training.job.report_on_logits", reading)
    monkeypatch.setattr("core.training.restraint._LEAST", 0.0)
    result = bench.go(replace(RECIPE, epochs=3, rounds=rounds))
    *evaluated, finished = read
    steps = [event.step for event in bench.evaluations()]
    assert evaluated[steps.index(result.best_step)] == finished
    assert finished[1] != 1.0


def test_a_second_round_starts_with_the_loss_of_the_first(
    bench: Bench, calm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The same order in every epoch, and nothing dropped: round two has to repeat round one.
    monkeypatch.setattr("core.training.dataset.LengthGroupedOrder.set_epoch", lambda *_: None)
    calmly = replace(bench, backbone=calm)
    calmly.go(replace(RECIPE, epochs=2, rounds=2))
    losses = calmly.losses()
    assert len(losses) == 33  # that of the first look is at 0
    assert [losses[step] for step in range(17, 33)] == [losses[step] for step in range(1, 17)]


def test_two_rounds_give_the_mean_of_two(
    bench: Bench, calm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rounds that are all alike have to give what each of them gives."""
    monkeypatch.setattr("core.training.dataset.LengthGroupedOrder.set_epoch", lambda *_: None)
    one, two = replace(bench, backbone=calm), replace(bench.again("two"), backbone=calm)
    one.go(replace(RECIPE, epochs=2, rounds=1))
    two.go(replace(RECIPE, epochs=2, rounds=2))
    assert reports(two)[32] == reports(two)[16] == reports(one)[16]


def test_a_mean_of_rounds_is_restrained_and_a_single_training_is_not(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wholly(documents: object, logits: object, head: Head, *, check: object) -> Head:
        return replace(head, transitions=(((99.0, 0.0, 0.0, 0.0, 0.0),) * 5,))

    monkeypatch.setattr("core.training.job.restrained", wholly)
    one, two = bench.again("one"), bench.again("two")
    assert one.go(replace(RECIPE, rounds=1)).report.micro.recall > 0.5
    reported = two.go(replace(RECIPE, rounds=2)).report.micro
    # To the first word of a record there is no step: two spans of the dev part begin there.
    assert reported.recall == 2 / 24
    # The report is of the model that is written.
    predictor = Predictor(two.model_folder, device="cpu")
    read = evaluate_documents(predictor=predictor, documents=two.dev, check=lambda: None)
    assert read.micro == reported


def reports(bench: Bench) -> dict[int, Report]:
    return {event.step: event.report for event in bench.evaluations()}


def test_the_beginning_is_kept_only_where_it_is_needed() -> None:
    model = torch.nn.Linear(1, 1)
    assert Rounds(model, replace(TWO, rounds=1), seed=3)._beginning == {}
    assert Rounds(model, TWO, seed=3)._beginning.keys() == dict(model.named_parameters()).keys()
