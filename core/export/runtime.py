"""The code of an exported folder: Chartmark's own modules with their imports rewritten.

``predict.py`` is ``core.export.script``; ``chartmark_runtime/`` is ``core.export.predict`` and
every module of core that it needs, found by following its imports. Nothing is written twice, so
nothing can answer differently. A frozen application has to carry these modules' sources.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import uuid4

RUNTIME = "chartmark_runtime"
"""Name of the package in an exported folder."""

_ROOT = "core.export.predict"
_SCRIPT = "core.export.script"
_IMPORT = re.compile(r"^from core(?:\.\w+)*\.(\w+) import ", re.MULTILINE)


def runtime_modules() -> dict[str, str]:
    """Return the sources of the modules that an exported folder carries, by their full names.

    Raises:
        ValueError: Two of them would get the same name, or one imports a package of core whole.
    """
    sources: dict[str, str] = {}
    waiting = [_ROOT]
    while waiting:
        name = waiting.pop()
        if name in sources:
            continue
        sources[name] = _source(name)
        waiting += sorted(_imports_of_core(sources[name]))
    if len({_short(name) for name in sources}) < len(sources):
        raise ValueError("two modules of the runtime have one name")
    return dict(sorted(sources.items()))


def write_runtime(folder: Path) -> None:
    """Write ``predict.py`` and the package it runs on into a folder."""
    package = folder / RUNTIME
    package.mkdir()
    (package / "__init__.py").write_text(
        f'{_heading("the package")}"""What predict.py runs on: the modules of Chartmark that '
        'turn text into labelled spans."""\n',
        encoding="utf-8",
    )
    for name, source in runtime_modules().items():
        text = _heading(name) + _IMPORT.sub(r"from .\1 import ", source)
        (package / f"{_short(name)}.py").write_text(text, encoding="utf-8", newline="\n")
    script = _heading(_SCRIPT) + _IMPORT.sub(rf"from {RUNTIME}.\1 import ", _source(_SCRIPT))
    (folder / "predict.py").write_text(script, encoding="utf-8", newline="\n")


@contextmanager
def exported_code(folder: Path) -> Iterator[Any]:
    """Load the prediction module that lies in an exported folder, and forget it afterwards.

    It gets a name of its own, so that neither Chartmark's modules nor another folder's stand in
    for it. What Python compiles on the way is removed.
    """
    package = folder / RUNTIME
    name = f"{RUNTIME}_{uuid4().hex}"
    spec = importlib.util.spec_from_file_location(
        name, package / "__init__.py", submodule_search_locations=[str(package)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(RUNTIME)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    writes_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
        predict = importlib.import_module(f"{name}.{_short(_ROOT)}")
        sys.dont_write_bytecode = writes_bytecode
        yield predict
    finally:
        sys.dont_write_bytecode = writes_bytecode
        for loaded in [key for key in sys.modules if key.split(".")[0] == name]:
            del sys.modules[loaded]


def _source(name: str) -> str:
    package, _, module = name.rpartition(".")
    return (resources.files(package) / f"{module}.py").read_text(encoding="utf-8")


def _short(name: str) -> str:
    return name.rpartition(".")[2]


def _imports_of_core(source: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "core":
            names.add(str(node.module))
        elif isinstance(node, ast.Import) and any(
            alias.name.split(".")[0] == "core" for alias in node.names
        ):
            raise ValueError("modules of the runtime import names from modules")
    return names


def _heading(name: str) -> str:
    return f"# Chartmark {version('chartmark')}, {name}. SPDX-License-Identifier: Apache-2.0\n"
