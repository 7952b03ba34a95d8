"""What a compile may make of text that somebody else wrote: data, in few places, and nothing else."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.diagnostics.formats import renderer
from compiler.diagnostics.text import render
from compiler.driver import Report

FORMATS = ("text", "json", "sarif", "junit", "github")
_COMMAND = re.compile(r"::(error|warning|notice) file=")

# Nothing evaluates what stands here: a file that a step reads, the digest of that file, and annotations that
# belong to the platform. Prometheus expands the annotations of its rules, so that those are no such place.
_DATA = (
    re.compile(r"ConfigMap\.data\.plan\.json(\..*)?"),
    re.compile(r"(WorkflowTemplate|CronWorkflow)\..*\.parameters\.\d+\.value"),
    re.compile(r"(ServiceAccount|InferenceService)\.metadata\.annotations\.[^.].*"),
)


def documents(report: Report) -> dict[str, Any]:
    """Return every object that a compile made, by a name that tells it from all others."""
    found = {}
    for one in report.rendered:
        for manifest in one.manifests:
            body = manifest.body
            place = f"{one.plan.environment.name}/{body['kind']}/{body['metadata']['name']}"
            assert place not in found
            found[place] = _with_plan(body)
    return found


def differences(hostile: Report, harmless: Report) -> Iterator[tuple[str, Any, Any]]:
    """Yield each place where two compiles differ, and what stands there in each."""
    left, right = documents(hostile), documents(harmless)
    assert list(left) == list(right), "the compiles made other objects"
    for place, body in left.items():
        yield from _differences(body, right[place], place.split("/")[1])


def is_data(place: str) -> bool:
    """Tell whether text at a place is never evaluated."""
    return any(pattern.fullmatch(place) for pattern in _DATA)


def said(report: Report) -> dict[str, str]:
    """Return what a person or a machine is shown, by format."""
    return {name: shown(report.diagnostics, report.sources, name) for name in FORMATS}


def shown(diagnostics: tuple[Diagnostic, ...], sources: Mapping[str, str], name: str) -> str:
    """Return diagnostics in one format."""
    return render(diagnostics, sources) if name == "text" else renderer(name)(diagnostics, sources)


def assert_harmless_to_readers(report: Report) -> None:
    """Assert that no terminal, log or CI system obeys anything that the compile says."""
    for name, text in said(report).items():
        assert "Traceback" not in text
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]", text), name
        for line in text.splitlines():
            assert name == "github" or not line.startswith("::"), line
            assert name != "github" or _COMMAND.match(line), line
            assert "##[" not in line
    json.loads(said(report)["json"])
    json.loads(said(report)["sarif"])


def _with_plan(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an object with the plan that it holds as data, so that its structure is compared too."""
    data = body.get("data", {})
    if body["kind"] != "ConfigMap" or "plan.json" not in data:
        return body
    return {**body, "data": {**data, "plan.json": json.loads(data["plan.json"])}}


def _differences(left: Any, right: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    assert type(left) is type(right), f"{place} has another type"
    if isinstance(left, Mapping):
        assert list(left) == list(right), f"{place} has other keys"
        for key, value in left.items():
            yield from _differences(value, right[key], f"{place}.{key}")
    elif isinstance(left, list | tuple):
        assert len(left) == len(right), f"{place} has another length"
        for index, value in enumerate(left):
            yield from _differences(value, right[index], f"{place}.{index}")
    elif left != right:
        yield place, left, right
