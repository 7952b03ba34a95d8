"""Annotations of service accounts command no controller of ours.

They are there for workload identity. What Argo CD, Kubernetes or a mesh obeys is written by the
compiler alone: a hook or a sync option set here would change how everything else is applied.

    service_account_annotations: {argocd.argoproj.io/hook: PreSync}                    # wrong
    service_account_annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/a"}  # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "names/annotation"
RESERVED = ("argoproj.io", "kubernetes.io", "k8s.io", "kserve.io", "istio.io", "external-secrets.io", "keda.sh",
            "mlproject.dev")


def annotation(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield annotations whose key a controller obeys."""
    at = ("platform", "service_account_annotations")
    for key in project.spec["platform"]["service_account_annotations"]:
        domain = f".{key.split('/')[0].lower()}"
        if any(domain.endswith(f".{reserved}") for reserved in RESERVED):
            yield error(CODE, f"`{key}` is not for a spec to set", at=(*at, key),
                        help="keep to the annotations of your cloud's workload identity")._replace(on_key=True)


CHECK = Check(CODE, annotation)
