from __future__ import annotations

import pytest

from core.export.card import backbone_license, write_license


@pytest.mark.parametrize(
    ("backbone", "license"),
    [
        ("all-MiniLM-L6-v2 (embedded)", "Apache-2.0"),
        ("FacebookAI/roberta-base", "MIT"),
        ("roberta-base", "MIT"),
        ("our-own-encoder", None),
    ],
)
def test_licenses_are_named_where_they_are_known(backbone: str, license: str | None) -> None:
    assert backbone_license(backbone) == license
    note = write_license(backbone)
    assert backbone in note
    assert (f"published under {license}" in note) == (license is not None)
    assert ("does not know" in note) == (license is None)
