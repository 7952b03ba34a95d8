"""A contract as a suite of Great Expectations, for whoever watches data with it. Nothing of theirs is imported."""

from collections.abc import Iterator, Mapping
from typing import Any

_BETWEEN = "expect_column_values_to_be_between"
_PAIRS = {">": ("A_greater_than_B", False), ">=": ("A_greater_than_B", True)}


def suite(name: str, contract: Mapping[str, Any]) -> dict[str, Any]:
    """Return the suite in the JSON of Great Expectations 1.x; what it cannot say is listed in its notes."""
    left_out = [rule["name"] for rule in contract["rules"] if not list(_rule(rule))]
    if contract["freshness_seconds"] is not None:
        left_out.append("freshness")
    notes = f"left out: {', '.join(left_out)}" if left_out else None
    return {"name": name, "expectations": list(_expectations(contract)), "meta": {}, "notes": notes}


def _expectations(contract: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if contract["minimum_rows"]:
        yield _made("expect_table_row_count_to_be_between", min_value=contract["minimum_rows"])
    for name, column in contract["columns"].items():
        yield from _column(name, column)
    for rule in contract["rules"]:
        yield from _rule(rule)


def _column(name: str, column: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield _made("expect_column_to_exist", column=name)
    if not column["nullable"]:
        yield _made("expect_column_values_to_not_be_null", column=name)
    if column["unique"]:
        yield _made("expect_column_values_to_be_unique", column=name)
    limits = {key: column[bound] for key, bound in (("min_value", "minimum"), ("max_value", "maximum"))
              if column[bound] is not None}
    if limits:
        yield _made(_BETWEEN, column=name, **limits)
    if column["allowed"] is not None:
        yield _made("expect_column_values_to_be_in_set", column=name, value_set=list(column["allowed"]))


def _rule(rule: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    left, sign, right = rule["left"], rule["operator"], rule["right"]
    if "column" in right:
        yield from _pair(left, sign, right["column"])
        return
    number = right["number"]
    match sign:
        case ">" | ">=":
            yield _made(_BETWEEN, column=left, min_value=number, strict_min=sign == ">")
        case "<" | "<=":
            yield _made(_BETWEEN, column=left, max_value=number, strict_max=sign == "<")
        case "==":
            yield _made("expect_column_values_to_be_in_set", column=left, value_set=[number])
        case _:
            yield _made("expect_column_values_to_not_be_in_set", column=left, value_set=[number])


def _pair(left: str, sign: str, right: str) -> Iterator[dict[str, Any]]:
    if sign in ("<", "<="):
        left, sign, right = right, sign.replace("<", ">"), left
    if sign in _PAIRS:
        yield _made("expect_column_pair_values_a_to_be_greater_than_b", column_A=left, column_B=right,
                    or_equal=_PAIRS[sign][1], ignore_row_if="either_value_is_missing")
    elif sign == "==":
        yield _made("expect_column_pair_values_to_be_equal", column_A=left, column_B=right,
                    ignore_row_if="either_value_is_missing")


def _made(kind: str, **kwargs: Any) -> dict[str, Any]:
    return {"type": kind, "kwargs": kwargs, "meta": {}}
