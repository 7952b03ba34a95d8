"""Diagnostics for test reports: JUnit XML, one suite a file."""

from collections.abc import Mapping, Sequence

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.diagnostics.present import presentable
from compiler.diagnostics.visible import visible
from compiler.source.path import dotted

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\n": "&#10;"}


def render(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> str:
    """Return a suite for each file: a failed case an error, a passed one where there is nothing to say."""
    suites: dict[str, list[Diagnostic]] = {file: [] for file in sorted(sources)}
    for diagnostic in presentable(diagnostics):
        suites.setdefault(diagnostic.span.file if diagnostic.span else "mlproject", []).append(diagnostic)
    failures = sum(diagnostic.severity == "error" for diagnostic in diagnostics)
    cases = sum(max(len(found), 1) for found in suites.values())
    body = "".join(_suite(file, found) for file, found in suites.items())
    opening = f'<testsuites name="mlproject" tests="{cases}" failures="{failures}" errors="0">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}\n{body}</testsuites>\n'


def _suite(file: str, diagnostics: list[Diagnostic]) -> str:
    failures = sum(diagnostic.severity == "error" for diagnostic in diagnostics)
    cases = "".join(_case(file, diagnostic) for diagnostic in diagnostics)
    passed = f'    <testcase classname={_quoted(file)} name="no findings"/>\n'
    return (f'  <testsuite name={_quoted(file)} tests="{max(len(diagnostics), 1)}" failures="{failures}"'
            f' errors="0">\n{cases or passed}  </testsuite>\n')


def _case(file: str, diagnostic: Diagnostic) -> str:
    line = f":{diagnostic.span.line}:{diagnostic.span.column}" if diagnostic.span else ""
    parts = (diagnostic.code + line, dotted(diagnostic.path), diagnostic.environment)
    where = " ".join(part for part in parts if part)
    opening = f"    <testcase classname={_quoted(file)} name={_quoted(where)}>\n"
    details = _escaped("\n".join(_details(diagnostic)))
    if diagnostic.severity != "error":
        return f"{opening}      <system-out>{details}</system-out>\n    </testcase>\n"
    return (f"{opening}      <failure type={_quoted(diagnostic.code)} message={_quoted(diagnostic.message)}>"
            f"{details}</failure>\n    </testcase>\n")


def _details(diagnostic: Diagnostic) -> list[str]:
    lines = [f"{diagnostic.severity}: {diagnostic.message}"]
    for related in diagnostic.related:
        place = f" {related.span.file}:{related.span.line}:{related.span.column}" if related.span else ""
        lines.append(f"note: {related.message}{visible(place)}")
    return [*lines, f"help: {diagnostic.help}"] if diagnostic.help else lines


def _quoted(text: str) -> str:
    return f'"{_escaped(visible(text))}"'


def _escaped(text: str) -> str:
    return "".join(_ENTITIES.get(character, character) for character in text)
