"""Schedules and time zones of whatever starts by the clock."""

from collections.abc import Iterator

from compiler.artifact.artifact import Manifest
from compiler.cron import cron_problem, is_timezone
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source.path import FieldPath
from compiler.verify.durations import is_go_duration
from compiler.verify.finding import broken

CRON = "verify/cron"
TIMEZONE = "verify/timezone"
SYNC_WINDOW = "verify/sync-window"


def schedules(manifest: Manifest) -> Iterator[Diagnostic]:
    """A schedule parses, and its time zone exists."""
    for place, line in _lines(manifest):
        problem = cron_problem(line)
        if problem:
            yield broken(CRON, manifest, place, f"`{line}` {problem}")
    for place, zone in _zones(manifest):
        if not is_timezone(zone):
            yield broken(TIMEZONE, manifest, place, f"no time zone is called `{zone}`")
    if manifest.body["kind"] == "AppProject":
        for index, window in enumerate(manifest.body["spec"].get("syncWindows", ())):
            if not is_go_duration(window["duration"]):
                yield broken(SYNC_WINDOW, manifest, ("spec", "syncWindows", index, "duration"),
                             "is not a duration such as `30m` or `8h`")


def _lines(manifest: Manifest) -> Iterator[tuple[FieldPath, str]]:
    spec = manifest.body.get("spec", {})
    match manifest.body["kind"]:
        case "CronJob":
            yield ("spec", "schedule"), spec["schedule"]
        case "CronWorkflow":
            for index, line in enumerate(spec["schedules"]):
                yield ("spec", "schedules", index), line
        case "AppProject":
            for index, window in enumerate(spec.get("syncWindows", ())):
                yield ("spec", "syncWindows", index, "schedule"), window["schedule"]


def _zones(manifest: Manifest) -> Iterator[tuple[FieldPath, str]]:
    spec = manifest.body.get("spec", {})
    kind = manifest.body["kind"]
    key = {"CronJob": "timeZone", "CronWorkflow": "timezone"}.get(kind)
    if key is not None and key in spec:
        yield ("spec", key), spec[key]
    if kind == "AppProject":
        for index, window in enumerate(spec.get("syncWindows", ())):
            if "timeZone" in window:
                yield ("spec", "syncWindows", index, "timeZone"), window["timeZone"]
