"""Data contracts as the runtime reads them: columns, rules between them, freshness."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from compiler.spec.units import seconds

if TYPE_CHECKING:
    from compiler.spec.data import Column, Contract

# One that another starts with stands behind it.
_OPERATORS = ("<=", ">=", "==", "!=", "<", ">")


def lower_contract(contract: "Contract | None") -> Mapping[str, Any] | None:
    """Return a contract with units as numbers and rules in parts; None when there is none."""
    if contract is None:
        return None
    return {
        "columns": {name: _column(column) for name, column in sorted(contract["columns"].items())},
        "rules": [{"name": rule["name"]} | parse_rule(rule["assert"]) for rule in contract.get("rules", ())],
        "freshness_seconds": seconds(contract["freshness"]) if "freshness" in contract else None,
        "minimum_rows": contract.get("minimum_rows", 0),
        "on_violation": contract.get("on_violation", "reject"),
        "maximum_quarantined": contract.get("maximum_quarantined", 1.0),
    }


def parse_rule(text: str) -> dict[str, Any]:
    """Return `{left, operator, right}` of a comparison; `right` is a column or a number."""
    operator = next((operator for operator in _OPERATORS if operator in text), None)
    if operator is None:
        raise ValueError("a rule was parsed before it was checked")
    left, _, right = text.partition(operator)
    return {"left": left.strip(), "operator": operator, "right": _operand(right.strip())}


def _operand(text: str) -> Mapping[str, Any]:
    if text[0] in "-0123456789":
        return {"number": float(text) if "." in text else int(text)}
    return {"column": text}


def _column(column: "Column") -> Mapping[str, Any]:
    return {
        "type": column["type"],
        "nullable": column.get("nullable", True),
        "unique": column.get("unique", False),
        "minimum": column.get("minimum"),
        "maximum": column.get("maximum"),
        "allowed": list(column["allowed"]) if "allowed" in column else None,
        "protected": column.get("protected", False),
    }
