"""Rules of single core kinds: Service, ConfigMap, Role, RoleBinding, NetworkPolicy, LimitRange."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source.path import FieldPath
from compiler.verify.finding import broken
from compiler.verify.names import is_file_key, is_port_name, is_subdomain
from compiler.verify.networks import parse_network
from compiler.verify.quantities import nano

SERVICE_PORT = "verify/service-port"
CONFIG_KEY = "verify/config-key"
CONFIG_SIZE = "verify/config-size"
ROLE_RULE = "verify/role-rule"
SUBJECT = "verify/role-subject"
POLICY = "verify/network-policy"
CIDR = "verify/cidr"
LIMITS = "verify/limit-range"
EXTERNAL_SECRET = "verify/external-secret"

CONFIG_BYTES: Final = 1024 * 1024


def service_ports(manifest: Manifest) -> Iterator[Diagnostic]:
    """Ports of a Service have names when there are several, and differ."""
    if manifest.body["kind"] != "Service":
        return
    spec = manifest.body["spec"]
    ports = spec.get("ports", ())
    if not ports and spec.get("type") != "ExternalName" and spec.get("clusterIP") != "None":
        yield broken(SERVICE_PORT, manifest, ("spec",), "has no ports")
    seen: set[Any] = set()
    for index, port in enumerate(ports):
        place = ("spec", "ports", index)
        name = port.get("name")
        if name is None and len(ports) > 1:
            yield broken(SERVICE_PORT, manifest, place, "has no name, which it needs beside other ports")
        if name is not None and (name.startswith("-") or not set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")):
            yield broken(SERVICE_PORT, manifest, (*place, "name"), "is not a DNS-1123 label")
        target = port.get("targetPort")
        if isinstance(target, str) and not is_port_name(target):
            yield broken(SERVICE_PORT, manifest, (*place, "targetPort"), "is neither a port nor the name of one")
        for identity in (name, (port["port"], port.get("protocol", "TCP"))):
            if identity is not None and identity in seen:
                yield broken(SERVICE_PORT, manifest, place, "repeats the name or the number of an earlier port")
        seen |= {name, (port["port"], port.get("protocol", "TCP"))}


def config_keys(manifest: Manifest) -> Iterator[Diagnostic]:
    """Keys of a ConfigMap can be file names, stand once, and hold together what etcd takes."""
    if manifest.body["kind"] != "ConfigMap":
        return
    data, binary = manifest.body.get("data", {}), manifest.body.get("binaryData", {})
    for part, members in (("data", data), ("binaryData", binary)):
        for key in members:
            if not is_file_key(key):
                yield broken(CONFIG_KEY, manifest, (part, key), "is not a key: letters, digits, `-`, `_` and `.`")
            if part == "binaryData" and key in data:
                yield broken(CONFIG_KEY, manifest, (part, key), "stands in `data` too")
    size = sum(len(value.encode()) for members in (data, binary) for value in members.values())
    if size > CONFIG_BYTES:
        yield broken(CONFIG_SIZE, manifest, ("data",), f"holds {size} bytes, expected at most {CONFIG_BYTES}")


def role_rules(manifest: Manifest) -> Iterator[Diagnostic]:
    """A rule of a Role names resources and groups."""
    if manifest.body["kind"] != "Role":
        return
    for index, rule in enumerate(manifest.body["rules"]):
        missing = [key for key in ("apiGroups", "resources") if key not in rule]
        if missing:
            yield broken(ROLE_RULE, manifest, ("rules", index), f"has no `{missing[0]}`, and grants nothing")
        if "resourceNames" in rule and {"create", "deletecollection"} & set(rule["verbs"]):
            yield broken(ROLE_RULE, manifest, ("rules", index, "verbs"),
                         "`create` and `deletecollection` cannot be limited by `resourceNames`")


def role_subjects(manifest: Manifest) -> Iterator[Diagnostic]:
    """A subject of a RoleBinding is in the API group of its kind, and a ServiceAccount in a namespace."""
    if manifest.body["kind"] != "RoleBinding":
        return
    for index, subject in enumerate(manifest.body["subjects"]):
        place = ("subjects", index)
        is_account = subject["kind"] == "ServiceAccount"
        wanted = "" if is_account else "rbac.authorization.k8s.io"
        if subject.get("apiGroup", wanted) != wanted:
            yield broken(SUBJECT, manifest, (*place, "apiGroup"), f"expected `{wanted}` for a `{subject['kind']}`")
        if is_account != ("namespace" in subject):
            yield broken(SUBJECT, manifest, place, "a ServiceAccount has a namespace, and no other subject has one")


def network_policy(manifest: Manifest) -> Iterator[Diagnostic]:
    """Ports and address ranges of a NetworkPolicy make sense, and its types say what it does."""
    if manifest.body["kind"] != "NetworkPolicy":
        return
    spec = manifest.body["spec"]
    for direction, side in (("ingress", "from"), ("egress", "to")):
        kind = direction.capitalize()
        if direction in spec and kind not in spec.get("policyTypes", (kind,)):
            yield broken(POLICY, manifest, ("spec", direction), f"`{kind}` is not among `policyTypes`")
        for index, rule in enumerate(spec.get(direction, ())):
            yield from _policy_ports(manifest, ("spec", direction, index, "ports"), rule.get("ports", ()))
            for inner, peer in enumerate(rule.get(side, ())):
                if "ipBlock" in peer:
                    yield from _ip_block(manifest, ("spec", direction, index, side, inner), peer)


def _policy_ports(manifest: Manifest, place: FieldPath, ports: Any) -> Iterator[Diagnostic]:
    for index, entry in enumerate(ports):
        port, end = entry.get("port"), entry.get("endPort")
        if isinstance(port, str) and not is_port_name(port):
            yield broken(POLICY, manifest, (*place, index, "port"), "is neither a port nor the name of one")
        if isinstance(port, int) and not 1 <= port <= 65535:
            yield broken(POLICY, manifest, (*place, index, "port"), f"met {port}, expected 1 to 65535")
        if end is not None and not (isinstance(port, int) and port <= end):
            yield broken(POLICY, manifest, (*place, index, "endPort"), "is below `port`, or `port` is no number")


def _ip_block(manifest: Manifest, place: FieldPath, peer: Any) -> Iterator[Diagnostic]:
    if len(peer) > 1:
        yield broken(CIDR, manifest, place, "an `ipBlock` stands alone in its peer")
    block = peer["ipBlock"]
    outer = parse_network(block["cidr"])
    if outer is None:
        yield broken(CIDR, manifest, (*place, "ipBlock", "cidr"), "is not a network such as `10.0.0.0/8`")
        return
    for index, text in enumerate(block.get("except", ())):
        inner = parse_network(text)
        if inner is None or not outer.contains(inner):
            yield broken(CIDR, manifest, (*place, "ipBlock", "except", index), "is no network inside `cidr`")


def limit_range(manifest: Manifest) -> Iterator[Diagnostic]:
    """The bounds of a LimitRange rise: min, defaultRequest, default, max."""
    if manifest.body["kind"] != "LimitRange":
        return
    for index, limit in enumerate(manifest.body["spec"]["limits"]):
        bounds = [key for key in ("min", "defaultRequest", "default", "max") if key in limit]
        for lower, upper in pairwise(bounds):
            for name in sorted(limit[lower].keys() & limit[upper].keys()):
                if (nano(limit[lower][name]) or 0) > (nano(limit[upper][name]) or 0):
                    yield broken(LIMITS, manifest, ("spec", "limits", index, lower, name), f"is over `{upper}`")


def external_secret(manifest: Manifest) -> Iterator[Diagnostic]:
    """An ExternalSecret names a store and a Secret that can exist, and each key once."""
    if manifest.body["kind"] != "ExternalSecret":
        return
    spec = manifest.body["spec"]
    for part in ("secretStoreRef", "target"):
        if "name" in spec.get(part, {}) and not is_subdomain(spec[part]["name"]):
            yield broken(EXTERNAL_SECRET, manifest, ("spec", part, "name"), "is not the name of an object")
    seen: set[str] = set()
    for index, entry in enumerate(spec.get("data", ())):
        place = ("spec", "data", index, "secretKey")
        if not is_file_key(entry["secretKey"]):
            yield broken(EXTERNAL_SECRET, manifest, place, "is not a key: letters, digits, `-`, `_` and `.`")
        if entry["secretKey"] in seen:
            yield broken(EXTERNAL_SECRET, manifest, place, f"`{entry['secretKey']}` stands here twice")
        seen.add(entry["secretKey"])
