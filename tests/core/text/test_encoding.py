"""Encodings are found in a fixed order, told, and never patched up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.schema.errors import KnownError
from core.text.encoding import LineEndMap, UndecodableError, decode, normalise_line_ends

GERMAN = "Die Patientin klagt über Übelkeit und Müdigkeit.\nGröße 1,72 m, Gewicht 68 kg.\n" * 3
FRENCH = "Patiente âgée de 64 ans, suivie pour un diabète sucré. Hémoglobine glyquée à 8 %.\n"
RUSSIAN = "Больной жалуется на боли в груди и одышку.\n" * 3
CHINESE = "患者因胸痛三天入院，既往有糖尿病史。\n" * 3


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
    ],
)
def test_what_says_itself_is_no_guess(encoding: str, told: str) -> None:
    decoded = decode((GERMAN + CHINESE + "🙂").encode(encoding))
    assert decoded.text == GERMAN + CHINESE + "🙂"
    assert (decoded.encoding, decoded.guessed) == (told, False)


@pytest.mark.parametrize("codec", ["utf-16-be", "utf-32-be"])
def test_big_endian_marks(codec: str) -> None:
    decoded = decode("\ufeffnote".encode(codec))
    assert (decoded.text, decoded.encoding) == ("note", codec.removesuffix("-be"))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        ("Temp 38.5°C, pt’s wife states “no pain”.", "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (CHINESE, "gb18030"),
        ("Patient 7 is well.\n", "utf-16-le"),
        ("Patient 7 is well.\n", "utf-16-be"),
    ],
)
def test_a_guess_is_right_and_marked(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert (decoded.encoding, decoded.guessed) == (encoding, True)


def test_damaged_utf8_is_not_taken_for_another_encoding() -> None:
    damaged = GERMAN.encode() + b"\nzweite \xe4 Zeile"
    with pytest.raises(UndecodableError, match="damaged") as caught:
        decode(damaged)
    assert caught.value.line == GERMAN.count("\n") + 2


@pytest.mark.parametrize(
    "data", [b"a\0b\0\0c", b"\0\1\2", b"\1\0\2\0", bytes(range(256)), bytes(range(128, 256))]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UndecodableError):
        decode(data)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_wrong_name_is_told_with_the_line(ends: str) -> None:
    data = ends.join(["one", "two", "Größe"]).encode("cp1252")
    with pytest.raises(UndecodableError) as caught:
        decode(data, "utf-8")
    assert caught.value.line == 3
    assert "Gr" not in str(caught.value)


def test_the_user_is_believed() -> None:
    assert decode("Größe".encode("cp850"), "cp850").text == "Größe"
    assert decode("\ufeffGröße".encode(), "utf-8").text == "Größe"


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", "undefined", "idna", "\0", ""])
def test_a_name_that_names_nothing_can_be_mended(name: str) -> None:
    with pytest.raises(KnownError, match="no encoding"):
        decode(b"text", name)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a", "none"),
        ("a\nb", "lf"),
        ("a\r\nb\r\n", "crlf"),
        ("a\rb", "cr"),
        ("a\r\nb\n", "mixed"),
        ("a\u2028b\x0bc\x0cd\x85e", "none"),
    ],
)
def test_line_ends_are_normalised_and_told(text: str, kind: str) -> None:
    decoded = decode(text.encode())
    assert decoded.line_ends == kind
    assert decoded.text == text.replace("\r\n", "\n").replace("\r", "\n")


def test_a_beginning_may_end_within_a_character() -> None:
    assert decode("ab🙂".encode()[:-1], complete=False).text == "ab"


@given(st.text(alphabet="ab\r\n🙂"))
def test_offsets_follow_the_line_ends(text: str) -> None:
    normalised = normalise_line_ends(text)
    carried = LineEndMap(text)
    assert "\r" not in normalised
    assert carried.to_normalised(len(text)) == len(normalised)
    for position, char in enumerate(text):
        if char not in "\r\n":
            assert normalised[carried.to_normalised(position)] == char


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "utf-16", "cp1252", "gb18030"]))
def test_any_bytes_are_text_or_refused(data: bytes, encoding: str | None) -> None:
    try:
        decoded = decode(data, encoding)
    except UndecodableError:
        return
    assert "\r" not in decoded.text
    assert "\0" not in decoded.text


@given(st.text(alphabet=st.characters(exclude_characters="\0", codec="utf-8"), max_size=80))
def test_utf8_is_always_read_as_utf8(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.encoding in {"utf-8", "utf-8-sig"}
    assert decoded.text == normalise_line_ends(text.removeprefix("\ufeff"))
