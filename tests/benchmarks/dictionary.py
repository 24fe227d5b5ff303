"""How long 100,000 terms take over 10,000 records, beside one alternation of the module ``re``."""

from __future__ import annotations

import random
import re
import tempfile
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from core.operations.prelabelling import make_matcher, prelabel
from core.operations.sample import LABELS, sample_notes
from core.schema.labels import LabelScheme
from core.schema.term_lists import TermList
from core.store import documents, term_lists
from core.store.project import Project
from core.text.words import split_words
from tests.benchmarks.figures import at_most, publish, times_peer

LIMIT_SECONDS = 60.0
TERMS = 100_000
RECORDS = 10_000
PEER_RECORDS = 2
"""Records that the peer gets: it tries each term at each word, so a record takes it long."""
FASTER_THAN_PEER = 10.0
_SINGLE = 150
"""Terms of one word; all others have two to four."""
_CHANGED = 0.3
"""Share of a record's words that come from other notes."""


def run() -> bool:
    """Measure and publish; returns whether the goals are met."""
    chance = random.Random(7)
    notes = [note.document for note in sample_notes()]
    words = sorted(
        {note.text[start:end] for note in notes for start, end in split_words(note.text)}
    )
    texts = [_varied(notes[number % len(notes)].text, words, chance) for number in range(RECORDS)]
    terms = _made_terms(notes[0].text, words, chance)
    with tempfile.TemporaryDirectory() as folder:
        project = Project.create(
            folder=Path(folder) / "dictionary.chartmark", scheme=LabelScheme(LABELS)
        )
        documents.add_documents(
            project=project,
            documents=[
                replace(
                    notes[number % len(notes)],
                    key=str(number),
                    name=str(number),
                    text=text,
                    spans=(),
                    reviewed=False,
                )
                for number, text in enumerate(texts)
            ],
        )
        wanted = TermList("benchmark", LABELS[0].name, terms)
        made, _ = term_lists.add_list(project=project, term_list=wanted)
        begun = time.perf_counter()
        tally = prelabel(project=project, list_ids=[made.id])
        seconds = time.perf_counter() - begun
        project.close()
    ours, found = _seconds_of_ours(wanted, texts[:200])
    peer, found_by_peer = _seconds_of_peer(terms, texts[:PEER_RECORDS])
    print(f"In the same records {sum(found[:PEER_RECORDS])} places, the peer {found_by_peer}")
    print(f"{tally.suggestions:,} suggestions in {tally.records:,} of {tally.looked:,} records")
    return publish(
        "dictionary",
        {
            "prelabel_10000_records": at_most(seconds, LIMIT_SECONDS, "s"),
            "records_per_second_of_matching": times_peer(
                1 / ours, 1 / peer, "records/s", FASTER_THAN_PEER
            ),
        },
    )


def _varied(text: str, words: list[str], chance: random.Random) -> str:
    """Return a note in which some words are those of other notes, blanks and lines kept."""
    return re.sub(
        r"\w+",
        lambda match: chance.choice(words) if chance.random() < _CHANGED else match[0],
        text,
    )


def _made_terms(text: str, words: list[str], chance: random.Random) -> tuple[str, ...]:
    """Return terms of one to four words as the notes have them.

    The notes are made of the same words, so each word of a term is met again and again, and a
    record holds some six terms. (With the notes' single words for terms it is a hundred, and the
    time goes mostly into saving a million suggestions.)
    """
    letters = [word for word in words if word.isalpha() and len(word) > 3]
    terms = dict.fromkeys(chance.sample([word for word in letters if len(word) > 7], _SINGLE))
    spans = split_words(text)
    for first, last in pairwise(spans):
        pair = text[first[0] : last[1]].split()
        if all(word.isalpha() for word in pair):
            terms[" ".join(pair)] = None
    while len(terms) < TERMS:
        terms[" ".join(chance.choices(letters, k=chance.randint(2, 4)))] = None
    return tuple(terms)[:TERMS]


def _seconds_of_ours(wanted: TermList, texts: list[str]) -> tuple[float, list[int]]:
    """Return the seconds of matching a record takes, its automata built, and what it finds."""
    matcher = make_matcher(wanted)
    begun = time.perf_counter()
    found = [len(matcher.find(text)) for text in texts]
    return (time.perf_counter() - begun) / len(texts), found


def _seconds_of_peer(terms: tuple[str, ...], texts: list[str]) -> tuple[float, int]:
    """Return the same of one compiled alternation, the longest term first.

    Its words are Python's (``\\w``), so where a number touches a word it may find a place less.
    """
    longest = sorted({" ".join(term.split()) for term in terms}, key=len, reverse=True)
    choices = "|".join(re.escape(term).replace(r"\ ", r"\s") for term in longest)
    pattern = re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)
    begun = time.perf_counter()
    found = sum(1 for text in texts for _ in pattern.finditer(text))
    return (time.perf_counter() - begun) / len(texts), found
