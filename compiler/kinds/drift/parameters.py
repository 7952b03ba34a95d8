"""What drift monitors share: statistics, their ranges, and the columns that they can say something about."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.ir.monitors import DriftMonitor
from compiler.kinds.columns import CATEGORICAL, TIMES
from compiler.kinds.interface import Parameters
from compiler.records import NamedTuple
from compiler.source.path import FieldPath
from compiler.spec.units import seconds

STATISTIC = "drift/statistic"
COLUMN = "drift/column"
IMPOSSIBLE = "drift/impossible-threshold"
DEFAULT_STATISTIC, DEFAULT_MAXIMUM, DEFAULT_WINDOW = "psi", 0.2, "24h"

Statistic = Literal["psi", "jensen-shannon", "wasserstein", "chi2", "ks"]

# Largest value of each: chi2 is measured as Cramér's V, Wasserstein in standard deviations of the profile.
# Effect sizes, never p-values: on many rows every difference is significant.
LARGEST: Mapping[str, float | None] = {"psi": None, "jensen-shannon": 1, "wasserstein": None, "chi2": 1, "ks": 1}
_OF_NUMBERS = frozenset({"wasserstein", "ks"})
_OF_CLASSES = frozenset({"chi2"})


class _AllOrColumns(NamedTuple):
    """`all`, or a list of columns."""

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        column = {"type": "str", "strict": True, "pattern": r"^[A-Za-z_][A-Za-z0-9_.-]{0,127}$"}
        choices = [{"type": "literal", "expected": ["all"]},
                   {"type": "list", "strict": True, "items_schema": column, "min_length": 1}]
        return {"type": "custom-error", "schema": {"type": "union", "choices": choices},
                "custom_error_type": "expected", "custom_error_message": "expected `all` or a list of columns"}

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        return {"anyOf": [{"const": "all"}, {"type": "array", "minItems": 1, "items": {"type": "string"}}]}


AllOrColumns = Annotated[str | list[str], _AllOrColumns()]


def build_monitor(parameters: Parameters, at: FieldPath, *, columns: tuple[str, ...]) -> DriftMonitor:
    """Return the monitor of the parameters over columns."""
    kind = parameters["kind"]
    return DriftMonitor(f"drift.{kind}", kind, parameters.get("statistic", DEFAULT_STATISTIC),
                        float(parameters.get("maximum", DEFAULT_MAXIMUM)),
                        seconds(parameters.get("window", DEFAULT_WINDOW)), columns, at)


def applies(statistic: str, column_type: str) -> bool:
    """Tell whether a statistic says something about a column of a type; nothing is said about times."""
    if column_type in TIMES:
        return False
    is_class = column_type in CATEGORICAL
    return not (statistic in _OF_NUMBERS and is_class) and not (statistic in _OF_CLASSES and not is_class)


def check_maximum(parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a limit that is always or never passed."""
    statistic = parameters.get("statistic", DEFAULT_STATISTIC)
    maximum = parameters.get("maximum", DEFAULT_MAXIMUM)
    largest = LARGEST[statistic]
    if maximum <= 0:
        yield error(IMPOSSIBLE, f"every window is above {maximum:g}", at=(*at, "maximum"))
    elif largest is not None and maximum >= largest:
        yield error(IMPOSSIBLE, f"no window is above {maximum:g}: {statistic} is at most {largest:g}",
                    at=(*at, "maximum"))
