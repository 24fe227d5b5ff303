"""Whether a backbone's vocabulary can make sense of the documents that are to teach it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.inference.coverage import measure_coverage
from core.inference.model import backbone_tokenizer
from core.schema.documents import LabelledDocument
from core.schema.errors import KnownError
from core.training.events import Notice

_MEASURED = 40
"""Documents that are looked at, spread over all: enough to tell a language from another, and soon
done, for somebody waits for the first figure."""
_TOO_MUCH = 0.5
"""Share of unknown words at which a training can come to nothing."""


def check_vocabulary(
    backbone: str,
    documents: Sequence[LabelledDocument],
    *,
    emit: Callable[[Notice], None],
    check: Callable[[], None],
) -> None:
    """Tell the user, before a training goes on, if its backbone is for another language.

    Args:
        backbone: Folder, or hub name with the network allowed.
        documents: To learn from.
        emit: Gets the notice, if there is cause for one.
        check: Called before each document; may raise to end the work.

    Raises:
        KnownError: More than half of the words are unknown.
    """
    step = max(len(documents) // _MEASURED, 1)
    coverage = measure_coverage(
        backbone_tokenizer(backbone), (item.document for item in documents[::step]), check=check
    )
    if coverage.unknown_share > _TOO_MUCH:
        raise KnownError(
            "{share} % of the words are unknown to the backbone.",
            "Choose one for their language, or build one: chartmark backbone build.",
            share=round(100 * coverage.unknown_share),
        )
    if coverage.warning:
        emit(Notice(coverage.warning))
