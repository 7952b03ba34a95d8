"""Check the structure of a manifest: by our schema of its kind, and by what the user's cluster serves."""

from collections.abc import Iterator, Sequence

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.verify.defaults import with_defaults
from compiler.verify.finding import broken
from compiler.verify.json_schema import violations
from compiler.verify.schemas import find_schema
from compiler.verify.served import Served

NO_SCHEMA = "verify/no-schema"
SCHEMA = "verify/schema"
NOT_SERVED = "verify/not-served"
CLUSTER_SCHEMA = "verify/cluster-schema"


def structure(manifest: Manifest) -> Iterator[Diagnostic]:
    """Yield what our own schema of the kind refuses. A kind without a schema is refused, never passed."""
    api_version, kind = manifest.body.get("apiVersion"), manifest.body.get("kind")
    schema = find_schema(api_version, kind) if isinstance(api_version, str) and isinstance(kind, str) else None
    if schema is None:
        yield broken(NO_SCHEMA, manifest, (), f"no schema for `{kind}` of `{api_version}`")
        return
    for place, message in violations(schema, manifest.body):
        yield broken(SCHEMA, manifest, place, message)


def cluster_structure(manifest: Manifest, served: Sequence[Served]) -> Iterator[Diagnostic]:
    """Yield what the imported definitions of the user's cluster refuse."""
    api_version, kind, _, _ = manifest.identity
    for cluster in served:
        if not cluster.has_group(api_version):
            continue
        versions = cluster.versions(api_version, kind)
        if api_version.rpartition("/")[2] not in versions:
            yield _not_served(manifest, versions)
            continue
        schema = cluster.schema(api_version, kind)
        for place, message in violations(schema, with_defaults(schema, manifest.body)):
            yield broken(CLUSTER_SCHEMA, manifest, place, message,
                         help="the imported definition of this kind refuses it: the cluster runs another version")


def _not_served(manifest: Manifest, versions: Sequence[str]) -> Diagnostic:
    api_version, kind, _, _ = manifest.identity
    known = f"it serves {', '.join(f'`{version}`' for version in versions)}" if versions else "it has no such kind"
    return broken(NOT_SERVED, manifest, (), f"the cluster does not serve `{kind}` in `{api_version}`: {known}",
                  help="import its definition with `mlproject crds import`, or install it on the cluster")
