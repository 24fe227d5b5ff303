"""What is told of an error that ended a job."""

from __future__ import annotations

from core.schema.errors import KnownError, describe_bug
from core.schema.phrases import phrase
from core.worker.messages import Failed


def failure(error: Exception, *, job: int, run_id: int) -> Failed:
    """Return the event that tells of an error, without record text.

    Args:
        error: A KnownError in its own words; of any other only kind and place are told.
        job: Number of the job.
        run_id: The Run that it was, or 0.
    """
    if isinstance(error, KnownError):
        return Failed(
            job=job, known=True, message=error.message, remedy=error.remedy, run_id=run_id
        )
    return Failed(
        job=job,
        known=False,
        message=phrase(
            "Something unexpected went wrong in the worker: {bug}.", bug=describe_bug(error)
        ),
        remedy=phrase("Your labels are safe. Try again; if it recurs, report this line."),
        run_id=run_id,
    )
