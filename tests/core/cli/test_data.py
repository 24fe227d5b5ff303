from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from core.schema.documents import ReviewStatus, Split
from core.store import documents
from core.store.project import Project
from tests.core.cli.conftest import Chartmark

SECRET = "correct hörse 'battery' 糖"


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    """A file with a passphrase."""
    file = tmp_path / "passphrase"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    return file


@pytest.fixture
def made(chartmark: Chartmark, folder: Path, files: Path) -> Path:
    """A project with labelled records."""
    assert chartmark("new", folder, "--labels", "drug,disease").code == 0
    assert chartmark("import", folder, files / "train.conll", "--split", "train").code == 0
    return folder


def test_a_project_is_made(chartmark: Chartmark, folder: Path) -> None:
    answer = chartmark("new", folder, "--labels", "drug, disease,,", "--json")
    assert (answer.code, answer.err) == (0, "")
    assert answer.json == {
        "project": str(folder),
        "labels": ["drug", "disease"],
        "encrypted": False,
    }
    again = chartmark("new", folder, "--labels", "a")
    assert again.code == 1
    assert "is there already. Choose another name." in again.err


@pytest.mark.parametrize("labels", ["", " , ,"])
def test_a_project_without_labels_is_wrong_usage(
    chartmark: Chartmark, folder: Path, labels: str
) -> None:
    answer = chartmark("new", folder, "--labels", labels)
    assert answer.code == 2
    assert "name at least one" in answer.err
    assert not folder.exists()


def test_labels_that_are_the_same_are_told_of(chartmark: Chartmark, folder: Path) -> None:
    answer = chartmark("new", folder, "--labels", "a,a")
    assert answer.code == 1
    assert not folder.exists()


def test_imported_gold_counts_as_done(chartmark: Chartmark, folder: Path, files: Path) -> None:
    chartmark("new", folder, "--labels", "drug,disease")
    for split in ("train", "dev", "test"):
        answer = chartmark("import", folder, files / f"{split}.conll", "--split", split, "--json")
        assert answer.code == 0
        assert answer.json["formats"] == {f"{split}.conll": "conll"}
    plain = chartmark("import", folder, files / "unread")
    assert plain.code == 0
    assert plain.out.startswith("Imported 10 records with 0 spans.")
    with Project.open(folder=folder) as project:
        progress = documents.progress(project=project)
        assert (progress[ReviewStatus.DONE], progress[ReviewStatus.TODO]) == (52, 10)
        for split, count in ((Split.TRAIN, 32), (Split.DEV, 12), (Split.TEST, 8)):
            done = documents.labelled_documents(project=project, split=split)
            assert len(done) == count
            assert sum(len(item.spans) for item in done) == 2 * count


def test_the_same_import_twice_adds_nothing(chartmark: Chartmark, made: Path, files: Path) -> None:
    answer = chartmark("import", made, files / "train.conll", "--split", "train", "--json")
    assert answer.code == 0
    assert (answer.json["added"], len(answer.json["duplicates"])) == (0, 32)


def test_a_fault_is_told_with_its_line_and_may_roll_all_back(
    chartmark: Chartmark, folder: Path, tmp_path: Path
) -> None:
    chartmark("new", folder, "--labels", "drug")
    bad = tmp_path / "bad.jsonl"
    bad.write_text(
        '{"text": "Takes aspirin.", "label": [[6, 13, "drug"]]}\n{"text": "Cut o\n',
        encoding="utf-8",
    )
    answer = chartmark("import", folder, bad, "--on-fault", "rollback")
    assert answer.code == 1
    assert "bad.jsonl:2" in answer.out
    assert "Cut o" not in answer.out + answer.err
    assert "Nothing was imported" in answer.err
    answer = chartmark("import", folder, bad, "--json")
    assert answer.code == 0
    assert (answer.json["added"], len(answer.json["faults"])) == (1, 1)


def test_records_are_exported_and_come_back_alike(
    chartmark: Chartmark, made: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    answer = chartmark("export", made, out, "--format", "jsonl", "--json")
    assert answer.code == 0
    assert (answer.json["documents"], answer.json["spans"]) == (32, 64)
    assert len(out.read_text(encoding="utf-8").splitlines()) == 32
    refused = chartmark("export", made, out, "--format", "jsonl")
    assert refused.code == 1
    assert chartmark("export", made, out, "--format", "jsonl", "--overwrite").code == 0
    none = chartmark("export", made, tmp_path / "none", "--format", "jsonl", "--split", "test")
    assert none.code == 1
    other = tmp_path / "other.chartmark"
    chartmark("new", other, "--labels", "drug,disease")
    back = chartmark("import", other, out, "--json")
    assert (back.json["added"], back.json["spans"]) == (32, 64)


def test_a_whole_project_is_in_order_and_a_broken_one_is_not(
    chartmark: Chartmark, made: Path
) -> None:
    answer = chartmark("verify", made, "--json")
    assert (answer.code, answer.json) == (0, {"ok": True, "findings": []})
    assert chartmark("verify", made).out == "Everything is in order.\n"
    with sqlite3.connect(made / "store.db") as connection:
        connection.execute('UPDATE span SET "end" = "end" - 1 WHERE id = 1')
    connection.close()
    broken = chartmark("verify", made)
    assert broken.code == 1
    assert "audit: span 1 is not as the audit says" in broken.out
    assert "Restore the latest good backup." in broken.err


def test_a_backup_opens(chartmark: Chartmark, made: Path, tmp_path: Path) -> None:
    answer = chartmark("backup", made, tmp_path / "copy.chartmark", "--json")
    assert answer.code == 0
    copy = Path(answer.json["backup"])
    assert chartmark("verify", copy).code == 0
    with Project.open(folder=copy) as project:
        assert documents.progress(project=project)[ReviewStatus.DONE] == 32


def test_the_sample_project_is_made(chartmark: Chartmark, folder: Path) -> None:
    answer = chartmark("sample", folder, "--json")
    assert (answer.code, answer.json) == (0, {"project": str(folder)})
    with Project.open(folder=folder) as project:
        assert documents.progress(project=project)[ReviewStatus.DONE] > 20


def test_an_encrypted_project_opens_with_its_passphrase_file_only(
    chartmark: Chartmark, folder: Path, files: Path, tmp_path: Path, passphrase: Path
) -> None:
    answer = chartmark("new", folder, "--labels", "drug", "--passphrase-file", passphrase, "--json")
    assert answer.json["encrypted"]
    assert (folder / "store.db").read_bytes()[:15] != b"SQLite format 3"
    imported = chartmark(
        "import", folder, files / "unread", "--passphrase-file", passphrase, "--json"
    )
    assert imported.json["added"] == 10
    wrong = tmp_path / "wrong"
    wrong.write_text("sesame", encoding="utf-8")
    refused = chartmark("verify", folder, "--passphrase-file", wrong, "--json")
    assert refused.code == 1
    assert refused.json["error"] == "The passphrase does not open this project."
    assert SECRET not in refused.out + refused.err
    unasked = chartmark("verify", folder)
    assert unasked.code == 1
    assert "--passphrase-file" in unasked.err
    assert chartmark("verify", folder, "--passphrase-file", passphrase).code == 0
    wrong.write_text("", encoding="utf-8")
    assert chartmark("verify", folder, "--passphrase-file", wrong).code == 1
    wrong.write_bytes(b"\xff\xfe\xff")
    assert "UTF-8" in chartmark("verify", folder, "--passphrase-file", wrong).err


def test_a_plain_project_wants_no_passphrase(
    chartmark: Chartmark, made: Path, passphrase: Path
) -> None:
    answer = chartmark("verify", made, "--passphrase-file", passphrase)
    assert answer.code == 1
    assert "This project is not encrypted." in answer.err


@pytest.mark.parametrize(
    "command",
    [
        ("verify", "{}"),
        ("train", "{}"),
        ("evaluate", "{}"),
        ("suggest", "{}"),
        ("backup", "{}", "copy"),
        ("export", "{}", "out", "--format", "jsonl"),
        ("export-model", "{}", "out"),
    ],
)
def test_a_project_that_is_not_there_is_told_of(
    chartmark: Chartmark, folder: Path, command: tuple[str, ...]
) -> None:
    answer = chartmark(*(part.format(folder) for part in command), "--json")
    assert answer.code == 1
    assert set(answer.json) == {"error", "remedy"}
    assert "There is no project in" in answer.json["error"]
    assert not folder.exists()


def test_a_newer_project_is_refused(chartmark: Chartmark, made: Path) -> None:
    with sqlite3.connect(made / "store.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    answer = chartmark("verify", made)
    assert answer.code == 1
    assert "A newer Chartmark made this project. Update Chartmark to open it." in answer.err


def test_what_another_window_has_open_can_be_read_but_not_changed(
    chartmark: Chartmark, made: Path, files: Path, tmp_path: Path
) -> None:
    with Project.open(folder=made):
        refused = chartmark("import", made, files / "dev.conll")
        assert refused.code == 1
        assert "Another Chartmark has this project open" in refused.err
        assert chartmark("verify", made).code == 0
        assert chartmark("backup", made, tmp_path / "copy.chartmark").code == 0
    assert chartmark("import", made, files / "dev.conll").code == 0


def test_json_is_one_object_even_where_there_are_faults(
    chartmark: Chartmark, made: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    answer = chartmark("import", made, tmp_path / "empty.jsonl", "--json")
    assert answer.code == 1
    assert json.loads(answer.out)["error"]
