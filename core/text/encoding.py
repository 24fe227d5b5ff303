"""Bytes to text: the encoding found and told, line ends normalised, offsets carried along.

The order is fixed: what the user says, a byte order mark, strict UTF-8, and only then a guess from
statistics, which is marked as one. Bytes that are no text are refused, never patched up.
"""

from __future__ import annotations

import bisect
import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from charset_normalizer import CharsetMatch, from_bytes

from core.schema.errors import KnownError
from core.schema.phrases import phrase

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    # UTF-32's little-endian mark begins with UTF-16's, so it is asked first.
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_CANDIDATES = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("iso8859_2", "koi8_r", "cp850", "mac_roman"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949"),
]
"""What hospital systems really write; a wider choice makes short texts look exotic."""
_NO_ENCODINGS_OF_FILES = frozenset(
    {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"}
)
_SAMPLE = 1 << 16
"""Bytes that a guess looks at; only lines with a byte beyond ASCII count."""
_NEARLY_AS_CLEAN = 0.1
"""How much more mess (0 to 1) Windows' Western code page may show and still be preferred."""
_CONTROLS = re.compile(r"[\x00-\x06\x0e-\x19\x1c-\x1f\x7f]")


class UndecodableError(ValueError):
    """Bytes that cannot be read as text; its words hold none of them.

    Attributes:
        line: First line that cannot be read, from 1; 0 where the whole is meant.
        reason: A plain phrase.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""Text and how it was written.

    Attributes:
        text: Without byte order mark, every line end a ``\n``.
        encoding: Python's name of the encoding; ``utf-8-sig``, ``utf-16`` or ``utf-32`` where a
            byte order mark told it.
        line_ends: ``lf``, ``crlf``, ``cr``, ``mixed``, or ``none`` for a text of one line.
        guessed: Whether neither user, mark nor UTF-8's own rules told the encoding.
    """

    text: str
    encoding: str
    line_ends: str
    guessed: bool


def decode(data: bytes, encoding: str | None = None, *, complete: bool = True) -> Decoded:
    """Turn the bytes of a file into text.

    Args:
        data: The file's bytes.
        encoding: What the user says it is; found out where None.
        complete: Whether the bytes are a whole file; half a character at the end of a mere
            beginning is dropped.

    Raises:
        UndecodableError: The bytes are no text, or not in the encoding that was named.
        KnownError: There is no encoding of that name.
    """
    if encoding is not None:
        text = _strictly(data, _checked_name(encoding), complete=complete)
        return _finished(text, encoding, guessed=False)
    for mark, name, codec in _MARKS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], codec, complete=complete)
            return _finished(text, name, guessed=False)
    if b"\0" in data:
        return _decode_unmarked(data, complete=complete)
    try:
        return _finished(_strictly(data, "utf-8", complete=complete), "utf-8", guessed=False)
    except UndecodableError as error:
        if _is_damaged_utf8(data):
            raise UndecodableError(
                error.line, phrase("it is UTF-8 with a damaged place here")
            ) from None
        for name in _guesses(data):
            try:
                text = _strictly(data, name, complete=complete)
            except UndecodableError:
                continue
            if not _CONTROLS.search(text):
                return _finished(text, name, guessed=True)
        raise UndecodableError(
            error.line, phrase("it is not UTF-8, and no other encoding is plausible; name it")
        ) from None


def normalise_line_ends(text: str) -> str:
    r"""Return the text with ``\r\n`` and ``\r`` as ``\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class LineEndMap:
    """Carries offsets of a text into the same text with normalised line ends."""

    def __init__(self, text: str) -> None:
        """Index the carriage returns that normalising drops."""
        self._dropped = [match.start() for match in re.finditer(r"\r(?=\n)", text)]

    def to_normalised(self, position: int) -> int:
        """Return where code point ``position`` (0 to length) is afterwards."""
        return position - bisect.bisect_left(self._dropped, position)


def _checked_name(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, ValueError):
        name = "undefined"
    if name in _NO_ENCODINGS_OF_FILES:
        raise KnownError(
            "There is no encoding of that name.",
            "Use a name such as utf-8, cp1252, iso-8859-1 or gb18030, or leave it out.",
        )
    return name


def _strictly(data: bytes, codec: str, *, complete: bool) -> str:
    """Decode without patching anything up.

    Raises:
        UndecodableError: A byte is not in the encoding; names the line.
    """
    try:
        return codecs.getincrementaldecoder(codec)("strict").decode(data, final=complete)
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        before = normalise_line_ends(data[:start].decode(codec, "ignore"))
        raise UndecodableError(
            before.count("\n") + 1,
            phrase("it is not valid {encoding} here", encoding=codec.upper()),
        ) from None


def _finished(text: str, encoding: str, *, guessed: bool) -> Decoded:
    if "\0" in text:
        line = normalise_line_ends(text[: text.index("\0")]).count("\n") + 1
        raise UndecodableError(line, phrase("it holds NUL characters and is no text file"))
    text = text.removeprefix("\ufeff")
    return Decoded(normalise_line_ends(text), encoding, _line_ends(text), guessed)


def _line_ends(text: str) -> str:
    pairs = text.count("\r\n")
    counts = {
        "crlf": pairs,
        "cr": text.count("\r") - pairs,
        "lf": text.count("\n") - pairs,
    }
    kinds = [kind for kind, count in counts.items() if count]
    return "none" if not kinds else kinds[0] if len(kinds) == 1 else "mixed"


def _decode_unmarked(data: bytes, *, complete: bool) -> Decoded:
    """Decode UTF-16 without a mark; Latin text shows it by a NUL in every second byte, mostly."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    most = 0.4 * (len(data) / 2)
    name = "utf-16-le" if odd > most and not even else "utf-16-be"
    if max(even, odd) > most and not min(even, odd):
        try:
            text = _strictly(data, name, complete=complete)
        except UndecodableError:
            text = "\0"
        if not _CONTROLS.search(text):
            return _finished(text, name, guessed=True)
    raise UndecodableError(0, phrase("it holds NUL bytes and is no text file"))


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell whether most of what is beyond ASCII is good UTF-8: another encoding hardly can be."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(1 for char in text if char > "\x7f") > 2 * bad


def _guesses(data: bytes) -> list[str]:
    """Return plausible encodings, the most plausible first."""
    matches = list(from_bytes(_telling(data), cp_isolation=_CANDIDATES, enable_fallback=False))
    if not matches:
        return []
    best = matches[0]
    western = [
        match
        for match in matches
        if "cp1252" in _names(match)
        and match.chaos <= best.chaos + _NEARLY_AS_CLEAN
        and match.coherence >= best.coherence - 0.01
    ]
    first = ["cp1252"] if western else []
    return [*first, *(match.encoding for match in matches if match.encoding not in first)]


def _names(match: CharsetMatch) -> Sequence[str]:
    return [match.encoding, *match.could_be_from_charset]


def _telling(data: bytes) -> bytes:
    """Return the lines that tell encodings apart, up to the sample's size."""
    lines: list[bytes] = []
    size = 0
    for line in data.splitlines():
        if not line.isascii():
            lines.append(line[:_SAMPLE])
            size += len(lines[-1])
            if size >= _SAMPLE:
                break
    return b"\n".join(lines)
