"""What the three-minute tour teaches: its lessons, in order, each with the act that ends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.texts import QT_TRANSLATE_NOOP

CONTEXT = "Lessons"
"""Translation context of the texts below."""


class Act(Enum):
    """What the user does that ends a lesson by itself; ``READ`` is ended by Next alone."""

    READ = "read"
    LABEL = "label"
    ATTRIBUTE = "attribute"
    UNDO = "undo"
    FINISH = "finish"
    RETRAIN = "retrain"


class Target(Enum):
    """The part of the window that a lesson is about."""

    NONE = "none"
    QUEUE = "queue"
    TEXT = "text"
    PALETTE = "palette"
    DONE = "done"
    RETRAIN = "retrain"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One card of the tour.

    Attributes:
        title: A few words; to be translated in ``CONTEXT``.
        text: What to do and why, two or three sentences; ``{key}`` stands for the key in force.
        target: What is ringed meanwhile.
        act: What ends it.
        command: The command whose key ``{key}`` is; empty for none.
    """

    title: str
    text: str
    target: Target = Target.NONE
    act: Act = Act.READ
    command: str = ""


LESSONS = (
    Lesson(
        QT_TRANSLATE_NOOP("Lessons", "The queue"),
        QT_TRANSLATE_NOOP(
            "Lessons",
            "Records wait here. Once a model has read them, the one that teaches it most stands "
            "on top. Ticks show what is done. {key} opens the next one.",
        ),
        Target.QUEUE,
        command="record.next",
    ),
    Lesson(
        QT_TRANSLATE_NOOP("Lessons", "Label a diagnosis"),
        QT_TRANSLATE_NOOP(
            "Lessons",
            "Drag over a few words of the record: the selection keeps to whole words. Then press "
            "1, 2 or 3. With keys alone: the arrows go by word, with Shift they select.",
        ),
        Target.TEXT,
        Act.LABEL,
    ),
    Lesson(
        QT_TRANSLATE_NOOP("Lessons", "Say how it is meant"),
        QT_TRANSLATE_NOOP(
            "Lessons",
            "The label is still selected. Press {key} if the record denies it. The letters beside "
            "the attributes do the others: historical, family, uncertain, conditional.",
        ),
        Target.PALETTE,
        Act.ATTRIBUTE,
        command="attribute.negated",
    ),
    Lesson(
        QT_TRANSLATE_NOOP("Lessons", "Nothing is lost"),
        QT_TRANSLATE_NOOP(
            "Lessons",
            "Each act was on disk before you saw it. {key} takes back the last one, and the one "
            "before it, as far as you like. Try it.",
        ),
        Target.TEXT,
        Act.UNDO,
        command="edit.undo",
    ),
    Lesson(
        QT_TRANSLATE_NOOP("Lessons", "Done and next"),
        QT_TRANSLATE_NOOP(
            "Lessons",
            "When a record is read to its end, press {key}. Only records that are done teach the "
            "model: what you left unlabelled in them counts as no entity.",
        ),
        Target.DONE,
        Act.FINISH,
        command="record.done",
    ),
    Lesson(
        QT_TRANSLATE_NOOP("Lessons", "Retrain"),
        QT_TRANSLATE_NOOP(
            "Lessons",
            "One click, or {key}. The model learns on this machine while you go on labelling; "
            "nothing leaves it. Half of the sample's records are labelled for you.",
        ),
        Target.RETRAIN,
        Act.RETRAIN,
        command="model.retrain",
    ),
    Lesson(
        QT_TRANSLATE_NOOP("Lessons", "Watch it learn"),
        QT_TRANSLATE_NOOP(
            "Lessons",
            "The strip shows progress and F1, and opens into charts for every label. When it is "
            "done, the model marks the unread records with dashed suggestions.",
        ),
        Target.TRAINING,
    ),
    Lesson(
        QT_TRANSLATE_NOOP("Lessons", "Judge, do not type"),
        QT_TRANSLATE_NOOP(
            "Lessons",
            "{key} goes to the next suggestion; Enter accepts it, X turns it down, and a label's "
            "key corrects it. Each answer helps the next model.",
        ),
        Target.TEXT,
        command="suggestion.next",
    ),
    Lesson(
        QT_TRANSLATE_NOOP("Lessons", "All the rest"),
        QT_TRANSLATE_NOOP(
            "Lessons",
            "{key} lists everything that can be done: type a few letters. The question mark shows "
            "all keys. Make your own project whenever you like; this one stays to play with.",
        ),
        command="help.commands",
    ),
)
"""The tour, about three minutes long."""
