from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest
from sqlalchemy import text

from core.schema.documents import Span
from core.schema.errors import KnownError
from core.store import documents, edits, reports
from core.store.backup import backup
from core.store.project import Project
from core.store.search import search
from core.store.verification import verify
from tests.core.store.conftest import PASSPHRASE, SCHEME, TEXT, imported


@pytest.fixture
def encrypted(folder: Path) -> Project:
    """An encrypted project with two records and a label."""
    project = Project.create(folder=folder, scheme=SCHEME, passphrase=PASSPHRASE)
    batch = [imported("one"), imported("two", TEXT + " Zwiebelkuchen")]
    documents.add_documents(project=project, documents=batch)
    edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    return project


def test_no_file_holds_plain_text(encrypted: Project, folder: Path, tmp_path: Path) -> None:
    reports.add_report(project=encrypted, report={"note": "Zwiebelkuchen"})
    copy = backup(project=encrypted, out=tmp_path / "copy")
    needles = ("Metformin", "diabetes", "糖尿病", "Zwiebelkuchen", "disease", "CREATE TABLE")

    def check() -> list[str]:
        files = [path for path in (*folder.rglob("*"), *copy.rglob("*")) if path.is_file()]
        for path in files:
            content = path.read_bytes()
            assert not content.startswith(b"SQLite format 3")
            for needle in needles:
                assert needle.encode() not in content, path.name
                assert needle.encode("utf-16-le") not in content, path.name
        return [path.name for path in files]

    assert "store.db-wal" in check()
    encrypted.close()
    assert "store.db" in check()


def test_everything_works_with_a_passphrase(encrypted: Project, folder: Path) -> None:
    assert Project.is_encrypted(folder)
    with Project.open(folder=folder, passphrase=PASSPHRASE, read_only=True) as reader:
        assert len(search(project=reader, query="zwiebel")) == 1
        assert reader.passphrase == PASSPHRASE
    encrypted.close()
    typed_on_a_mac = unicodedata.normalize("NFD", PASSPHRASE)
    assert typed_on_a_mac != PASSPHRASE
    with Project.open(folder=folder, passphrase=typed_on_a_mac) as again:
        assert len(documents.spans(project=again, document_id=1)) == 1
        assert verify(project=again) == []
        with again.read() as connection:
            assert int(str(connection.execute(text("PRAGMA kdf_iter")).scalar())) >= 256_000


@pytest.mark.parametrize("wrong", ["wrong", PASSPHRASE.upper(), PASSPHRASE + " ", "'; --"])
def test_wrong_passphrase_is_told_and_changes_nothing(
    encrypted: Project, folder: Path, wrong: str
) -> None:
    encrypted.close()

    def digests() -> dict[str, str]:
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()
        }

    before = digests()
    for read_only in (False, True):
        with pytest.raises(KnownError, match="passphrase does not open") as caught:
            Project.open(folder=folder, passphrase=wrong, read_only=read_only)
        assert wrong not in str(caught.value)
    assert digests() == before
    Project.open(folder=folder, passphrase=PASSPHRASE).close()


def test_missing_and_needless_passphrases_are_told(encrypted: Project, tmp_path: Path) -> None:
    encrypted.close()
    for nothing in (None, ""):
        with pytest.raises(KnownError, match="is encrypted"):
            Project.open(folder=encrypted.folder, passphrase=nothing)
    plain = tmp_path / "plain.chartmark"
    Project.create(folder=plain, scheme=SCHEME, passphrase="").close()
    assert not Project.is_encrypted(plain)
    with pytest.raises(KnownError, match="not encrypted"):
        Project.open(folder=plain, passphrase="needless")


def test_errors_never_quote_a_record(encrypted: Project) -> None:
    with pytest.raises(Exception, match="no such table") as caught, encrypted.write() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:text)"), {"text": TEXT})
    assert "Metformin" not in str(caught.value)
    encrypted.close()
