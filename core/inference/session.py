"""A model by ONNX Runtime: one file, opened and run.

onnxruntime and numpy suffice: exported models carry this module.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # no stubs
from numpy.typing import NDArray

from core.schema.errors import KnownError

FULL_MODEL = "model.onnx"
"""File of the model in fp32."""
INT8_MODEL = "model.int8.onnx"
"""File of the model with its matrix products in 8 bits."""

_ERRORS_ONLY = 3
_SLOWER_FUSED = ["SkipLayerNormFusion"]
"""Of the runtime's optimizations those that cost time on a CPU: its sum and normalisation in one is
not vectorised, and takes several times as long as the two one after the other."""


class OnnxModel:
    """A model file kept in memory; it may be run by several threads at once."""

    def __init__(self, file: Path, *, threads: int = 0) -> None:
        """Load a file.

        Args:
            file: As Chartmark converted it.
            threads: That compute one batch together; 0 for one on each core.

        Raises:
            KnownError: It is missing or damaged.
        """
        if not file.is_file():
            raise KnownError(
                "{file} is missing.",
                "Choose a folder that Export model wrote, or export again.",
                file=file,
            )
        # Some Windows builds report events to the system's tracing otherwise.
        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.log_severity_level = _ERRORS_ONLY
        options.intra_op_num_threads = threads
        # A plan of memory for each shape of batch would be kept, and there are many shapes.
        options.enable_mem_pattern = False
        try:
            self._session = onnxruntime.InferenceSession(
                str(file),
                sess_options=options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=_SLOWER_FUSED,
            )
        except Exception as error:
            # The runtime's own errors have no common ancestor below Exception.
            if not type(error).__module__.startswith("onnxruntime"):
                raise
            raise KnownError(
                "{file} cannot be loaded.", "Export the model again.", file=file
            ) from error

    def __call__(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return logits of shape (windows, length, tags).

        Args:
            ids: Sub-tokens, shape (windows, length).
            mask: 1 where a sub-token is no filling, of the same shape.
        """
        (logits,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(logits, dtype=np.float32)
