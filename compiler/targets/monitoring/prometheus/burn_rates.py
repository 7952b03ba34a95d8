"""How fast an error budget may burn: the multi-window, multi-burn-rate alerts of the SRE Workbook.

"Alerting on SLOs" (Google, The Site Reliability Workbook, chapter 5, table 5-8, with the pair
of one day that its text adds). An alert fires when a share of the budget is gone within the
long window, and ends soon after it stopped burning, for the short window has forgotten it.

| budget spent | long window | short window | burn rate at 30 days | says |
|---|---|---|---|---|
| 2 %  | 1h | 5m  | 14.4 | now |
| 5 %  | 6h | 30m | 6    | now |
| 10 % | 1d | 2h  | 3    | today |
| 10 % | 3d | 6h  | 1    | today |

For another window than 30 days the share stays and the rate follows. A pair is left out where
its rate is below 1, which spends no more than the budget, or above what errors can reach.
"""

from compiler.ir.monitors import Objective
from compiler.records import NamedTuple


class Burn(NamedTuple):
    """A pair of windows in seconds, and how many times faster than it lasts the budget may burn in them."""

    long_seconds: int
    short_seconds: int
    rate: float
    is_urgent: bool


_HOUR = 3600
_PAIRS = ((0.02, _HOUR, 300, True), (0.05, 6 * _HOUR, 1800, True), (0.1, 24 * _HOUR, 2 * _HOUR, False),
          (0.1, 72 * _HOUR, 6 * _HOUR, False))


def budget(objective: Objective) -> float:
    """Return the share of requests that may be bad."""
    return round((100 - objective.objective) / 100, 12)


def burns(objective: Objective) -> tuple[Burn, ...]:
    """Return the pairs of an objective, the fastest first; none where nothing can be measured."""
    pairs = (Burn(long, short, round(share * objective.window_seconds / long, 6), is_urgent)
             for share, long, short, is_urgent in _PAIRS)
    return tuple(pair for pair in pairs if pair.rate >= 1 and pair.rate * budget(objective) < 1)
