"""How files are read and where their records go: encoding, columns, part of the data, faults."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.design.number_box import number_box
from app.design.tokens import SPACE_M, SPACE_S, SPACE_XS
from app.dialogs.dialog import text_label
from app.texts import without_mnemonic
from core.formats.values import ReadOptions
from core.operations.importing import OnFault
from core.schema.documents import Split

_ENCODINGS = (
    "utf-8",
    "utf-16",
    "cp1252",
    "iso-8859-1",
    "iso-8859-15",
    "cp1250",
    "iso-8859-2",
    "cp1251",
    "koi8-r",
    "gb18030",
    "big5",
    "shift_jis",
    "euc-kr",
)
"""Encodings that medical software is known to write, by Python's names."""

SplitChoice = Split | Literal["auto"] | None

_MOST_COLUMNS = 30
_MOST_SENTENCES = 1000


class OptionsForm(QWidget):
    """Shows the options that count for the format at hand."""

    changed = Signal()
    """How files are read has changed, and with it their preview."""

    def __init__(self) -> None:
        """Show the options that every format has."""
        super().__init__()
        self._columns: tuple[str, ...] = ()
        self._labels: dict[str, QLabel] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_M)
        self._grid.setVerticalSpacing(SPACE_S)
        self._grid.setColumnStretch(1, 1)
        self.encoding = QComboBox()
        self.encoding.addItem(self.tr("Detect"), None)
        for name in _ENCODINGS:
            self.encoding.addItem(name, name)
        self._add_row("encoding", self.tr("&Encoding"), self.encoding)
        captions = {
            "text_column": self.tr("Column of the &text"),
            "id_column": self.tr("Column of the record's &name"),
            "patient_column": self.tr("Column of the &patient"),
        }
        self.columns = {name: QComboBox() for name in captions}
        for name, caption in captions.items():
            self._add_row(name, caption, self.columns[name])
        captions = {
            "word_column": self.tr("Column of the &words"),
            "tag_column": self.tr("Column of the &tags"),
        }
        self.numbers = {name: number_box(0, _MOST_COLUMNS, 0) for name in captions}
        for name, caption in captions.items():
            number = self.numbers[name]
            number.setSpecialValueText(self.tr("As recognised"))
            number.valueChanged.connect(self.changed)
            self._add_row(name, caption, number)
        self.group = number_box(1, _MOST_SENTENCES, 1)
        self._add_row("group", self.tr("&Sentences in a record"), self.group)
        self.split = QComboBox()
        self.sentence = text_label("", "small")
        self._fill_split()
        self._add_row("split", self.tr("Part of the &data"), self.split)
        self._grid.addWidget(self.sentence, self._grid.rowCount(), 1)
        self.skip = QRadioButton(self.tr("Leave out what cannot be read"))
        self.rollback = QRadioButton(self.tr("Import all or nothing"))
        self.skip.setChecked(True)
        faults = QButtonGroup(self)
        faults.addButton(self.skip)
        faults.addButton(self.rollback)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addLayout(self._grid)
        column.addSpacing(SPACE_XS)
        column.addWidget(self.skip)
        column.addWidget(self.rollback)
        for box in (self.encoding, *self.columns.values()):
            box.activated.connect(self.changed)
        self.group.valueChanged.connect(self.changed)
        self.split.currentIndexChanged.connect(self._show_sentence)
        self._show_sentence()
        self.set_format("", ())

    def options(self) -> ReadOptions:
        """Return how files are read."""
        chosen = {
            name: box.currentData() for name, box in self.columns.items() if not box.isHidden()
        }
        return ReadOptions(
            encoding=self.encoding.currentData(),
            text_column=chosen.get("text_column"),
            id_column=chosen.get("id_column"),
            patient_column=chosen.get("patient_column"),
            word_column=self._number("word_column"),
            tag_column=self._number("tag_column"),
            group=self.group.value(),
        )

    def split_choice(self) -> SplitChoice:
        """Return the part of the data that new records go to."""
        data = self.split.currentData()
        return None if data is None else "auto" if data == "auto" else Split(data)

    def on_fault(self) -> OnFault:
        """Return what a fault does."""
        return "rollback" if self.rollback.isChecked() else "skip"

    def set_format(self, format: str, columns: Sequence[str]) -> None:
        """Offer what counts for a format.

        Args:
            format: Its name; empty while it is not known.
            columns: Of the file at hand, where its format has columns.
        """
        table, words = format in {"csv", "tsv"}, format == "conll"
        for name, box in self.columns.items():
            self._show_row(name, box, table)
        for name, number in (*self.numbers.items(), ("group", self.group)):
            self._show_row(name, number, words)
        if tuple(columns) == self._columns:
            return
        self._columns = tuple(columns)
        for name, box in self.columns.items():
            before = box.currentData()
            box.clear()
            nothing = self.tr("None") if name == "patient_column" else self.tr("As recognised")
            box.addItem(nothing, None)
            for column in columns:
                box.addItem(column, column)
            box.setCurrentIndex(max(0, box.findData(before)))

    def _number(self, name: str) -> int | None:
        """Return a column from 0, shown from 1; None where it is to be recognised."""
        number = self.numbers[name]
        return number.value() - 1 if number.value() and not number.isHidden() else None

    def _add_row(self, name: str, caption: str, control: QWidget) -> None:
        label = QLabel(caption)
        label.setBuddy(control)
        control.setAccessibleName(without_mnemonic(caption))
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(control, row, 1)
        self._labels[name] = label

    def _show_row(self, name: str, control: QWidget, shown: bool) -> None:
        self._labels[name].setVisible(shown)
        control.setVisible(shown)

    def _fill_split(self) -> None:
        for data, text, sentence in (
            (None, self.tr("As the files say"), self.tr("Records keep the part their file names.")),
            (
                "auto",
                self.tr("Automatic"),
                self.tr("70 % train, 15 % dev, 15 % test; the records of a patient stay together."),
            ),
            (Split.TRAIN.value, self.tr("Train"), self.tr("The model learns from these records.")),
            (
                Split.DEV.value,
                self.tr("Dev"),
                self.tr("Watches a training, and chooses the best moment to stop."),
            ),
            (
                Split.TEST.value,
                self.tr("Test"),
                self.tr("Kept away from training, for an honest score at the end."),
            ),
        ):
            self.split.addItem(text, data)
            self.split.setItemData(self.split.count() - 1, sentence, _SENTENCE_ROLE)

    def _show_sentence(self) -> None:
        sentence = str(self.split.currentData(_SENTENCE_ROLE))
        self.sentence.setText(sentence)
        self.split.setAccessibleDescription(sentence)


_SENTENCE_ROLE = 0x0101
"""One past Qt's UserRole, which holds the value itself."""
