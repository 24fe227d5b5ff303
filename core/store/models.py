"""The tables as SQLAlchemy 2 typed models; the migrations create the same ones."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from sqlalchemy import (
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import JSON


class Base(DeclarativeBase):
    """Base of all tables. Times are UTC in ISO 8601, so that they sort as text."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: JSON, list[Any]: JSON}


class SettingRow(Base):
    """A fact about the project: its guideline, say."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class LabelRow(Base):
    """A label of the scheme; one that was merged keeps its row, for what the audit says of it."""

    __tablename__ = "label"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="label_is_named"),
        CheckConstraint(f"colour GLOB '#{'[0-9A-Fa-f]' * 6}'", name="label_colour"),
        CheckConstraint("length(hotkey) <= 1", name="label_hotkey"),
        Index("label_name", "name", unique=True, sqlite_where=text("merged_into IS NULL")),
        Index("label_hotkey", "hotkey", unique=True, sqlite_where=text("hotkey <> ''")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    colour: Mapped[str]
    hotkey: Mapped[str]
    description: Mapped[str]
    guideline: Mapped[str]
    position: Mapped[int]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("label.id"))


class FormerNameRow(Base):
    """A name that a label had before it was renamed or merged."""

    __tablename__ = "label_former_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    label_id: Mapped[int] = mapped_column(ForeignKey("label.id"))


class AttributeDefinitionRow(Base):
    """An attribute that the project defines; the digest is of the look-up list of a code."""

    __tablename__ = "attribute_definition"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="attribute_is_named"),
        CheckConstraint("kind IN ('flag', 'choice', 'text', 'code')", name="attribute_kind"),
        CheckConstraint("code_count >= 0", name="attribute_code_count"),
        # A key that the audit speaks of must never come again.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    choices: Mapped[list[Any]]
    label_ids: Mapped[list[Any]]
    description: Mapped[str]
    code_count: Mapped[int]
    code_source: Mapped[str]
    code_digest: Mapped[str]


class CodeRow(Base):
    """An entry of a look-up list; ``code_search`` finds parts of it by trigrams."""

    __tablename__ = "code"
    __table_args__ = (
        Index("code_of_attribute", "attribute_id", "code"),
        Index("term_of_attribute", "attribute_id", "term"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attribute_id: Mapped[int] = mapped_column(ForeignKey("attribute_definition.id"))
    # Looked up by how they begin, whatever the case.
    code: Mapped[str] = mapped_column(String(collation="NOCASE"))
    term: Mapped[str] = mapped_column(String(collation="NOCASE"))


class DocumentRow(Base):
    """A record; ``identity`` (a hash of source, key and text) keeps it from coming twice."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("length >= 0", name="document_length"),
        CheckConstraint("split IN ('train', 'dev', 'test')", name="document_split"),
        Index("document_patient", "patient_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    length: Mapped[int]
    patient_id: Mapped[str]
    split: Mapped[str | None]
    source: Mapped[str]
    key: Mapped[str]
    hidden: Mapped[bool] = mapped_column(default=False)
    # Long values stand last, so that listing documents reads past none of them.
    meta: Mapped[dict[str, Any]]
    tokens: Mapped[list[Any] | None]
    text: Mapped[str]


class SpanRow(Base):
    """A labelled stretch; deleting hides it, so that undo brings back the same key."""

    __tablename__ = "span"
    __table_args__ = (
        CheckConstraint("0 <= start AND start < end", name="span_ordered"),
        CheckConstraint(
            "origin IN ('manual', 'imported', 'suggested', 'propagated', 'dictionary')",
            name="span_origin",
        ),
        Index(
            "span_once",
            "document_id",
            "start",
            "end",
            "label_id",
            "pieces",
            unique=True,
            sqlite_where=text("hidden = 0"),
        ),
        Index("span_of_label", "label_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    label_id: Mapped[int] = mapped_column(ForeignKey("label.id"))
    start: Mapped[int]
    end: Mapped[int]
    attributes: Mapped[list[Any]]
    pieces: Mapped[list[Any]]
    origin: Mapped[str]
    hidden: Mapped[bool] = mapped_column(default=False)


class ReviewRow(Base):
    """How far the work on a document has come, and the seconds it took."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint(
            "status IN ('todo', 'in_progress', 'done', 'flagged')", name="review_status"
        ),
        CheckConstraint("seconds >= 0", name="review_seconds"),
        Index("review_by_status", "status", "document_id"),
    )

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    annotator: Mapped[str]
    status: Mapped[str]
    seconds: Mapped[float] = mapped_column(Float, default=0.0)


class RunRow(Base):
    """One training."""

    __tablename__ = "run"
    __table_args__ = (
        CheckConstraint(
            "status IN ('running', 'finished', 'stopped', 'cancelled', 'failed', 'interrupted')",
            name="run_status",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    recipe: Mapped[dict[str, Any]]
    backbone: Mapped[str]
    snapshot_event: Mapped[int]
    folder: Mapped[str]
    device: Mapped[str]
    started: Mapped[str]
    finished: Mapped[str | None]
    message: Mapped[str]
    start_model_id: Mapped[int | None]
    teacher_model_id: Mapped[int | None]


class MetricRow(Base):
    """Something a run reported, in the order in which it did."""

    __tablename__ = "metric"
    __table_args__ = (Index("metric_of_run", "run_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    at: Mapped[str]
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]


class ModelVersionRow(Base):
    """A trained model that is kept; ``current`` is true for at most one and null for the rest."""

    __tablename__ = "model_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    name: Mapped[str] = mapped_column(unique=True)
    folder: Mapped[str] = mapped_column(unique=True)
    created: Mapped[str]
    report: Mapped[dict[str, Any]]
    current: Mapped[bool | None] = mapped_column(unique=True)


class TermListRow(Base):
    """Terms or patterns that a label is suggested for; deleting hides it, as the audit needs it.

    ``later`` says that records imported later are looked through too. The digest is of the terms.
    """

    __tablename__ = "term_list"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="term_list_is_named"),
        CheckConstraint("kind IN ('terms', 'patterns')", name="term_list_kind"),
        CheckConstraint("term_count >= 0", name="term_list_count"),
        Index("term_list_name", "name", unique=True, sqlite_where=text("hidden = 0")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    label_id: Mapped[int] = mapped_column(ForeignKey("label.id"))
    kind: Mapped[str]
    whole_words: Mapped[bool]
    match_case: Mapped[bool]
    enabled: Mapped[bool]
    later: Mapped[bool]
    hidden: Mapped[bool] = mapped_column(default=False)
    term_count: Mapped[int]
    term_digest: Mapped[str]
    terms: Mapped[list[Any]]


class SuggestionRow(Base):
    """A span that a model version predicted, or that a term list found."""

    __tablename__ = "suggestion"
    __table_args__ = (
        UniqueConstraint(
            "model_version_id",
            "document_id",
            "start",
            "end",
            "label_id",
            name="suggestion_once",
        ),
        UniqueConstraint(
            "term_list_id",
            "document_id",
            "start",
            "end",
            "label_id",
            name="suggestion_once_of_a_list",
        ),
        CheckConstraint(
            "(model_version_id IS NULL) <> (term_list_id IS NULL)", name="suggestion_source"
        ),
        CheckConstraint("0 <= start AND start < end", name="suggestion_ordered"),
        CheckConstraint("0 <= score AND score <= 1", name="suggestion_score"),
        CheckConstraint(
            "status IN ('open', 'accepted', 'rejected', 'corrected')", name="suggestion_status"
        ),
        Index("suggestion_of_document", "document_id", "model_version_id", "status"),
        Index("suggestion_of_label", "label_id"),
        # A key that an undo stack or the audit speaks of must never come again.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    model_version_id: Mapped[int | None] = mapped_column(ForeignKey("model_version.id"))
    term_list_id: Mapped[int | None] = mapped_column(ForeignKey("term_list.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    label_id: Mapped[int] = mapped_column(ForeignKey("label.id"))
    start: Mapped[int]
    end: Mapped[int]
    score: Mapped[float] = mapped_column(Float)
    status: Mapped[str]
    span_id: Mapped[int | None] = mapped_column(ForeignKey("span.id"))


class UncertaintyRow(Base):
    """How instructive a document is by each query strategy, as a model version sees it."""

    __tablename__ = "uncertainty"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    strategy: Mapped[str] = mapped_column(primary_key=True)
    model_version_id: Mapped[int] = mapped_column(ForeignKey("model_version.id"))
    score: Mapped[float] = mapped_column(Float)


class AuditEventRow(Base):
    """One edit: who, when, what, before and after, chained by hashes; never changed."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    annotator: Mapped[str]
    kind: Mapped[str]
    payload: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]


class ReportRow(Base):
    """An import report as it was shown."""

    __tablename__ = "import_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    payload: Mapped[dict[str, Any]]


def table_of(row: type[Base]) -> Table:
    """Return a row class's table, for queries that take plain columns."""
    return cast("Table", row.__table__)
