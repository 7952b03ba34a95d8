"""What holds inside one container: mounts, environment, probes, ports, resources."""

from collections.abc import Iterator
from typing import Any, Final

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source.path import FieldPath
from compiler.verify.finding import broken
from compiler.verify.names import is_port_name
from compiler.verify.quantities import nano
from compiler.verify.workloads import Container, Pod, pods

UNKNOWN_VOLUME = "verify/unknown-volume"
MOUNT_PATH = "verify/mount-path"
ENV = "verify/env"
PROBE = "verify/probe"
PORT_NAME = "verify/port-name"
RESOURCES = "verify/resources"

_HANDLERS: Final = ("exec", "httpGet", "tcpSocket", "grpc")
_PROBES: Final = ("livenessProbe", "readinessProbe", "startupProbe")
_NATIVE: Final = ("cpu", "memory", "ephemeral-storage")


def containers(manifest: Manifest) -> Iterator[Diagnostic]:
    """Yield what is wrong inside each container of each pod that the object makes."""
    for pod in pods(manifest):
        known = frozenset(volume["name"] for _, volumes in pod.volumes for volume in volumes)
        for container in pod.containers:
            yield from _mounts(pod, container, known)
            yield from _environment(pod, container)
            yield from _probes(pod, container)
            yield from _ports(pod, container)
            yield from _resources(pod, container)


def _mounts(pod: Pod, container: Container, known: frozenset[str]) -> Iterator[Diagnostic]:
    paths: set[str] = set()
    for index, mount in enumerate(container.body.get("volumeMounts", ())):
        place = (*container.place, "volumeMounts", index)
        if mount["name"] not in known:
            yield broken(UNKNOWN_VOLUME, pod.manifest, (*place, "name"), f"no volume is called `{mount['name']}`")
        if not mount["mountPath"].startswith("/"):
            yield broken(MOUNT_PATH, pod.manifest, (*place, "mountPath"), "is not an absolute path")
        if mount["mountPath"].rstrip("/") in paths:
            yield broken(MOUNT_PATH, pod.manifest, (*place, "mountPath"), "another volume is mounted on this path")
        paths.add(mount["mountPath"].rstrip("/"))


def _environment(pod: Pod, container: Container) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for index, variable in enumerate(container.body.get("env", ())):
        place = (*container.place, "env", index)
        name = variable["name"]
        if "value" in variable and "valueFrom" in variable:
            yield broken(ENV, pod.manifest, place, f"`{name}` has both `value` and `valueFrom`")
        if name in seen:
            yield broken(ENV, pod.manifest, place, f"`{name}` is set twice, and the last one wins in silence")
        if "=" in name or not name.isprintable():
            yield broken(ENV, pod.manifest, place, "is not the name of an environment variable")
        seen.add(name)


def _probes(pod: Pod, container: Container) -> Iterator[Diagnostic]:
    ports = {port["name"] for port in container.body.get("ports", ()) if "name" in port}
    for key in _PROBES:
        probe = container.body.get(key)
        if probe is None:
            continue
        place = (*container.place, key)
        handlers = [handler for handler in _HANDLERS if handler in probe]
        if len(handlers) != 1:
            yield broken(PROBE, pod.manifest, place, f"has {len(handlers)} handlers, expected one of "
                         + ", ".join(f"`{handler}`" for handler in _HANDLERS))
        if key != "readinessProbe" and probe.get("successThreshold", 1) != 1:
            yield broken(PROBE, pod.manifest, (*place, "successThreshold"), "expected 1 outside a readiness probe")
        for handler in handlers:
            port = probe[handler].get("port")
            if isinstance(port, str) and port not in ports:
                yield broken(PROBE, pod.manifest, (*place, handler, "port"), f"no port is called `{port}`")


def _ports(pod: Pod, container: Container) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for index, port in enumerate(container.body.get("ports", ())):
        name = port.get("name")
        if name is None:
            continue
        place = (*container.place, "ports", index, "name")
        if not is_port_name(name):
            yield broken(PORT_NAME, pod.manifest, place,
                         "is not a port name: at most 15 of a-z, 0-9 and -, with a letter")
        if name in seen:
            yield broken(PORT_NAME, pod.manifest, place, f"a second port is called `{name}`")
        seen.add(name)


def _resources(pod: Pod, container: Container) -> Iterator[Diagnostic]:
    resources = container.body.get("resources", {})
    limits = resources.get("limits", {})
    place: FieldPath = (*container.place, "resources")
    for name, requested in resources.get("requests", {}).items():
        yield from _within(pod.manifest, (*place, "requests", name), requested, limits.get(name))
    for name, requested in resources.get("requests", {}).items():
        if _is_extended(name) and limits.get(name) != requested:
            yield broken(RESOURCES, pod.manifest, (*place, "requests", name),
                         "a device is requested with a limit of the same number, or with the limit alone")
    for part in ("requests", "limits"):
        for name, value in resources.get(part, {}).items():
            if _is_extended(name) and (nano(value) or 0) % 10**9:
                yield broken(RESOURCES, pod.manifest, (*place, part, name), "a device cannot be divided")


def _within(manifest: Manifest, place: FieldPath, requested: Any, limit: Any) -> Iterator[Diagnostic]:
    request_size, limit_size = nano(requested), None if limit is None else nano(limit)
    if request_size is not None and limit_size is not None and request_size > limit_size:
        yield broken(RESOURCES, manifest, place, f"requests `{requested}`, over the limit `{limit}`")


def _is_extended(name: str) -> bool:
    return name not in _NATIVE and not name.startswith("hugepages-")
