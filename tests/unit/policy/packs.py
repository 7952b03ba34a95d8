"""Packs for tests, made of the bodies of policies."""

from collections.abc import Mapping
from typing import Any

from compiler.policy.interface import Pack, Packs, ReadPacks

METADATA = """\
# METADATA
# title: A law
# description: Why it is one.
# custom: {{code: {code}, stage: {stage}, severity: {severity}}}
"""
ANY_NAME = """\
deny contains {"message": "a name", "path": ["metadata", "name"]} if input.spec.metadata.name
"""
SPEC: Mapping[str, Any] = {"stage": "spec", "environment": {"name": "dev"}, "lock": None,
                           "spec": {"metadata": {"name": "x"}}}


def policy(body: str, *, package: str = "mlproject.spec.noun.rule", severity: str = "error") -> str:
    """Return a whole policy with that body."""
    _, stage, noun, rule = package.split(".")
    head = METADATA.format(code=f"{noun}/{rule.replace('_', '-')}", stage=stage, severity=severity)
    return f"{head}package {package}\n\nimport rego.v1\n\n{body}"


def pack(files: Mapping[str, str], *, data: Mapping[str, Any] | None = None, minimum: int = 1,
         denies: Mapping[str, Any] | None = None, name: str = "policies") -> Pack:
    """Return a pack of files by path."""
    return Pack(name, files, data or {}, minimum, denies or {})


def reading(*packs: Pack) -> ReadPacks:
    """Return what reads these packs."""
    return lambda: Packs(packs)


def reading_rule(body: str, **settings: Any) -> ReadPacks:
    """Return what reads one pack of one policy with that body."""
    return reading(pack({"policies/noun/rule.rego": policy(body)}, **settings))
