"""Spans that overlap and nest: drawn ones, and records from which a tiny encoder learns them."""

from __future__ import annotations

from hypothesis import strategies as st

from core.schema.documents import Document, LabelledDocument, Span

LABELS = ("finding", "site", "drug")
COUNT = 10
TEXT = " ".join("word" for _ in range(COUNT))
WORDS = [(5 * at, 5 * at + 4) for at in range(COUNT)]

_SITES = ("left arm", "liver", "right lung", "knee", "upper lobe", "chest wall")
_FINDINGS = (("", " pain"), ("mass in the ", ""), ("", " swelling"), ("bleeding from the ", ""))


@st.composite
def spans_of_labels(draw: st.DrawFn) -> tuple[Span, ...]:
    """Spans on the words of ``TEXT``: those of one label do not overlap, others may."""
    spans = []
    for label in LABELS:
        edges = draw(st.lists(st.integers(0, COUNT), unique=True, max_size=COUNT).map(sorted))
        spans += [
            Span(WORDS[first][0], WORDS[last - 1][1], label)
            for first, last in zip(edges[::2], edges[1::2], strict=False)
        ]
    return tuple(draw(st.permutations(spans)))


def nested_records(count: int) -> list[LabelledDocument]:
    """Records with two findings, each with the site where it is lying inside."""
    made = []
    for number in range(count):
        text, spans = "Seen today :", []
        for nth in range(2):
            site = _SITES[(number + 2 * nth) % len(_SITES)]
            before, behind = _FINDINGS[(number // 3 + nth) % len(_FINDINGS)]
            start = len(text) + 1
            text += f" {before}{site}{behind} ;"
            spans.append(Span(start, len(text) - 2, "finding"))
            inner = start + len(before)
            spans.append(Span(inner, inner + len(site), "site"))
        made.append(LabelledDocument(Document(number + 1, f"note {number}", text), tuple(spans)))
    return made
