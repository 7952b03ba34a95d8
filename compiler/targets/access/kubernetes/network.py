"""Network policies: nobody talks to anybody, but for what is listed here.

Addresses are ranges as well as namespaces: some networks match a range against pods of the
cluster, too, others never do.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from compiler.artifact.artifact import Manifest
from compiler.ir.plan import ReleasePlan
from compiler.targets.access.kubernetes.components import run_components, steps
from compiler.targets.kubernetes.metadata import metadata, object_name, selector
from compiler.targets.kubernetes.model_server import PORT
from compiler.targets.kubernetes.waves import ACCESS

Rule = dict[str, Any]

_LINK_LOCAL: Final = "169.254.0.0/16"
_ELSEWHERE: Final[tuple[Rule, ...]] = (
    # Behind link-local addresses, the metadata service of a cloud hands out the identity of the machine.
    {"ipBlock": {"cidr": "0.0.0.0/0", "except": [_LINK_LOCAL]}},
    {"ipBlock": {"cidr": "::/0", "except": ["fd00:ec2::254/128", "fe80::/10"]}},
    {"namespaceSelector": {}},
)
_NODE_LOCAL_DNS: Final = "169.254.20.10/32"
_HTTPS: Final = 443
_RUN_PORTS: Final = (_HTTPS, 5000, 6443, 9091)
"""Where runs go: HTTPS, MLflow, the API server as it is behind its Service, the Pushgateway."""
_GATEWAY_PORTS: Final = (80, _HTTPS, 8080, 8081, 8443)
_QUEUE_PORTS: Final = (8012, 8013, 8022, 8112)
"""Where the proxy of Knative takes requests, probes and commands."""
_QUEUE_METRICS: Final = (9090, 9091)
_GOOGLE_IDENTITY: Final = "iam.gke.io/gcp-service-account"
_GOOGLE_METADATA: Final = (("169.254.169.254/32", 80), ("169.254.169.252/32", 988))


def network_policies(plan: ReleasePlan) -> Iterator[Manifest]:
    """Yield the policies: first the one that stops everything, then what each component may do."""
    yield _policy(plan, "default-deny", {}, {"policyTypes": ["Ingress", "Egress"]})
    yield _policy(plan, "dns", {}, {"policyTypes": ["Egress"], "egress": [_dns()]})
    for component in run_components(plan):
        yield _policy(plan, component, selector(plan, component),
                      {"policyTypes": ["Ingress", "Egress"], **_of_run(plan, component)})
    # Without a model there is no pod of the service yet, and a policy that finds none is a mistake elsewhere.
    if plan.service is not None and plan.service.model is not None:
        yield _policy(plan, "serving", selector(plan, "serving"), {
            "policyTypes": ["Ingress", "Egress"], "ingress": _serving_ingress(plan),
            "egress": [{"to": list(_ELSEWHERE), "ports": _tcp(_HTTPS)}, *_identity_service(plan)]})


def _policy(plan: ReleasePlan, part: str, pods: Mapping[str, str], rules: Mapping[str, Any]) -> Manifest:
    body = {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
            "metadata": metadata(plan, object_name(plan, part), "access", wave=ACCESS),
            "spec": {"podSelector": {"matchLabels": dict(pods)} if pods else {}, **rules}}
    return Manifest("access", body, plan.access.origin)


def _dns() -> Rule:
    return {"to": [_namespace("kube-system"), {"ipBlock": {"cidr": _NODE_LOCAL_DNS}}],
            "ports": [{"port": 53, "protocol": protocol} for protocol in ("UDP", "TCP")]}


def _of_run(plan: ReleasePlan, component: str) -> Rule:
    """Return the rules of a run: out to data and registry; in only from other pods of the same training."""
    egress = [{"to": list(_ELSEWHERE), "ports": _tcp(*_RUN_PORTS)}, *_identity_service(plan)]
    if plan.service is not None:
        egress.append({"to": [_namespace(plan.access.gateway_namespace)], "ports": _tcp(*_GATEWAY_PORTS)})
        egress.append({"to": [_pods(plan, "serving")], "ports": _tcp(PORT)})
    if component != "training" or not any(step.distribution is not None for step in steps(plan)):
        return {"egress": egress}
    workers = _pods(plan, component)
    return {"ingress": [{"from": [workers]}], "egress": [*egress, {"to": [workers]}]}


def _serving_ingress(plan: ReleasePlan) -> list[Rule]:
    through_knative = is_behind_knative(plan)
    callers = [_namespace(plan.access.gateway_namespace)]
    callers += [_namespace("knative-serving")] if through_knative else []
    callers += [_pods(plan, component) for component in run_components(plan)]
    asked = (PORT, *_QUEUE_PORTS) if through_knative else (PORT,)
    read = (PORT, *_QUEUE_METRICS) if through_knative else (PORT,)
    readers = [_namespace(plan.access.monitoring_namespace)]
    rules = [{"from": callers, "ports": _tcp(*asked)}, {"from": readers, "ports": _tcp(*read)}]
    if through_knative:
        # The autoscaler counts requests at the proxy.
        rules.append({"from": [_namespace("knative-serving")], "ports": _tcp(*_QUEUE_METRICS)})
    return rules


def is_behind_knative(plan: ReleasePlan) -> bool:
    """Tell whether Knative stands between the callers and the model server."""
    service = plan.service
    return service is not None and service.tool == "kserve" and service.settings.get("deployment_mode") != "standard"


def _identity_service(plan: ReleasePlan) -> list[Rule]:
    if _GOOGLE_IDENTITY not in plan.access.annotations:
        return []
    # Only there is a token of the account, and not of the machine, to be had from the metadata service.
    return [{"to": [{"ipBlock": {"cidr": address}}], "ports": _tcp(port)} for address, port in _GOOGLE_METADATA]


def _namespace(name: str) -> Rule:
    return {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": name}}}


def _pods(plan: ReleasePlan, component: str) -> Rule:
    return {"podSelector": {"matchLabels": selector(plan, component)}}


def _tcp(*ports: int) -> Sequence[Rule]:
    return [{"port": port, "protocol": "TCP"} for port in ports]
