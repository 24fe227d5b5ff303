"""Entry of a training by several processes: ``torchrun ... -m core.training PROJECT``.

Command line, store and learning engine are put together here. It is a program and no part of the
package around it: nothing imports it, so it may stand above all layers (see pyproject.toml).
"""

from __future__ import annotations

import os
import sys

from core.cli.main import run_command
from core.cli.together import NAME, make_command, speaks
from core.worker.environment import prepare_environment
from core.worker.process import start_logging


def main() -> int:
    """Train, and return the exit code."""
    # Before any library reads them.
    prepare_environment()
    # Remarks of the C++ parts of torch would come once from each process.
    os.environ.setdefault("TORCH_CPP_LOG_LEVEL", "ERROR")
    start_logging(None)
    from core.worker.member import Member

    return run_command(make_command(Member), speaks(sys.argv[1:]), name=NAME)


if __name__ == "__main__":
    sys.exit(main())
