from __future__ import annotations

from pathlib import Path

import pytest

from core.store import documents, term_lists
from core.store.project import Project
from core.store.verification import verify
from tests.core.cli.conftest import Chartmark

LINES = '{"id": "a", "text": "Took Aspirin; aspirins?"}\n{"id": "b", "text": "Nothing taken."}\n'


@pytest.fixture
def made(chartmark: Chartmark, folder: Path, tmp_path: Path) -> Path:
    """A project with two unread records."""
    (tmp_path / "notes.jsonl").write_text(LINES)
    assert chartmark("new", folder, "--labels", "drug,disease").code == 0
    assert chartmark("import", folder, tmp_path / "notes.jsonl").code == 0
    return folder


def given(tmp_path: Path, name: str, text: str) -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_terms_become_suggestions(chartmark: Chartmark, made: Path, tmp_path: Path) -> None:
    terms = given(tmp_path, "drugs.txt", "aspirin\n\nmetformin\n")
    answer = chartmark("prelabel", made, "--terms", terms, "--label", "drug", "--json")
    assert answer.json == {
        "list": "drugs",
        "terms": 2,
        "suggestions": 1,
        "records": 1,
        "looked": 2,
        "too_slow": 0,
    }
    parts = ("prelabel", made, "--terms", terms, "--label", "drug", "--no-whole-words")
    assert chartmark(*parts).out == "2 suggestions in 1 of 2 records.\n"
    answer = chartmark(*parts, "--match-case", "--no-later")
    assert answer.out == "1 suggestions in 1 of 2 records.\n"
    with Project.open(folder=made) as project:
        (kept,) = term_lists.term_lists(project=project)
        assert (kept.name, kept.match_case, kept.later) == ("drugs", True, False)
        (item,) = documents.suggestions(project=project, document_id=1)
        assert (item.start, item.end, item.term_list) == (14, 21, "drugs")
        assert verify(project=project) == []


def test_a_column_and_patterns(chartmark: Chartmark, made: Path, tmp_path: Path) -> None:
    table = given(tmp_path, "t.csv", "code;term\nA1;aspirin\nA2;nothing\n")
    parts = ("prelabel", made, "--terms", table, "--label", "drug", "--json")
    assert chartmark(*parts, "--column", "term").json["suggestions"] == 2
    wrong = chartmark(*parts[:-1], "--column", "Term")
    assert (wrong.code, wrong.err) == (
        1,
        "t.csv has no column Term. Its columns are: code, term.\n",
    )
    patterns = given(tmp_path, "p.txt", r"asp\w+")
    assert (
        chartmark(*parts[:2], *("--terms", patterns, *parts[4:]), "--patterns").json["suggestions"]
        == 2
    )


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("aspirin", ("--label", "none"), "There is no label named none."),
        (" \n", ("--label", "drug"), "There is no term in x.txt."),
        ("a+\n(b", ("--label", "drug", "--patterns"), "Line 2 is not a regular expression"),
    ],
)
def test_what_is_wrong_is_told(
    chartmark: Chartmark,
    made: Path,
    tmp_path: Path,
    text: str,
    options: tuple[str, ...],
    words: str,
) -> None:
    answer = chartmark("prelabel", made, "--terms", given(tmp_path, "x.txt", text), *options)
    assert answer.code == 1
    assert words in answer.err
    with Project.open(folder=made) as project:
        assert term_lists.term_lists(project=project) == ()
