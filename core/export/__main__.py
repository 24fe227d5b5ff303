"""Conversion as a process: ``python -m core.export MODEL_FOLDER OUT_FOLDER``.

It writes the ONNX and int8 forms of a model into a folder that is there, each under its name only
when it is whole, and one line of JSON on standard output if that fails (see
``core.export.conversion_process``). The first line of its standard input is a JSON list of windows
to calibrate a static int8 form by, empty for none: sub-tokens of records, which never touch the
disk. It ends as soon as its standard input does: nobody waits then.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from core.schema.process_failure import failure_line


def main() -> int:
    """Convert and return the exit code: 0, or 1 after a line that says what failed."""
    line = sys.stdin.buffer.readline()
    if not line:
        return 1
    windows: list[list[int]] = json.loads(line)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    kept, sys.stdout = sys.stdout, sys.stderr
    model_folder, out = (Path(argument) for argument in sys.argv[1:])
    try:
        _convert(model_folder, out, windows)
    except Exception as error:
        print(failure_line(error), file=kept, flush=True)
        return 1
    return 0


def _convert(model_folder: Path, out: Path, windows: Sequence[Sequence[int]]) -> None:
    # Seconds of loading, in which the parent's end is noticed already.
    import onnx

    from core.export.conversion import quantize, to_onnx
    from core.export.conversion_process import STATIC_MODEL
    from core.export.outliers import smooth_outliers, vocabulary_windows
    from core.export.static_int8 import quantize_statically
    from core.inference.model import load_encoder, load_model, load_tokenizer
    from core.inference.session import FULL_MODEL, INT8_MODEL
    from core.inference.settings import read_settings

    full, small = out / f"{FULL_MODEL}.part", out / f"{INT8_MODEL}.part"
    graph = to_onnx(load_model(model_folder))
    onnx.save(graph, full)
    full.rename(out / FULL_MODEL)
    encoder = load_encoder(model_folder, read_settings(model_folder))
    smooth_outliers(graph, vocabulary_windows(encoder, load_tokenizer(model_folder).get_vocab()))
    smooth = out / f"{FULL_MODEL}.smooth.part"
    onnx.save(graph, smooth)
    quantize(smooth, small)
    small.rename(out / INT8_MODEL)
    if windows:
        static = out / f"{STATIC_MODEL}.part"
        quantize_statically(smooth, static, windows)
        static.rename(out / STATIC_MODEL)
    smooth.unlink()


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    # A library's threads must not keep the process alive.
    code = main()
    sys.stdout.flush()
    os._exit(code)
