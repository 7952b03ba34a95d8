"""The transforms and joins that a spec can declare."""

from typing import Literal, Required, TypedDict

from compiler.spec.words import AnyNumber, Duration, Identifier, Name, Positive, Value

DatePart = Literal["year", "month", "day", "weekday", "hour", "minute"]


class Transform(TypedDict, total=False):
    """A transform of some columns, learnt on training rows and applied in serving."""

    kind: Required[Literal["scale", "one-hot", "ordinal", "date-parts", "log", "bucket", "fill", "drop", "aggregate"]]
    """What is done: numbers scaled, logged or cut into buckets; classes encoded; dates taken apart;
    missing values filled; columns dropped; values aggregated over earlier rows."""
    columns: Required[list[Identifier]]
    """Columns that are transformed."""
    method: Literal["standard", "minmax", "robust"]
    """How numbers are scaled; standard unless said."""
    maximum_categories: Positive
    """Rarer classes become one; for one-hot."""
    parts: list[DatePart]
    """Parts of a date; for date-parts."""
    edges: list[AnyNumber]
    """Rising borders of the buckets; for bucket."""
    value: Value
    """Value that stands for a missing one; for fill."""
    using: Literal["mean", "median", "most-frequent"]
    """Statistic that stands for a missing value; for fill."""
    by: list[Identifier]
    """Columns whose values group the rows; for aggregate."""
    function: Literal["count", "sum", "mean", "minimum", "maximum", "standard-deviation"]
    """What is computed over the group's earlier rows; for aggregate."""
    window: Duration
    """How far back rows count; for aggregate; without it, all of them."""


class Join(TypedDict, total=False):
    """Columns of another source, as they were known at the time of each row: never from its future."""

    source: Required[Name]
    """Source that is joined."""
    on: Required[list[Identifier]]
    """Columns that are equal in both."""
    columns: list[Identifier]
    """Columns that are taken; all but keys and time unless said."""
    tolerance: Duration
    """How old the newest known row may be; without it, any age."""
