"""The design tokens: every distance, size and colour that the window, the text and charts use."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

SPACE_XS = 4
SPACE_S = 8
SPACE_M = 12
SPACE_L = 16
SPACE_XL = 24
"""Distances in device-independent pixels; nothing stands at any other."""

RADIUS = 6
"""Corners of controls and marks, in pixels."""

TYPE_SMALL = 12
TYPE_BODY = 13
TYPE_LEAD = 15
TYPE_TITLE = 20
"""Sizes of type in pixels."""

LINE_HEIGHT = 1.5
"""Leading of the record's text, in its type size."""

MEASURE = 76
"""Characters in a line of the record where the window is wide enough."""

CONTROL_HEIGHT = 28
"""Height of buttons and fields, in pixels."""

MOTION_MS = 120
"""Length of a movement that explains a change."""

CONTRAST = 4.5
"""Least ratio between text and its ground (WCAG 2.2, criterion 1.4.3)."""


class Scheme(StrEnum):
    """Which ground the window stands on; ``system`` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Ground:
    """The colours of one scheme, each ``#RRGGBB``.

    Attributes:
        name: The scheme.
        dark: Whether light text stands on a dark ground.
        canvas: Under the record and in fields.
        chrome: Under docks, bars and dialogs.
        raised: Under menus, tooltips and buttons.
        hover: Under what the pointer is on.
        selected: Under what is chosen.
        line: Hairlines between parts.
        outline: Borders of controls, at least 3 to 1 against canvas and chrome.
        text: Text that is read.
        quiet: Text that stands back, still at least 4.5 to 1 on every ground.
        accent: The one accent: primary buttons, focus, progress.
        accent_hover: The accent under the pointer.
        on_accent: Text on the accent.
        good: Text of success.
        warning: Text of a warning.
        danger: Text of a failure.
        good_ground: Under a word of success.
        warning_ground: Under a warning.
        danger_ground: Under a failure.
        selection: Under selected text of the record.
        found: Under a hit of a search in the record.
        found_current: Under the hit at which the search stands.
    """

    name: Scheme
    dark: bool
    canvas: str
    chrome: str
    raised: str
    hover: str
    selected: str
    line: str
    outline: str
    text: str
    quiet: str
    accent: str
    accent_hover: str
    on_accent: str
    good: str
    warning: str
    danger: str
    good_ground: str
    warning_ground: str
    danger_ground: str
    selection: str
    found: str
    found_current: str


LIGHT = Ground(
    name=Scheme.LIGHT,
    dark=False,
    canvas="#FFFFFF",
    chrome="#F5F6F7",
    raised="#FFFFFF",
    hover="#E9ECEE",
    selected="#DCECEC",
    line="#DFE3E6",
    outline="#868E96",
    text="#1C2126",
    quiet="#545D66",
    accent="#0B6B6B",
    accent_hover="#095757",
    on_accent="#FFFFFF",
    good="#1D6B35",
    warning="#7A4B00",
    danger="#A3262A",
    good_ground="#E3F3E7",
    warning_ground="#FCF1DC",
    danger_ground="#FBE6E6",
    selection="#C6E2E1",
    found="#FFE9A8",
    found_current="#FFC94D",
)

DARK = Ground(
    name=Scheme.DARK,
    dark=True,
    canvas="#16191C",
    chrome="#1E2226",
    raised="#272C31",
    hover="#2C3238",
    selected="#1F3D3D",
    line="#32383E",
    outline="#7B858E",
    text="#E4E7EA",
    quiet="#A7B0B8",
    accent="#5CBDB5",
    accent_hover="#76CDC6",
    on_accent="#07201F",
    good="#7CCB93",
    warning="#E5B567",
    danger="#F2908F",
    good_ground="#1D3325",
    warning_ground="#3A2E17",
    danger_ground="#412324",
    selection="#27504E",
    found="#5A4A14",
    found_current="#7E6414",
)

HIGH_CONTRAST = Ground(
    name=Scheme.CONTRAST,
    dark=True,
    canvas="#000000",
    chrome="#000000",
    raised="#0D0D0D",
    hover="#2B2B2B",
    selected="#003B46",
    line="#8C8C8C",
    outline="#FFFFFF",
    text="#FFFFFF",
    quiet="#E0E0E0",
    accent="#6FE3FF",
    accent_hover="#A6EEFF",
    on_accent="#000000",
    good="#8CFFA8",
    warning="#FFD76B",
    danger="#FFB0AE",
    good_ground="#00260C",
    warning_ground="#2B2000",
    danger_ground="#330808",
    selection="#00505E",
    found="#4A3B00",
    found_current="#6E5800",
)

GROUNDS = {ground.name: ground for ground in (LIGHT, DARK, HIGH_CONTRAST)}
"""The grounds by scheme; ``Scheme.SYSTEM`` is none of its own."""

TEXT_PAIRS = (
    *(
        (ink, under)
        for ink in ("text", "quiet")
        for under in ("canvas", "chrome", "raised", "hover", "selected")
    ),
    ("text", "selection"),
    ("text", "found"),
    ("text", "found_current"),
    ("text", "good_ground"),
    ("text", "warning_ground"),
    ("text", "danger_ground"),
    ("accent", "canvas"),
    ("accent", "chrome"),
    ("accent", "raised"),
    ("accent", "selected"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("good", "canvas"),
    ("good", "chrome"),
    ("good", "good_ground"),
    ("warning", "canvas"),
    ("warning", "chrome"),
    ("warning", "warning_ground"),
    ("danger", "canvas"),
    ("danger", "chrome"),
    ("danger", "raised"),
    ("danger", "danger_ground"),
)
"""Which colours stand as text on which; each pair keeps ``CONTRAST`` on every ground."""


def colours(ground: Ground) -> dict[str, str]:
    """Return a ground's colours by their names."""
    return {
        field.name: getattr(ground, field.name)
        for field in fields(ground)
        if field.name not in {"name", "dark"}
    }


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue (0 to 255) of ``#RRGGBB``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """Return ``colour`` with ``share`` (0 to 1) of ``other`` mixed in."""
    mixed = (
        round(a + (b - a) * share) for a, b in zip(channels(colour), channels(other), strict=True)
    )
    return "#{:02X}{:02X}{:02X}".format(*mixed)


def legible(colour: str, ground: str, ratio: float = CONTRAST) -> str:
    """Return ``colour``, darkened or lightened just enough to be read on ``ground``.

    A label's colour is the user's; the small names set in it must be legible all the same.
    """
    towards = "#000000" if _luminance(ground) > 0.18 else "#FFFFFF"
    for step in range(21):
        tried = mix(colour, towards, step / 20)
        if contrast(tried, ground) >= ratio:
            return tried
    return towards


def _luminance(colour: str) -> float:
    linear = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in channels(colour))
    )
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
