"""Backbones adapted to a corpus for a benchmark: made once for all trainings that begin from them.

The text of all training records is read, labelled or not, in an order drawn by the seed.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tests.benchmarks import kept


@dataclass(frozen=True, slots=True)
class Adaptation:
    """An adaptation of the embedded backbone.

    Attributes:
        corpus: See ``corpora.read_corpus``.
        group: As there.
        seed: Of every random choice.
        updates: How many.
    """

    corpus: str
    group: int
    seed: int
    updates: int

    @property
    def folder(self) -> Path:
        """Where the backbone is kept."""
        return kept.place(f"{self.corpus}-adapted", self)


def adapt(adaptation: Adaptation) -> None:
    """Make the backbone, in a process of its own, unless it is kept already."""
    if not adaptation.folder.is_dir():
        kept.work(__name__, adaptation, [adaptation.folder])


def _run(adaptation: Adaptation, out: Path) -> None:
    import numpy as np
    import torch

    from core.schema.pretraining import Budget
    from core.training.backbones import Watch, adapt_backbone
    from core.training.control import Control
    from tests.benchmarks.corpora import read_corpus

    torch.set_num_threads(1)
    learnt = read_corpus(adaptation.corpus, group=adaptation.group).train
    done = adapt_backbone(
        [
            learnt[at].document
            for at in np.random.default_rng(adaptation.seed).permutation(len(learnt))
        ],
        out,
        backbone="",
        budget=Budget(updates=adaptation.updates),
        seed=adaptation.seed,
        watch=Watch(control=Control(), step=lambda _: None, pace=lambda _: None),
        device="cpu",
    )
    print(f"{adaptation.corpus} {adaptation.seed}: {done}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    _run(msgspec.json.decode(sys.argv[1], type=Adaptation), Path(sys.argv[2]))
