"""Examples from the records as a few lines of Markdown, to be put into a label's guideline."""

from __future__ import annotations

import re

from app.texts import QT_TRANSLATE_NOOP, translated
from core.store.examples import Examples

_CONTEXT = "LabelExamples"
_COUNTS = QT_TRANSLATE_NOOP("LabelExamples", "**Label:** {0}.")
_COUNTS_NOT = QT_TRANSLATE_NOOP("LabelExamples", "**Do not label:** {0}.")
_COMMA = QT_TRANSLATE_NOOP("LabelExamples", ", ")
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#+!|~])")


def examples_markdown(examples: Examples) -> str:
    """Return one paragraph for what counts and one for what does not; empty if there is nothing.

    Signs that Markdown would take for its own are written so that they read as themselves.
    """
    paragraphs = []
    for words, texts in ((_COUNTS, examples.labelled), (_COUNTS_NOT, examples.refused)):
        if texts:
            shown = [_SIGNS.sub(r"\\\1", text).join("**") for text in texts]
            listed = translated(_CONTEXT, _COMMA).join(shown)
            paragraphs.append(translated(_CONTEXT, words).format(listed))
    return "\n\n".join(paragraphs)
