"""Prometheus rules: what its operator refuses, and what promtool lets through."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source.path import FieldPath
from compiler.verify.durations import prometheus_milliseconds
from compiler.verify.finding import broken
from compiler.verify.promql import promql_problem, template_problem

DURATION = "verify/prometheus-duration"
DUPLICATE_RULE = "verify/duplicate-rule"
RECORD = "verify/record-name"
PROMQL = "verify/promql"
LABEL_NAME = "verify/prometheus-label"
TEMPLATE = "verify/alert-template"
SCRAPE = "verify/scrape-timeout"

_WORD: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


def rules(manifest: Manifest) -> Iterator[Diagnostic]:
    """Yield what is wrong with the groups and the rules of a PrometheusRule."""
    if manifest.body["kind"] != "PrometheusRule":
        return
    for index, group in enumerate(manifest.body["spec"]["groups"]):
        place = ("spec", "groups", index)
        yield from _durations(manifest, place, group, ("interval", "query_offset"))
        yield from _unique(manifest, place, group["rules"])
        for inner, rule in enumerate(group["rules"]):
            yield from _rule(manifest, (*place, "rules", inner), rule)


def _unique(manifest: Manifest, place: FieldPath, members: Sequence[Mapping[str, Any]]) -> Iterator[Diagnostic]:
    seen = set()
    for index, rule in enumerate(members):
        key = "alert" if "alert" in rule else "record"
        identity = (rule[key], tuple(sorted(rule.get("labels", {}).items())))
        if identity in seen:
            yield broken(DUPLICATE_RULE, manifest, (*place, "rules", index, key),
                         f"a second rule of the group is called `{rule[key]}` and has the same labels")
        seen.add(identity)


def _rule(manifest: Manifest, place: FieldPath, rule: Mapping[str, Any]) -> Iterator[Diagnostic]:
    yield from _durations(manifest, place, rule, ("for", "keep_firing_for"))
    problem = promql_problem(rule["expr"])
    if problem:
        yield broken(PROMQL, manifest, (*place, "expr"), problem)
    if "record" in rule:
        if not _is_metric(rule["record"]):
            yield broken(RECORD, manifest, (*place, "record"), "is not the name of a metric")
        for key in sorted({"for", "keep_firing_for", "annotations"} & rule.keys()):
            yield broken(RECORD, manifest, (*place, key), "stands in a recording rule, which has no alert")
    yield from _texts(manifest, place, rule)


def _texts(manifest: Manifest, place: FieldPath, rule: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for part in ("labels", "annotations"):
        for key, value in rule.get(part, {}).items():
            inner = (*place, part, key)
            if not _is_label(key) or key == "__name__":
                yield broken(LABEL_NAME, manifest, inner, "is not the name of a label: letters, digits and `_`")
            problem = "a recording rule fills in no template" if "record" in rule and "{{" in value \
                else template_problem(value)
            if problem:
                yield broken(TEMPLATE, manifest, inner, problem)


def _durations(manifest: Manifest, place: FieldPath, body: Mapping[str, Any],
               keys: Sequence[str]) -> Iterator[Diagnostic]:
    for key in keys:
        if key in body and prometheus_milliseconds(body[key]) is None:
            yield broken(DURATION, manifest, (*place, key), "is not a duration such as `90s` or `1h30m`")


def _is_label(text: str) -> bool:
    return text != "" and _WORD.issuperset(text) and not text[0].isdigit()


def _is_metric(text: str) -> bool:
    return _is_label(text.replace(":", "_"))


def scraping(manifest: Manifest) -> Iterator[Diagnostic]:
    """A scrape ends before the next one starts; its durations parse."""
    if manifest.body["kind"] != "ServiceMonitor":
        return
    for index, endpoint in enumerate(manifest.body["spec"]["endpoints"]):
        place = ("spec", "endpoints", index)
        yield from _durations(manifest, place, endpoint, ("interval", "scrapeTimeout"))
        timeout = prometheus_milliseconds(endpoint.get("scrapeTimeout", "0"))
        interval = prometheus_milliseconds(endpoint.get("interval", ""))
        if timeout is not None and interval is not None and timeout > interval:
            yield broken(SCRAPE, manifest, (*place, "scrapeTimeout"), "is longer than `interval`")
