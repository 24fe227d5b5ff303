"""The sections of a clinical record, found by their headings: what a heading is, is decided here.

Notes are divided by headings ('Past medical history', '【主诉】'), and what a word means depends on
the section it stands in. The field's reference is SecTag: a terminology of section headers (Denny,
Miller, Johnson, Spickard, AMIA Annu Symp Proc 2008: 156-160) and its evaluation on 319 notes (Denny
et al., J Am Med Inform Assoc 2009, 16(6): 806-815). As there, titles are compared with a list of
known ones after normalising; headings that nobody wrote down are not guessed, and no model is
needed. The decision about a line rests on that line and the one before, so it is linear in the text
and what is written below a heading never changes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.text.section_titles import SectionKind, kind_of

LONGEST_HEADING = 72
"""A longer line is text, unless a known title and a colon stand at its beginning."""

_LONGEST_TITLE = 60
_MOST_WORDS = 8
_LEAST_CAPITALS = 4

_LINE = re.compile(
    r"""
    ^[ \t\u3000]{0,12}+
    (?=[^\s|•·▪●◦○⚠☐☑✓✗"'(,;+/-]|-{2,}|（[一二三四五六七八九十])
    (?:
      [^\n:：|]{1,60}[:：]                     # something before a colon
      | (?![a-z])[^\n]{1,40}$                  # or a short line
      | [^\na-z]{1,72}$                        # or one without small letters
      | [\#=*_~-]                              # or one that is marked
      | (?![a-z])[^\n:：|–—-]{2,40}+           # or something before a dash
        (?:-\w[^\n:：|–—-]{1,20}+)?(?<=\s)[–—-]\s
      | [\u3400-\u9fff\u3000\x20]{2,12}\s
      | [【〖［\[][^\n\]】〗］]{1,40}[\]】〗］]
    )
    """,
    re.MULTILINE | re.VERBOSE,
)
"""The beginnings of lines at which it is worth to look."""

_DECORATION = re.compile(
    r"""
    (?P<sharp>\#{1,6}[ \t]+)
    | (?P<rule>[=*_~-]{2,})[ \t]*
    | (?P<number>
        (?:\d{1,2}(?:\.\d{1,2}){0,2}[.)、．]?|[A-HIVX]{1,4}[.)]|[（(]?[一二三四五六七八九十]{1,3}[）)、．.])
        [ \t\u3000]*
      )
    """,
    re.VERBOSE,
)
_BRACKETS = re.compile(r"[【〖［\[]\s*([^\n\[\]【】〖〗［］]{1,40}?)\s*[\]】〗］]")
_BEFORE_DASH = re.compile(r"([^\n]{1,60}?)\s+[–—-](?=\s)")
_BEFORE_BLANK = re.compile(r"([\u3400-\u9fff]{2,8}|[\u3400-\u9fff][\u3000 ]{1,4}[\u3400-\u9fff])\s")
_COLON = re.compile(r"(?<!\d):|:(?!\d)|：")
"""A colon that is not a clock's."""

_COLUMNS = re.compile(r"\t|[ \u3000]{3}|\|")
_ENDED = re.compile(r"[.;!?。；！？,，]")
_SPOKEN = re.compile(
    r"\b(?:he|she|they|we|i|has|have|had|is|are|was|were|be|following|takes|please|says|said)\b",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?:date|time|d\.?o\.?b|name|patient|pt|mrn|nhs|hospital|ward|bed|from|to|re|cc|tel|fax|"
    r"page|age|sex|gender|born|address|dear|ref|number|no|signed|dr|mr|mrs|ms|miss|prof|https?)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:RE|DEAR|DR|MR|MRS|MS|MISS|PROF|FROM|TO|CC)\b")
_FIELD_ZH = re.compile(
    "(?:姓名|性别|年龄|科室|科别|床号|住院号|病案号|日期|时间|医师|医生|签名|民族)"
)
_CHINESE = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a record, from its heading's line to the next heading or the text's end.

    Attributes:
        start: First code point of the heading's line.
        end: One past the section's last code point.
        heading_start: First code point of the title.
        heading_end: One past the title's last; number, brackets and colon belong to the line only.
        title: The title as it is read, blanks evened out.
        kind: What the title names.
        alone: Whether the line holds the heading and nothing else.
    """

    start: int
    end: int
    heading_start: int
    heading_end: int
    title: str
    kind: SectionKind
    alone: bool


@dataclass(frozen=True, slots=True)
class _Heading:
    start: int
    title_start: int
    title_end: int
    kind: SectionKind
    alone: bool


def find_sections(text: str) -> tuple[Section, ...]:
    """Return the sections of a record in order; what stands before the first belongs to none.

    A heading is: a line with a known title alone, numbered or not; a known title before a colon
    or a dash, with text behind it; an unknown short title with a colon and nothing behind it; a
    line in capitals after an empty line; a Markdown heading; a title in 【】. 'BP: 120/80' is none.
    """
    found = [
        heading
        for match in _LINE.finditer(text)
        if (heading := _heading(text, match.start())) is not None
    ]
    ends = [*(heading.start for heading in found[1:]), len(text)]
    return tuple(
        Section(
            heading.start,
            end,
            heading.title_start,
            heading.title_end,
            " ".join(text[heading.title_start : heading.title_end].split()),
            heading.kind,
            heading.alone,
        )
        for heading, end in zip(found, ends, strict=False)
    )


def _heading(text: str, start: int) -> _Heading | None:
    """Look at the line that begins at ``start``."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    # Only the line's beginning is looked at, however long the line is.
    line = text[start : min(end, start + 2 * LONGEST_HEADING)]
    whole = start + len(line) == end
    body = line.rstrip()
    at = len(body) - len(body.lstrip())
    bracketed = _BRACKETS.match(body, at)
    if bracketed is not None:
        return _bracketed(start, body, bracketed, whole=whole)
    decoration = _DECORATION.match(body, at)
    marked = numbered = False
    if decoration is not None and decoration.end() < len(body):
        numbered = decoration["number"] is not None
        # A lone sharp is a heading's in Markdown, a fracture's in a note.
        marked = not numbered and (decoration[0].strip() != "#" or not text[:start].strip())
        inner = decoration.end()
        title = _titled(text, start, body, inner, marked=marked, numbered=numbered, whole=whole)
        # 'I.' may be a number, and 'ICU' is none: what has a title as it stands needs no number.
        if title is not None or not numbered or body[at].isdigit():
            return title
    return _titled(text, start, body, at, marked=False, numbered=False, whole=whole)


def _bracketed(start: int, body: str, bracketed: re.Match[str], *, whole: bool) -> _Heading | None:
    kind = kind_of(bracketed[1].strip("*: ："))
    if body[bracketed.start()] == "[" and kind is SectionKind.UNKNOWN:
        return None
    rest = body[bracketed.end() :].strip(" \t\u3000:：")
    alone = whole and not rest
    first, last = bracketed.span(1)
    return _Heading(start, start + first, start + last, kind, alone)


def _titled(
    text: str, start: int, body: str, at: int, *, marked: bool, numbered: bool, whole: bool
) -> _Heading | None:
    """Tell whether a title begins at ``at`` in a line.

    Args:
        text: The record.
        start: Where the line begins in it.
        body: The line, or the beginning of a long one.
        at: Where the title would begin in ``body``.
        marked: Whether signs before it say that it is a heading.
        numbered: Whether a number stands before it.
        whole: Whether ``body`` is the whole line.
    """
    last = len(body.rstrip("#=*_~- \t")) if marked else len(body)
    colon = _colon(body, at)
    if 0 <= colon < last - 1 or (colon >= 0 and not whole):
        return _inline(start, body, at, colon)
    ended = colon >= 0
    first, last = at, len(body[:colon].rstrip()) if ended else last
    title = body[first:last]
    if not title or not whole:
        return None if not title else _parted(start, body, at)
    kind = kind_of(title)
    known = kind is not SectionKind.UNKNOWN
    if not (known and (ended or not title[0].islower())):
        parted = _parted(start, body, at)
        if parted is not None:
            return parted
        capitals = not numbered and _is_capitals(title) and _follows_blank(text, start)
        lead = ended and _is_lead(title)
        if not (capitals or lead or (marked and len(title) <= LONGEST_HEADING)):
            return None
    return _Heading(start, start + first, start + last, kind, alone=True)


def _colon(body: str, at: int) -> int:
    """Return where the first colon stands that may end a title, -1 for none."""
    match = _COLON.search(body, at, at + _LONGEST_TITLE + 1)
    return match.start() if match is not None else -1


def _inline(start: int, body: str, at: int, colon: int) -> _Heading | None:
    """Tell whether a known title stands before a colon with text behind it."""
    title = body[at:colon].rstrip("*_ \t")
    # '12:30' and 'http://' are no titles and cost no look-up.
    if not title or len(title.split()) > 5 or body[colon + 1 : colon + 2] == "/":
        return None
    kind = kind_of(title)
    if kind is SectionKind.UNKNOWN:
        return None
    return _Heading(start, start + at, start + at + len(title), kind, alone=False)


def _parted(start: int, body: str, at: int) -> _Heading | None:
    """Tell whether a known title stands before a dash, or a Chinese one before a blank."""
    for pattern in (_BEFORE_DASH, _BEFORE_BLANK):
        match = pattern.match(body, at)
        if match is not None and not match[1][0].islower():
            kind = kind_of(match[1])
            if kind is not SectionKind.UNKNOWN and len(match[1].split()) <= 3:
                return _Heading(start, start + match.start(1), start + match.end(1), kind, False)
    return None


def _is_lead(title: str) -> bool:
    """Tell whether an unknown title with a colon behind it, alone on its line, is a heading."""
    if not title[0].isupper() and not _CHINESE.match(title):
        return False
    if _CHINESE.match(title) and (len(title) > 12 or _FIELD_ZH.match(title)):
        return False
    return (
        3 <= len(title) <= _LONGEST_TITLE
        and len(title.split()) <= _MOST_WORDS
        and not _ENDED.search(title.replace("Dr.", ""))
        and not _COLUMNS.search(title)
        and not _SPOKEN.search(title)
        and not _FIELD.match(title)
    ) or (len(title) >= 2 and _CHINESE.match(title) is not None and not _ENDED.search(title))


def _is_capitals(title: str) -> bool:
    """Tell whether a line is written in capitals as headings are, and no sentence or row."""
    if len(title) > LONGEST_HEADING or title != title.upper() or title[-1] in ".:;,!?":
        return False
    letters = sum(map(str.isalpha, title))
    digits = sum(map(str.isdigit, title))
    return (
        letters >= _LEAST_CAPITALS
        and sum(map(str.isupper, title)) >= _LEAST_CAPITALS
        and title[0].isalpha()
        and digits * 7 <= letters
        and len(title.split()) <= _MOST_WORDS + 2
        and ". " not in title
        and ":" not in title
        and not _COLUMNS.search(title)
        and not _NAME.match(title)
    )


def _follows_blank(text: str, start: int) -> bool:
    """Tell whether the line before is empty, or none is there."""
    if start == 0:
        return True
    before = text.rfind("\n", 0, start - 1) + 1
    return not text[before : start - 1].strip()
