"""Label clinical notes with the model in this folder.

    python predict.py note.txt other.txt          a table for each note
    python predict.py --json note.txt             JSON for scripts
    python predict.py --int8 note.txt             the small, fast model

From Python:

    from predict import Model
    spans = Model("this folder").predict("On metformin for type 2 diabetes.")

It needs onnxruntime and tokenizers (see requirements.txt), reads UTF-8 text files, and uses no
network. Offsets count code points of the text without byte order mark and with line ends as one
character.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from core.export.predict import Found, Model, read_note
from core.schema.errors import KnownError

__all__ = ["Found", "Model", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Label the files that the command line names.

    Returns:
        Exit code: 0, or 1 after an error that is said on standard error.
    """
    parser = argparse.ArgumentParser(
        prog="predict.py", description="Label clinical notes with the model in this folder."
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="UTF-8 text file")
    parser.add_argument("--int8", action="store_true", help="use the small, fast model")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--model", type=Path, default=Path(__file__).parent, help="another exported folder"
    )
    options = parser.parse_args(arguments)
    try:
        model = Model(options.model, int8=options.int8 or None)
        answers = [(file, model.predict(read_note(file))) for file in options.files]
    except KnownError as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        documents = [{"file": str(file), "spans": spans} for file, spans in answers]
        print(json.dumps({"documents": documents}))
        return 0
    # A terminal that cannot show a character shows a mark instead.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    for file, spans in answers:
        print(file)
        for span in spans:
            words = " ".join(span["text"].split())
            place = f"{span['start']}-{span['end']}"
            print(f"  {place:>13}  {span['score']:.2f}  {span['label']}  {words}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
