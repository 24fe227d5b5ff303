from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.export.runtime import RUNTIME, exported_code, runtime_modules, write_runtime
from core.inference import windows
from core.text import words

LIBRARIES = {"numpy", "onnxruntime", "tokenizers", RUNTIME}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runtime")
    write_runtime(folder)
    return folder


@pytest.fixture(scope="module")
def package(folder: Path) -> Iterator[str]:
    """The name under which the exported package is loaded."""
    with exported_code(folder) as code:
        yield code.__package__


def module(package: str, name: str) -> Any:
    return importlib.import_module(f"{package}.{name}")


def test_the_runtime_imports_nothing_but_two_libraries_and_their_numpy(folder: Path) -> None:
    files = [folder / "predict.py", *(folder / RUNTIME).glob("*.py")]
    assert len(files) == len(runtime_modules()) + 2
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [str(node.module)]
            for name in names:
                root = name.partition(".")[0]
                assert root in LIBRARIES | sys.stdlib_module_names, (file.name, name)


def test_modules_differ_from_core_in_their_imports_only(folder: Path) -> None:
    for name, source in runtime_modules().items():
        file = folder / RUNTIME / f"{name.rpartition('.')[2]}.py"
        heading, *lines = file.read_text(encoding="utf-8").splitlines()
        assert name in heading
        for ours, theirs in zip(source.splitlines(), lines, strict=True):
            assert ours == theirs or ours.startswith("from core.")


def test_loading_leaves_no_trace(folder: Path) -> None:
    before = set(sys.modules), list(sys.path), sys.dont_write_bytecode
    files = sorted(folder.rglob("*"))
    with exported_code(folder) as code:
        assert Path(code.__file__).is_relative_to(folder)
        assert code.KnownError.__module__.startswith(RUNTIME)
    assert {name for name in sys.modules if name.startswith(RUNTIME)} <= before[0]
    assert (list(sys.path), sys.dont_write_bytecode) == before[1:]
    assert sorted(folder.rglob("*")) == files


@given(text=st.text(max_size=200))
def test_words_and_breaks_are_those_of_core(text: str, package: str) -> None:
    split = words.split_words(text)
    assert module(package, "words").split_words(text) == split
    breaks = module(package, "windows").break_after(text, split)
    assert breaks == windows.break_after(text, split)


@given(
    sizes=st.lists(st.integers(1, 12), max_size=60),
    budget=st.integers(2, 30),
    overlap=st.integers(0, 14),
)
def test_windows_are_those_of_core(
    sizes: list[int], budget: int, overlap: int, package: str
) -> None:
    breaks = [size % 5 == 0 for size in sizes]
    shared = min(overlap, budget // 2)
    ours = windows.cut_windows(sizes, breaks, budget=budget, overlap=shared)
    theirs = module(package, "windows").cut_windows(sizes, breaks, budget=budget, overlap=shared)
    bounds = [(w.first, w.last, w.core_first, w.core_last) for w in ours]
    assert bounds == [(w.first, w.last, w.core_first, w.core_last) for w in theirs]
