"""What a training tells, put into messages."""

from __future__ import annotations

from core.training import events
from core.worker.messages import (
    CheckpointSaved,
    Event,
    Train,
    TrainEvaluated,
    TrainNotice,
    TrainPaused,
    TrainProgress,
    TrainRecorded,
    TrainStarted,
)


def as_message(request: Train, event: events.TrainingEvent) -> Event:
    """Return the message that carries an event of the training that ``request`` asked for."""
    job, run_id = request.job, request.run_id
    match event:
        case events.Recorded():
            return TrainRecorded(job=job, run_id=run_id, record=event.record)
        case events.Started():
            return TrainStarted(
                job=job,
                run_id=run_id,
                device=event.device,
                precision=event.precision,
                train_documents=event.train_documents,
                dev_documents=event.dev_documents,
                train_spans=event.train_spans,
                total_steps=event.total_steps,
                resumed_step=event.resumed_step,
                rounds=event.rounds,
                beside=event.beside,
            )
        case events.Progress():
            return TrainProgress(
                job=job,
                run_id=run_id,
                step=event.step,
                total_steps=event.total_steps,
                epoch=event.epoch,
                loss=event.loss,
                learning_rate=event.learning_rate,
                tokens_per_second=event.tokens_per_second,
                seconds=event.seconds,
                seconds_left=event.seconds_left,
                memory_mb=event.memory_mb,
            )
        case events.Evaluated():
            return TrainEvaluated(
                job=job,
                run_id=run_id,
                step=event.step,
                epoch=event.epoch,
                report=event.report,
                best=event.best,
            )
        case events.Saved():
            return CheckpointSaved(job=job, run_id=run_id, step=event.step)
        case events.Notice():
            return TrainNotice(job=job, run_id=run_id, text=event.text)
        case events.Paused():
            return TrainPaused(job=job, run_id=run_id, paused=event.paused)
