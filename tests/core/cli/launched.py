"""What torchrun starts in ``test_together``: ``python -m core.training`` on a project of its own.

``PROJECT COPY [options]``: the first process gets the project, the second one its copy, as on
another machine.
"""

from __future__ import annotations

import os
import sys

from core.training import schedule
from core.training.__main__ import main

LEAST_UPDATES = 50
"""Fewer than usual, to be done sooner."""

if __name__ == "__main__":
    program, *projects = sys.argv[:3]
    sys.argv = [program, projects[int(os.environ["RANK"])], *sys.argv[3:]]
    schedule._LEAST_UPDATES = LEAST_UPDATES
    sys.exit(main())
