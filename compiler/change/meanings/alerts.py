"""Alerts: who is told, how soon, and what nobody will hear of any more."""

from collections.abc import Iterator

from compiler.change.aligned import Placed, aligned
from compiler.change.leaves import arrow, shown
from compiler.change.limits import judge_limit
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change
from compiler.diagnostics.visible import visible

_RULES = ("alerts", "rules")
_CONTACTS = ("metadata", "contacts")
_SEVERITIES = ("info", "warning", "critical")


def alerts(change: Change) -> Iterator[Meaning]:
    """Yield alerts that are silenced, delayed or sent elsewhere."""
    old, new = change.values("alerts", "enabled")
    if old != new:
        yield change.says(
            f"alerts/{'switched-on' if new else 'silenced'}",
            "low" if new else "critical",
            f"all alerts are {'switched on' if new else 'silenced'}",
            at=("alerts", "enabled"),
        )
    yield from _rules(change)
    for severity in _SEVERITIES:
        yield from _route(change, severity)
    for leaf in change.below(_CONTACTS):
        yield change.says(
            "alerts/contact",
            "medium",
            f"contact `{visible(str(leaf.path[-1]))}` {arrow(leaf.old, leaf.new)}",
            at=leaf.path,
        )


def _rules(change: Change) -> Iterator[Meaning]:
    sides = aligned(*change.values(*_RULES), lambda rule: rule["on"])
    for one in sides.removed:
        yield change.says("alerts/silenced", "high", f"alert on `{visible(one.item['on'])}` silenced", at=_RULES)
    for one in sides.added:
        yield change.says(
            "alerts/added",
            "low",
            f"alert on `{visible(one.item['on'])}` added: {one.item['severity']}",
            at=(*_RULES, one.at),
            explains=(_RULES,),
        )
    for before, after in sides.kept:
        if before.item != after.item:
            yield from _rule(change, before, after)


def _rule(change: Change, before: Placed, after: Placed) -> Iterator[Meaning]:
    old, new, at = before.item, after.item, (*_RULES, after.at)
    name = f"alert on `{visible(new['on'])}`"
    if old["severity"] != new["severity"]:
        is_less = _SEVERITIES.index(new["severity"]) < _SEVERITIES.index(old["severity"])
        yield change.says(
            f"alerts/{'lowered' if is_less else 'raised'}",
            "high" if is_less else "low",
            f"{name} {'lowered' if is_less else 'raised'}: {arrow(old['severity'], new['severity'])}",
            at=(*at, "severity"),
            explains=(_RULES,),
        )
    if old.get("for") != new.get("for"):
        is_later = judge_limit(old.get("for", "0s"), new.get("for", "0s"), "up") == "loosened"
        yield change.says(
            f"alerts/{'delayed' if is_later else 'sooner'}",
            "medium" if is_later else "low",
            f"{name} waits {arrow(old.get('for', '0s'), new.get('for', '0s'))}",
            at=(*at, "for"),
            explains=(_RULES,),
        )
    if old.get("then") != new.get("then"):
        yield change.says(
            "alerts/reaction",
            "high",
            f"{name} starts {arrow(old.get('then'), new.get('then'))}",
            at=(*at, "then"),
            explains=(_RULES,),
        )
    if old.get("runbook") != new.get("runbook"):
        yield change.says(
            "alerts/runbook", "low", f"{name} opens another page", at=(*at, "runbook"), explains=(_RULES,)
        )


def _route(change: Change, severity: str) -> Iterator[Meaning]:
    at = ("alerts", "routes", severity)
    old, new = ([*(side or ())] for side in change.values(*at))
    if sorted(old) == sorted(new):
        if old != new:
            yield change.says(
                "alerts/route-order", "low", f"channels of {severity} alerts are listed in another order", at=at
            )
        return
    is_less = bool({*old} - {*new})
    code = "silenced" if is_less and not new else "route-narrowed" if is_less else "route-widened"
    yield change.says(
        f"alerts/{code}", "high" if is_less else "low", f"{severity} alerts go to {shown(old)} -> {shown(new)}", at=at
    )


FAMILY = Between("alerts", alerts)
