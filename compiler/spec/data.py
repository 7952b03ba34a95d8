"""What the model learns from, and the contract that the data keeps."""

from typing import Annotated, Any, Literal, Required, TypedDict

from compiler.spec.markers import Envelope
from compiler.spec.words import (
    AnyNumber,
    Duration,
    Fraction,
    Identifier,
    Line,
    Name,
    NonNegative,
    Positive,
    SecretReference,
    Uri,
    Value,
)


class Column(TypedDict, total=False):
    """What one column must hold."""

    type: Required[Literal["string", "category", "bool", "int8", "int16", "int32", "int64", "float32", "float64",
                           "date", "timestamp"]]
    """Type of the values."""
    nullable: bool
    """Whether a value may be missing; true unless said."""
    unique: bool
    """Whether no value may repeat."""
    minimum: AnyNumber
    """Smallest value, included."""
    maximum: AnyNumber
    """Largest value, included."""
    allowed: list[Value]
    """The only values."""
    protected: bool
    """A protected attribute: fairness is measured on it, and it is not a feature."""
    description: Line
    """What the column means."""


# `assert` is a word of Python, so this one type is written as a call.
Rule = TypedDict("Rule", {"name": Required[Name], "assert": Required[Line]}, total=False)
Rule.__doc__ = "A business rule between columns of one row: `assert: settled_at >= booked_at`."


class Contract(TypedDict, total=False):
    """What the data must satisfy before training, and the baseline for drift."""

    columns: Required[dict[Identifier, Column]]
    """Columns by name."""
    rules: list[Rule]
    """Business rules between columns."""
    freshness: Duration
    """How old the newest data may be."""
    minimum_rows: NonNegative
    """Fewer rows than this are refused."""
    on_violation: Literal["reject", "quarantine"]
    """Stop the pipeline, or set the offending rows aside and go on."""
    maximum_quarantined: Fraction
    """Share of rows that may be quarantined before the pipeline stops."""


class Encryption(TypedDict, total=False):
    """How a source is encrypted."""

    at_rest: Literal["customer-managed", "provider-managed", "none"]
    """Who holds the key of the stored data."""
    in_transit: bool
    """Whether the source is only read over TLS."""


class Source(TypedDict, total=False):
    """One data set."""

    name: Required[Name]
    """Name of the data set in this spec."""
    uri: Required[Uri]
    """Where production reads it."""
    layer: Literal["raw", "curated", "production"]
    """Layer of the lake (medallion architecture)."""
    format: Literal["parquet", "csv", "json", "arff", "delta", "iceberg"]
    """File format."""
    classification: Literal["public", "internal", "pii", "phi"]
    """Sensitivity of the data; policies follow it."""
    owner: Name
    """Team that answers for the data."""
    encryption: Encryption
    """How it is encrypted."""
    retention: Duration
    """How long a copy may be kept."""
    credentials: SecretReference
    """Secret with which it is read."""
    version: Annotated[dict[str, Any], Envelope("versioning", "with")]
    """How revisions are kept: `with: dvc`, `git-lfs`, `delta`, `iceberg`, `lakefs`, `pachyderm` or `none`."""
    fallback: Literal["last-good-revision", "fail"]
    """What inference reads when the newest data cannot be read."""
    time_column: Identifier
    """Column with the time of the event."""
    contract: Contract
    """What the data must satisfy."""


class Split(TypedDict, total=False):
    """How rows are set aside for validation."""

    test: Fraction
    """Share of the rows held out."""
    by: Literal["random", "time", "group"]
    """Rows at random, the newest rows, or whole groups."""
    column: Identifier
    """Column of the time or the group."""
    seed: NonNegative
    """Seed of the random split."""


class Data(TypedDict, total=False):
    """What the model learns from."""

    sources: Required[list[Source]]
    """Data sets; the first one is the table of examples."""
    target: Identifier
    """Column to predict."""
    features: Annotated[dict[str, Any], Envelope("features", "with")]
    """Feature transforms or a feature store: `with: built-in` or `with: feast`."""
    split: Split
    """How rows are held out."""
    minimum_group_size: Positive
    """Groups with fewer rows are left out of fairness and slices, and reported."""
