"""Word pieces by merging what stands together most often, the same whenever it is computed.

The trainer of the tokenizers library breaks ties by the order of a hash table, which differs from
process to process; here equal counts are decided by the pieces themselves.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from itertools import pairwise

INSIDE = "##"
"""Begins a piece that stands inside a word."""

_Pair = tuple[str, str]


def learn_pieces(words: Mapping[str, int], *, most: int, check: Callable[[], None]) -> list[str]:
    """Return pieces of two or more characters, in the order in which they were merged.

    Byte-pair encoding on characters (Sennrich et al. 2016), with WordPiece's mark for pieces
    inside a word.

    Args:
        words: Each with how often it stands in the text.
        most: Pieces to return; fewer where all words are whole before.
        check: Called before each merge; may raise to end the work.
    """
    spelled = {
        word: [word[0], *(INSIDE + character for character in word[1:])] for word in words if word
    }
    counts: Counter[_Pair] = Counter()
    holders: defaultdict[_Pair, set[str]] = defaultdict(set)
    for word, pieces in spelled.items():
        for pair in pairwise(pieces):
            counts[pair] += words[word]
            holders[pair].add(word)
    heap = [(-count, pair) for pair, count in counts.items()]
    heapq.heapify(heap)
    made: dict[str, None] = {}
    while heap and len(made) < most:
        check()
        count, pair = heapq.heappop(heap)
        if -count != counts[pair]:
            continue  # it was counted anew since, and stands in the heap a second time
        if not count:
            break
        made[_joined(pair)] = None
        changed: set[_Pair] = set()
        for word in holders.pop(pair):
            before = spelled[word]
            after = _merge(before, pair)
            spelled[word] = after
            for gone in pairwise(before):
                counts[gone] -= words[word]
                changed.add(gone)
            for come in pairwise(after):
                counts[come] += words[word]
                holders[come].add(word)
                changed.add(come)
        for key in changed - {pair}:
            heapq.heappush(heap, (-counts[key], key))
    return list(made)


def _joined(pair: _Pair) -> str:
    return pair[0] + pair[1].removeprefix(INSIDE)


def _merge(pieces: list[str], pair: _Pair) -> list[str]:
    merged: list[str] = []
    at = 0
    while at < len(pieces):
        if at + 1 < len(pieces) and (pieces[at], pieces[at + 1]) == pair:
            merged.append(_joined(pair))
            at += 2
        else:
            merged.append(pieces[at])
            at += 1
    return merged
