"""Every text of the window and of core is collected, and translated with the same placeholders."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[1]
MARKS = {"QT_TRANSLATE_NOOP"}
Text = tuple[str, str]


def _module(name: str, file: Path) -> object:
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Collector(ast.NodeVisitor):
    """Walks a module with the class it is in, as lupdate does."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.context = ""
        self.found: set[Text] = set()
        self.faults: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        outer, self.context = self.context, node.name
        self.generic_visit(node)
        self.context = outer

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr == "tr":
            self._take(self.context, node, node.args[:1])
        elif isinstance(function, ast.Name) and function.id in MARKS:
            context = node.args[0]
            # A context may be named by a constant only where lupdate would find it, too.
            if isinstance(context, ast.Constant):
                self._take(str(context.value), node, node.args[1:2])
            else:
                self._fault(node, "the context is no literal")
        elif isinstance(function, ast.Name) and function.id == "translated":
            if len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
                self._fault(node, "lupdate does not see it: QT_TRANSLATE_NOOP is missing")
        elif isinstance(function, ast.Name) and function.id == "phrase":
            self._take("Core", node, node.args[:1])

    def _take(self, context: str, node: ast.Call, arguments: list[ast.expr]) -> None:
        literal = arguments[0] if arguments else None
        if isinstance(literal, ast.Constant) and isinstance(literal.value, str):
            self.found.add((context, literal.value))
        else:
            self._fault(node, "the text is no literal")

    def _fault(self, node: ast.Call, words: str) -> None:
        self.faults.append(f"{self.file.relative_to(ROOT)}:{node.lineno}: {words}")


def _collect(package: str) -> tuple[set[Text], list[str]]:
    found: set[Text] = set()
    faults: list[str] = []
    for file in sorted((ROOT / package).rglob("*.py")):
        if file.name == "texts.py":
            continue
        collector = Collector(file)
        collector.visit(ast.parse(file.read_text(encoding="utf-8")))
        found |= collector.found
        faults += collector.faults
    return found, faults


def _sources() -> set[Text]:
    translations = _module("translations", ROOT / "packaging" / "translations.py")
    templates = {
        ("Core", text)
        for package in ("app", "core")
        for text in translations.core_templates(ROOT / package)  # type: ignore[attr-defined]
        if text
    }
    return templates | _collect("app")[0] | _collect("core")[0]


def _translations() -> dict[Text, ElementTree.Element]:
    file = ROOT / "resources" / "translations" / "chartmark_zh_CN.ts"
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message
        for context in ElementTree.parse(file).getroot().iter("context")
        for message in context.iter("message")
    }


def _said(message: ElementTree.Element) -> str:
    node = message.find("translation")
    return "".join(node.itertext()) if node is not None else ""


def _finished(message: ElementTree.Element) -> bool:
    node = message.find("translation")
    return node is not None and node.get("type") is None and bool(_said(message))


def _placeholders(text: str) -> list[str]:
    try:
        names = [name for _, name, *_ in Formatter().parse(text) if name is not None]
    except ValueError:
        names = []
    return sorted(names + re.findall(r"%(?:n|L?\d)", text))


def _formats(text: str) -> Iterator[str]:
    """Yield each placeholder with how it is written, ``1:.3f`` say."""
    for _, name, spec, _conversion in Formatter().parse(text):
        if name is not None:
            yield f"{name}:{spec}"


def test_only_literals_are_translated() -> None:
    assert _collect("app")[1] + _collect("core")[1] == []


def test_every_error_of_core_is_a_template() -> None:
    faults = []
    for file in sorted((ROOT / "core").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id not in {"ValueError", "TypeError", "RuntimeError"}
                and node.func.id.endswith("Error")
                and any(isinstance(argument, ast.JoinedStr) for argument in node.args)
            ):
                faults.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert faults == []


def test_lupdate_found_what_is_in_the_sources_and_nothing_else() -> None:
    found = set(_translations())
    assert (sorted(_sources() - found), sorted(found - _sources())) == ([], [])


@pytest.mark.parametrize("wrong", ["unfinished", "placeholders", "formats", "mnemonic"])
def test_every_text_is_translated(wrong: str) -> None:
    faults = []
    for (context, source), message in _translations().items():
        said = _said(message)
        if wrong == "unfinished" and not _finished(message):
            faults.append((context, source))
        if not said:
            continue
        if wrong == "placeholders" and _placeholders(said) != _placeholders(source):
            faults.append((context, source))
        if wrong == "formats" and "{" in source and set(_formats(said)) != set(_formats(source)):
            faults.append((context, source))
        mnemonic = re.search(r"&\w", source) is not None
        if wrong == "mnemonic" and mnemonic != (re.search(r"\(&[A-Z0-9]\)", said) is not None):
            faults.append((context, source))
    assert faults == []
