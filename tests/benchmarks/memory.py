"""What trainings take of memory: as predicted by the encoder's size, and as measured.

Each is measured in a process of its own, by the most that the system saw resident. Encoders that
are not embedded are drawn at random: memory depends on their shape alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass

from core.learning.encoder_shape import EncoderShape
from core.learning.free_memory import free_memory
from core.learning.memory_table import EMBEDDED, KNOWN
from core.learning.training_memory import PROCESS_BYTES, demand
from core.schema.learning import Precision
from core.worker.environment import OFFLINE
from tests.benchmarks.figures import ROOT, Figure, publish

MOST_OFF = 0.25
"""Share by which a prediction may miss."""
_MOST_SECONDS = 420
_MIB = 2**20
_ROWS = 4
"""Sub-tokens of the records that are measured: one word, padding, what begins and ends a window."""
_ROOM = 1.3
"""Times its prediction that a training must find free to be measured at all."""

_BERT = {
    "model_type": "bert",
    "architectures": ["BertModel"],
    "vocab_size": 30522,
    "max_position_embeddings": 512,
    "pad_token_id": 0,
}
_BASE = {
    "hidden_size": 768,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "intermediate_size": 3072,
}
_CONFIGS: dict[str, dict[str, object] | None] = {
    "MiniLM-L6": None,
    "DistilBERT": {
        **_BERT,
        "model_type": "distilbert",
        "architectures": ["DistilBertModel"],
        "hidden_size": 768,
        "dim": 768,
        "n_layers": 6,
        "n_heads": 12,
        "hidden_dim": 3072,
    },
    "BERT-base": {**_BERT, **_BASE},
    "DeBERTa-v3-base": {
        **_BERT,
        **_BASE,
        "model_type": "deberta-v2",
        "architectures": ["DebertaV2Model"],
        "vocab_size": 128100,
        "relative_attention": True,
        "position_buckets": 256,
        "norm_rel_ebd": "layer_norm",
        "share_att_key": True,
        "pos_att_type": ["p2c", "c2p"],
        "position_biased_input": False,
        "type_vocab_size": 0,
    },
}
"""Configurations of what is measured; None for the embedded encoder itself."""


@dataclass(frozen=True, slots=True)
class _Case:
    encoder: str
    length: int
    batch: int
    micro: int
    precision: Precision = Precision.FP32

    @property
    def name(self) -> str:
        parts = (self.encoder, f"{self.micro}x{self.length}", self.precision.value)
        return "_".join(parts) + ("_accumulated" if self.micro < self.batch else "")


_CASES = (
    _Case("MiniLM-L6", 64, 16, 16),
    _Case("MiniLM-L6", 128, 4, 4, Precision.BF16),
    _Case("MiniLM-L6", 128, 16, 4),
    _Case("MiniLM-L6", 256, 16, 16),
    _Case("MiniLM-L6", 512, 4, 4),
    _Case("DistilBERT", 256, 4, 4),
    _Case("BERT-base", 128, 4, 4),
    _Case("BERT-base", 256, 4, 4),
    _Case("DeBERTa-v3-base", 128, 4, 4),
)
"""Large enough that activations count, small enough for a machine with eight gigabytes."""


def run() -> bool:
    """Measure each case that this machine has room for; returns whether predictions come near."""
    shapes: dict[str, EncoderShape] = {shape.name: shape for shape in KNOWN}
    assert EMBEDDED.name in _CONFIGS
    figures = {}
    for case in _CASES:
        needed = demand(
            shapes[case.encoder],
            length=case.length,
            windows=case.micro,
            accumulated=case.micro < case.batch,
            precision=case.precision,
            rows=_ROWS,
        )
        predicted = PROCESS_BYTES + needed.total
        if predicted * _ROOM > free_memory():
            print(f"{case.name}: left out, this machine has too little memory free")
            continue
        measured = _measure(case)
        ratio = predicted / measured
        print(f"{case.name}: {ratio:.2f} of what was measured", flush=True)
        figures[case.name] = Figure(
            predicted / _MIB,
            "MiB",
            measured / _MIB,
            ratio,
            f"within {MOST_OFF:.0%} of what was measured",
            abs(ratio - 1) <= MOST_OFF,
        )
    return publish("memory", figures)


def _measure(case: _Case) -> int:
    """Train in a process of its own and return the most bytes that were resident."""
    asked = {
        "config": _CONFIGS[case.encoder],
        "length": case.length,
        "batch": case.batch,
        "micro": case.micro,
        "precision": case.precision.value,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.measured_training"],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **OFFLINE},
        cwd=ROOT,
        timeout=_MOST_SECONDS,
        check=True,
    )
    answer = json.loads(done.stdout.splitlines()[-1])
    return int(answer["peak"])


if __name__ == "__main__":
    sys.exit(not run())
