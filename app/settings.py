"""What the user can set: each setting with its words, its default and its possible values."""

from __future__ import annotations

from dataclasses import dataclass

from app.design.tokens import LINE_HEIGHT, MEASURE, Scheme
from app.texts import QT_TRANSLATE_NOOP
from core.schema.learning import Strategy


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting with a few possible values.

    Attributes:
        key: In the file of settings.
        title: Shown; to be translated in the context ``Preferences``.
        description: One sentence, to be translated likewise.
        default: Its value before the user chooses.
        choices: Each value with its title.
    """

    key: str
    title: str
    description: str
    default: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A setting that is a whole number from ``least`` to ``most``."""

    key: str
    title: str
    description: str
    default: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Switch:
    """A setting that is on or off."""

    key: str
    title: str
    description: str
    default: bool


@dataclass(frozen=True, slots=True)
class Folder:
    """A setting that is a folder on this machine, or a name; empty by default."""

    key: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Face:
    """A setting that is a face of type: a name of ``app.design.fonts.FACES``, or a family."""

    key: str
    title: str
    description: str


SCHEME = Choice(
    "look/scheme",
    QT_TRANSLATE_NOOP("Preferences", "Colours"),
    QT_TRANSLATE_NOOP("Preferences", "Light, dark, high contrast, or as the desktop is."),
    Scheme.SYSTEM,
    (
        (Scheme.SYSTEM, QT_TRANSLATE_NOOP("Preferences", "As the desktop")),
        (Scheme.LIGHT, QT_TRANSLATE_NOOP("Preferences", "Light")),
        (Scheme.DARK, QT_TRANSLATE_NOOP("Preferences", "Dark")),
        (Scheme.CONTRAST, QT_TRANSLATE_NOOP("Preferences", "High contrast")),
    ),
)
LANGUAGE = Choice(
    "look/language",
    QT_TRANSLATE_NOOP("Preferences", "Language"),
    QT_TRANSLATE_NOOP("Preferences", "Of the window; records stay as they are."),
    "system",
    (
        ("system", QT_TRANSLATE_NOOP("Preferences", "As the system")),
        # Each in itself, so that who reads only that one finds it.
        ("en", "English"),
        ("zh_CN", "简体中文"),
    ),
)
SCALE = Choice(
    "look/scale",
    QT_TRANSLATE_NOOP("Preferences", "Size of everything"),
    QT_TRANSLATE_NOOP("Preferences", "Text, controls and distances together."),
    "100",
    (
        ("80", QT_TRANSLATE_NOOP("Preferences", "80 %")),
        ("90", QT_TRANSLATE_NOOP("Preferences", "90 %")),
        ("100", QT_TRANSLATE_NOOP("Preferences", "100 %")),
        ("110", QT_TRANSLATE_NOOP("Preferences", "110 %")),
        ("125", QT_TRANSLATE_NOOP("Preferences", "125 %")),
        ("150", QT_TRANSLATE_NOOP("Preferences", "150 %")),
        ("175", QT_TRANSLATE_NOOP("Preferences", "175 %")),
        ("200", QT_TRANSLATE_NOOP("Preferences", "200 %")),
    ),
)
RECORD_FACE = Face(
    "look/record_face",
    QT_TRANSLATE_NOOP("Preferences", "Face of the record's text"),
    QT_TRANSLATE_NOOP(
        "Preferences", "Atkinson Hyperlegible tells l, I and 1, and O and 0, well apart."
    ),
)
LINE_WIDTH = Number(
    "look/line_width",
    QT_TRANSLATE_NOOP("Preferences", "Length of the record's lines"),
    QT_TRANSLATE_NOOP("Preferences", "At most so many letters, where the window is wide enough."),
    MEASURE,
    60,
    100,
)
LEADING = Number(
    "look/leading",
    QT_TRANSLATE_NOOP("Preferences", "Distance of the record's lines"),
    QT_TRANSLATE_NOOP("Preferences", "In percent of the text's size."),
    round(LINE_HEIGHT * 100),
    130,
    180,
)
TEXT_SIZE = Number(
    "look/text_size",
    QT_TRANSLATE_NOOP("Preferences", "Size of the record's text"),
    QT_TRANSLATE_NOOP("Preferences", "In pixels; the controls keep their size."),
    17,
    11,
    40,
)
STRATEGY = Choice(
    "queue/strategy",
    QT_TRANSLATE_NOOP("Preferences", "Order of the queue"),
    QT_TRANSLATE_NOOP("Preferences", "Which unread records come first once a model has read them."),
    Strategy.MNLP,
    (
        (Strategy.MNLP, QT_TRANSLATE_NOOP("Preferences", "Most to learn, long records evened out")),
        (Strategy.LEAST_CONFIDENCE, QT_TRANSLATE_NOOP("Preferences", "Least confident")),
        (Strategy.MARGIN, QT_TRANSLATE_NOOP("Preferences", "Closest decision")),
        (Strategy.ENTROPY, QT_TRANSLATE_NOOP("Preferences", "Most undecided")),
        (Strategy.RANDOM, QT_TRANSLATE_NOOP("Preferences", "Random")),
    ),
)
REOPEN = Switch(
    "start/reopen",
    QT_TRANSLATE_NOOP("Preferences", "Open the last project at start"),
    QT_TRANSLATE_NOOP("Preferences", "An encrypted one asks for its passphrase first."),
    True,
)
DEVICE = Choice(
    "training/device",
    QT_TRANSLATE_NOOP("Preferences", "Train on"),
    QT_TRANSLATE_NOOP("Preferences", "The fastest device is found by itself."),
    "auto",
    (
        ("auto", QT_TRANSLATE_NOOP("Preferences", "The fastest device")),
        ("cpu", QT_TRANSLATE_NOOP("Preferences", "Processor (CPU)")),
        ("cuda", QT_TRANSLATE_NOOP("Preferences", "NVIDIA or AMD graphics (CUDA, ROCm)")),
        ("mps", QT_TRANSLATE_NOOP("Preferences", "Apple graphics (MPS)")),
        ("xpu", QT_TRANSLATE_NOOP("Preferences", "Intel graphics (XPU)")),
    ),
)
BACKBONE = Folder(
    "training/backbone",
    QT_TRANSLATE_NOOP("Preferences", "Backbone"),
    QT_TRANSLATE_NOOP(
        "Preferences",
        "Folder of a Hugging Face encoder to train from; empty for the one that comes with "
        "Chartmark.",
    ),
)
WINDOW = Choice(
    "training/window",
    QT_TRANSLATE_NOOP("Preferences", "Length of the windows"),
    QT_TRANSLATE_NOOP(
        "Preferences",
        "Sub-tokens that the model reads at once. Long windows need more memory.",
    ),
    "recipe",
    (
        ("recipe", QT_TRANSLATE_NOOP("Preferences", "As the recipe has it")),
        ("64", "64"),
        ("128", "128"),
        ("256", "256"),
        ("512", "512"),
    ),
)
SEED = Number(
    "training/seed",
    QT_TRANSLATE_NOOP("Preferences", "Seed"),
    QT_TRANSLATE_NOOP("Preferences", "The same seed on the same records gives the same model."),
    13,
    0,
    2**31 - 1,
)
NETWORK = Switch(
    "training/network",
    QT_TRANSLATE_NOOP("Preferences", "Fetch a backbone by its name"),
    QT_TRANSLATE_NOOP(
        "Preferences",
        "Lets a backbone that is no folder be downloaded from Hugging Face. No record leaves "
        "this machine.",
    ),
    False,
)
LEAST_SURE = Number(
    "suggestions/least_sure",
    QT_TRANSLATE_NOOP("Preferences", "Show suggestions from"),
    QT_TRANSLATE_NOOP("Preferences", "Less confident ones, in per cent, are hidden."),
    0,
    0,
    100,
)
ACCEPT_FROM = Number(
    "suggestions/accept_from",
    QT_TRANSLATE_NOOP("Preferences", "Accept visible suggestions from"),
    QT_TRANSLATE_NOOP("Preferences", "The confidence, in per cent, that was asked for last."),
    80,
    50,
    100,
)

PACE = Switch(
    "pace/shown",
    QT_TRANSLATE_NOOP("Preferences", "Pace"),
    QT_TRANSLATE_NOOP("Preferences", "Records and labels an hour, under the queue."),
    True,
)
GOAL = Number(
    "pace/goal",
    QT_TRANSLATE_NOOP("Preferences", "Goal"),
    QT_TRANSLATE_NOOP("Preferences", "Records to be done; 0 for no goal."),
    0,
    0,
    9999,
)
GOAL_DAILY = Switch(
    "pace/goal_daily",
    QT_TRANSLATE_NOOP("Preferences", "The goal is for the day"),
    QT_TRANSLATE_NOOP("Preferences", "Otherwise it is for one session."),
    True,
)

Setting = Choice | Number | Switch | Folder | Face

OFFERED: tuple[Setting, ...] = (
    SCHEME,
    LANGUAGE,
    SCALE,
    TEXT_SIZE,
    RECORD_FACE,
    LINE_WIDTH,
    LEADING,
    STRATEGY,
    REOPEN,
    DEVICE,
    BACKBONE,
    WINDOW,
    SEED,
    NETWORK,
)
"""The settings of the window that the settings dialog offers, in its order."""
