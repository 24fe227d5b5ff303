"""Pre-labelling by term lists: the unread records are looked through, and matches suggested.

The work is cut in two so that a window can do it beside the labelling: ``look`` reads and matches
a few records and writes nothing, ``keep`` is one short transaction.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from core.schema.documents import Document
from core.schema.errors import KnownError
from core.schema.phrases import phrase
from core.schema.term_lists import ListKind, TermList, tidied_terms
from core.store import labels, scores, term_lists
from core.store.changes import ChangeSet
from core.store.project import Project
from core.text.dictionary import Match, Matcher, TermMatcher
from core.text.patterns import PatternMatcher

_RECORDS_AT_ONCE = 100
_SECONDS_AT_ONCE = 0.25
"""A round ends after so many records, or after the first record past so many seconds."""
Progress = Callable[[str, int, int], None]
"""Gets the step's name, how many records are done and how many there are."""


def make_matcher(term_list: TermList) -> Matcher:
    """Return what finds the terms or patterns of a list.

    Raises:
        KnownError: A pattern is invalid.
    """
    kind = TermMatcher if term_list.kind is ListKind.TERMS else PatternMatcher
    return kind(term_list.terms, whole_words=term_list.whole_words, match_case=term_list.match_case)


def matches_in(document: Document, matcher: Matcher) -> list[Match]:
    """Return where a list's terms stand in a document, by the document's own words.

    Raises:
        TimeoutError: Its patterns took too long.
    """
    return matcher.find(document.text, document.tokens)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a round of looking found.

    Attributes:
        records: How many records were looked through.
        places: By list and record the places; records without one are there too.
        too_slow: Records over which the patterns of a list took too long; they keep what they had.
    """

    records: int
    places: dict[int, dict[int, list[tuple[int, int]]]]
    too_slow: int


@dataclass(slots=True)
class Tally:
    """What a pre-labelling has come to so far.

    Attributes:
        looked: Records looked through.
        total: Records to look through.
        suggestions: Suggestions of the lists that are open in them.
        records: Records that have one.
        too_slow: Records over which patterns took too long.
        touched: Keys of the records looked through.
        event_id: The last AuditEvent.
    """

    looked: int = 0
    total: int = 0
    suggestions: int = 0
    records: int = 0
    too_slow: int = 0
    touched: set[int] = field(default_factory=set)
    event_id: int = 0

    def changes(self) -> ChangeSet:
        """Return what views must read again."""
        return ChangeSet(
            event_id=self.event_id,
            documents=frozenset(self.touched),
            suggestions=True,
            queue=bool(self.touched),
        )


class Prelabelling:
    """Looks through records for the terms of lists, a round at a time."""

    def __init__(
        self,
        *,
        project: Project,
        list_ids: Sequence[int],
        document_ids: Sequence[int] | None = None,
    ) -> None:
        """Read the lists and build what finds their terms.

        Args:
            project: The open project.
            list_ids: The lists.
            document_ids: Where to look, as far as it is unread; in all that is unread where None.

        Raises:
            KnownError: A pattern is invalid.
            LookupError: A list is gone.
        """
        self._project = project
        self._matchers = {
            key: make_matcher(term_lists.term_list(project=project, list_id=key))
            for key in list_ids
        }
        self._left = list(
            scores.unread_ids(project=project) if document_ids is None else document_ids
        )
        self.tally = Tally(total=len(self._left))

    @property
    def finished(self) -> bool:
        """Whether every record has been looked through."""
        return not self._left

    def look(self) -> Looked:
        """Look through the next few records; nothing is written."""
        begun = time.monotonic()
        keys = self._left[:_RECORDS_AT_ONCE]
        places: dict[int, dict[int, list[tuple[int, int]]]] = {key: {} for key in self._matchers}
        too_slow = done = 0
        unread = {
            document.id: document
            for document in term_lists.unread_documents(project=self._project, document_ids=keys)
        }
        for key in keys:
            done += 1
            if document := unread.get(key):
                for list_id, matcher in self._matchers.items():
                    try:
                        found = matches_in(document, matcher)
                    except TimeoutError:
                        too_slow += 1
                        continue
                    places[list_id][key] = [(start, end) for start, end, _ in found]
            if time.monotonic() - begun > _SECONDS_AT_ONCE:
                break
        del self._left[:done]
        return Looked(done, places, too_slow)

    def keep(self, looked: Looked) -> None:
        """Save what a round found, and count it."""
        tally = self.tally
        with_some: set[int] = set()
        for list_id, places in looked.places.items():
            kept = term_lists.add_matches(project=self._project, list_id=list_id, places=places)
            tally.suggestions += kept.suggestions
            tally.event_id = kept.changes.event_id
            tally.touched |= kept.changes.documents
            with_some |= kept.documents
        tally.records += len(with_some)
        tally.too_slow += looked.too_slow
        tally.looked += looked.records


def prelabel(
    *,
    project: Project,
    list_ids: Sequence[int],
    document_ids: Sequence[int] | None = None,
    progress: Progress | None = None,
) -> Tally:
    """Suggest what lists find in unread records.

    Args:
        project: The open project.
        list_ids: The lists.
        document_ids: Where to look, as far as it is unread; in all that is unread where None.
        progress: Called after each round; may raise to stop, and what is found so far stays.

    Raises:
        KnownError: A pattern is invalid.
        LookupError: A list is gone.
    """
    work = Prelabelling(project=project, list_ids=list_ids, document_ids=document_ids)
    while not work.finished:
        work.keep(work.look())
        if progress is not None:
            progress(phrase("Looking for terms"), work.tally.looked, work.tally.total)
    return work.tally


def later_lists(*, project: Project) -> list[int]:
    """Return the lists that look through records which are imported later."""
    return [
        item.id for item in term_lists.term_lists(project=project) if item.enabled and item.later
    ]


def save_list(*, project: Project, term_list: TermList) -> int:
    """Add a list, or put it in the place of the one that has its name.

    Returns:
        Its key.

    Raises:
        KnownError: A pattern is invalid, the name is empty, or the scheme has no such label.
    """
    make_matcher(replace(term_list, terms=tidied_terms(term_list.terms)))
    if term_list.label not in labels.scheme(project=project).names():
        raise KnownError(
            "There is no label named {name}.", "Choose one of the scheme.", name=term_list.label
        )
    same = [one for one in term_lists.term_lists(project=project) if one.name == term_list.name]
    if not same:
        return term_lists.add_list(project=project, term_list=term_list)[0].id
    [former] = same
    term_lists.change_list(project=project, term_list=replace(term_list, id=former.id))
    term_lists.set_terms(project=project, list_id=former.id, terms=term_list.terms)
    return former.id
