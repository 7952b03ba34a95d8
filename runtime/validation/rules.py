"""The rules of a contract as a pandera schema, and which rows break which of them."""

import operator
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from runtime.features.columns import text_of

_CLASSES = ("string", "category", "bool")
_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">": operator.gt, ">=": operator.ge}
_NAMES = {"not_nullable": "not-null", "field_uniqueness": "unique"}


class Violation(NamedTuple):
    """A rule that some rows break; `column` is empty for a rule between columns."""

    rule: str
    column: str
    rows: tuple[int, ...]

    @property
    def label(self) -> str:
        """Return the rule in the words of the contract."""
        return f"{self.rule} of `{self.column}`" if self.column else f"rule `{self.rule}`"


def broken_rules(rows: pd.DataFrame, contract: Mapping[str, Any], untyped: Mapping[str, pd.Series]) -> list[Violation]:
    """Return what rows break, in the order of the columns. `untyped` marks values that were of another type."""
    found = [Violation("type", name, _places(mask)) for name, mask in untyped.items() if mask.any()]
    wrong = {(violation.column, row) for violation in found for row in violation.rows}
    broken: dict[tuple[str, str], list[int]] = {}
    for (rule, column), places in _failures(rows, contract).items():
        # What was of another type is missing now, and is not counted a second time.
        kept = [row for row in places if rule != "not-null" or (column, row) not in wrong]
        broken.setdefault((rule, column), []).extend(kept)
    found += [Violation(*key, tuple(sorted(set(places)))) for key, places in broken.items() if places]
    return sorted(found, key=lambda violation: (violation.column == "", violation.column, violation.rule))


def _failures(rows: pd.DataFrame, contract: Mapping[str, Any]) -> dict[tuple[str, str], list[int]]:
    from pandera.errors import SchemaErrors

    try:
        _schema(contract).validate(rows, lazy=True)
    except SchemaErrors as failure:
        return _gathered(failure.failure_cases)
    return {}


def _gathered(cases: pd.DataFrame) -> dict[tuple[str, str], list[int]]:
    broken: dict[tuple[str, str], list[int]] = {}
    columns = zip(cases["schema_context"], cases["column"], cases["check"], cases["index"], strict=True)
    for context, column, check, index in columns:
        rule = _NAMES.get(check, check)
        # A rule between columns fails once for each column of the row: pandera says so, we count it once.
        key = (rule, column) if context == "Column" else (rule, "")
        broken.setdefault(key, []).append(int(index))
    return broken


def _schema(contract: Mapping[str, Any]) -> Any:
    import pandera.pandas as pandera

    columns = {name: pandera.Column(None, _column_checks(column), nullable=column["nullable"], unique=column["unique"],
                                    report_duplicates="exclude_first")
               for name, column in contract["columns"].items()}
    return pandera.DataFrameSchema(columns, checks=[_row_check(rule) for rule in contract["rules"]])


def _column_checks(column: Mapping[str, Any]) -> list[Any]:
    import pandera.pandas as pandera

    checks = []
    if column["minimum"] is not None:
        checks.append(pandera.Check.ge(column["minimum"], error="minimum"))
    if column["maximum"] is not None:
        checks.append(pandera.Check.le(column["maximum"], error="maximum"))
    if column["allowed"] is not None:
        allowed = [text_of(value) if column["type"] in _CLASSES[:2] else value for value in column["allowed"]]
        checks.append(pandera.Check.isin(allowed, error="allowed"))
    return checks


def _row_check(rule: Mapping[str, Any]) -> Any:
    import pandera.pandas as pandera

    compare = _OPERATORS[rule["operator"]]

    def holds(rows: pd.DataFrame) -> pd.Series:
        left = rows[rule["left"]]
        right = rows[rule["right"]["column"]] if "column" in rule["right"] else rule["right"]["number"]
        missing = left.isna() | (right.isna() if isinstance(right, pd.Series) else False)
        # Whether a value may be missing is for its column to say.
        result: pd.Series = compare(left, right) | missing
        return result
    return pandera.Check(holds, name=rule["name"], error=rule["name"])


def _places(mask: pd.Series) -> tuple[int, ...]:
    return tuple(int(row) for row in mask[mask].index)
