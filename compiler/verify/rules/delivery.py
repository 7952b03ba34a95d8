"""Argo CD: an Application stays inside the AppProject that it names."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source.path import FieldPath
from compiler.verify.durations import is_go_duration
from compiler.verify.finding import broken

PROJECT = "verify/unknown-project"
DESTINATION = "verify/project-destination"
SOURCE = "verify/project-source"
SYNC_OPTION = "verify/sync-option"
SYNC_RETRY = "verify/sync-retry"
PROJECT_POLICY = "verify/project-policy"

_GIVEN_PROJECTS: Final = frozenset({"default"})


def projects(manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """The project of an Application exists, and lets its source and destination in."""
    known = {manifest.identity[3]: manifest for manifest in manifests if manifest.identity[1] == "AppProject"}
    for manifest, place, spec in applications(manifests):
        name = spec["project"]
        if name in _GIVEN_PROJECTS or _is_filled_in(name):
            continue
        project = known.get(name)
        if project is None:
            yield broken(PROJECT, manifest, (*place, "project"), f"no AppProject `{name}` is written beside it")
            continue
        yield from _admitted(manifest, place, spec, project.body["spec"])


def applications(manifests: Sequence[Manifest]) -> Iterator[tuple[Manifest, FieldPath, Mapping[str, Any]]]:
    """Yield every Application spec, those in the template of an ApplicationSet included."""
    for manifest in manifests:
        if manifest.identity[1] == "Application":
            yield manifest, ("spec",), manifest.body["spec"]
        elif manifest.identity[1] == "ApplicationSet":
            yield manifest, ("spec", "template", "spec"), manifest.body["spec"]["template"]["spec"]


def _admitted(manifest: Manifest, place: FieldPath, spec: Mapping[str, Any],
              project: Mapping[str, Any]) -> Iterator[Diagnostic]:
    destination = spec["destination"]
    if not any(_fits(destination, allowed) for allowed in project["destinations"]):
        yield broken(DESTINATION, manifest, (*place, "destination"),
                     f"AppProject `{spec['project']}` does not admit it")
    sources = spec.get("sources", [spec["source"]] if "source" in spec else [])
    for source in sources:
        if not any(_glob(source["repoURL"], pattern) for pattern in project["sourceRepos"]):
            yield broken(SOURCE, manifest, (*place, "source", "repoURL"),
                         f"AppProject `{spec['project']}` does not admit this repository")


def _fits(destination: Mapping[str, str], allowed: Mapping[str, str]) -> bool:
    return all(_glob(destination.get(key, ""), allowed.get(key, "*")) for key in ("namespace", "server", "name")
               if key in destination)


def _glob(text: str, pattern: str) -> bool:
    """Tell whether text matches pattern, where a star stands for any characters."""
    if _is_filled_in(text):
        return True
    first, *rest = pattern.split("*")
    if not rest:
        return text == pattern
    if not text.startswith(first):
        return False
    position = len(first)
    for part in rest[:-1]:
        found = text.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return text[position:].endswith(rest[-1])


def _is_filled_in(text: str) -> bool:
    # The generator of an ApplicationSet fills it in.
    return "{{" in text


def sync_policy(manifest: Manifest) -> Iterator[Diagnostic]:
    """Sync options are `Name=value`, and durations of retries parse."""
    for _, place, spec in applications((manifest,)):
        policy = spec.get("syncPolicy", {})
        for index, option in enumerate(policy.get("syncOptions", ())):
            name, equals, value = option.partition("=")
            if not (name.isalpha() and equals and value.isalnum()):
                yield broken(SYNC_OPTION, manifest, (*place, "syncPolicy", "syncOptions", index),
                             "is not of the form `Name=value`")
        backoff = policy.get("retry", {}).get("backoff", {})
        for key in ("duration", "maxDuration"):
            if key in backoff and not is_go_duration(backoff[key]):
                yield broken(SYNC_RETRY, manifest, (*place, "syncPolicy", "retry", "backoff", key),
                             "is not a duration such as `5s` or `3m`")


def project_policies(manifest: Manifest) -> Iterator[Diagnostic]:
    """A policy of an AppProject role speaks of its own project and role."""
    if manifest.body["kind"] != "AppProject":
        return
    name = manifest.identity[3]
    seen: set[str] = set()
    for index, role in enumerate(manifest.body["spec"].get("roles", ())):
        place = ("spec", "roles", index)
        if role["name"] in seen:
            yield broken(PROJECT_POLICY, manifest, (*place, "name"), f"a second role is called `{role['name']}`")
        seen.add(role["name"])
        for inner, policy in enumerate(role.get("policies", ())):
            problem = _policy_problem([part.strip() for part in policy.split(",")], name, role["name"])
            if problem:
                yield broken(PROJECT_POLICY, manifest, (*place, "policies", inner), problem)


def _policy_problem(parts: Sequence[str], project: str, role: str) -> str | None:
    if len(parts) != 6 or parts[0] != "p":
        return "is not of the form `p, subject, resource, action, object, effect`"
    if parts[1] != f"proj:{project}:{role}":
        return f"has not the subject `proj:{project}:{role}`"
    if parts[4] != project and not parts[4].startswith(f"{project}/"):
        return f"has an object outside `{project}/`"
    return None if parts[5] in ("allow", "deny") else "ends in neither `allow` nor `deny`"
