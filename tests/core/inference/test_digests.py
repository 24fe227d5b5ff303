from __future__ import annotations

import hashlib
from pathlib import Path

from core.inference.digests import weights_sha256


def test_one_file_has_its_own_digest_and_several_that_of_all(tmp_path: Path) -> None:
    assert weights_sha256(tmp_path) == ""
    assert weights_sha256(tmp_path / "nowhere") == ""
    (tmp_path / "b.safetensors").write_bytes(b"two")
    assert weights_sha256(tmp_path) == hashlib.sha256(b"two").hexdigest()
    (tmp_path / "a.safetensors").write_bytes(b"one")
    assert weights_sha256(tmp_path) == hashlib.sha256(b"onetwo").hexdigest()


def test_a_file_that_was_written_anew_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes(b"before")
    before = weights_sha256(tmp_path)
    file.write_bytes(b"afterwards")
    assert weights_sha256(tmp_path) != before
