"""Builds the translations: collects what is to be translated, and compiles what was.

``update`` writes every text of the window and of core into resources/translations/*.ts, which
translators edit; ``release`` makes the .qm files that the window loads.

    .venv/bin/python packaging/translations.py update
    .venv/bin/python packaging/translations.py release
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN",)

_PHRASES = ROOT / "build" / "core_phrases.py"
_CALLS = {"phrase", "KnownError"}
"""Calls in core whose literal arguments are templates; errors that derive from KnownError too."""


def core_templates(folder: Path) -> list[str]:
    """Return all templates of a package, each once, in the order of their places.

    Args:
        folder: That of the package.
    """
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in sorted(folder.rglob("*.py"))]
    calls = _CALLS | {name for tree in trees for name in _derived(tree)}
    return list(dict.fromkeys(text for tree in trees for text in _literals(tree, calls)))


def _derived(tree: ast.Module) -> Iterator[str]:
    """Yield the classes of a module that derive from KnownError."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(
            isinstance(base, ast.Name) and base.id == "KnownError" for base in node.bases
        ):
            yield node.name


def _literals(tree: ast.Module, calls: set[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in calls:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def update() -> None:
    """Bring the .ts files up to what the sources say; what is gone from them is dropped."""
    _PHRASES.parent.mkdir(exist_ok=True)
    # The window's own modules may raise errors with templates too.
    templates = dict.fromkeys([*core_templates(ROOT / "core"), *core_templates(ROOT / "app")])
    lines = (f"QT_TRANSLATE_NOOP('Core', {_quoted(text)})\n" for text in templates if text)
    _PHRASES.write_text("".join(lines), encoding="utf-8")
    sources = [str(file) for file in sorted((ROOT / "app").rglob("*.py"))]
    for language in LANGUAGES:
        target = FOLDER / f"chartmark_{language}.ts"
        FOLDER.mkdir(exist_ok=True)
        options = ["-no-obsolete", "-locations", "none", "-target-language", language]
        _run("lupdate", *options, *sources, str(_PHRASES), "-ts", str(target))


def release() -> None:
    """Compile the .ts files that are newer than their .qm."""
    for source in sorted(FOLDER.glob("*.ts")):
        target = source.with_suffix(".qm")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _run("lrelease", "-silent", str(source), "-qm", str(target))


def _quoted(text: str) -> str:
    """Return a literal as lupdate reads it: in double quotes, on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([Path(sys.executable).parent / f"pyside6-{tool}", *arguments], check=True)


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("task", choices=("update", "release"))
    {"update": update, "release": release}[parser.parse_args().task]()


if __name__ == "__main__":
    main()
