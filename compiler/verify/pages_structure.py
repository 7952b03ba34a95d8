"""Pages of what is wrong with the shape of an object, its names, and imported definitions."""

from collections.abc import Mapping

from compiler.verify.page import page

STRUCTURE_PAGES: Mapping[str, str] = {
    "verify/no-schema": page(
        "Every kind that is written has a schema.",
        "A kind that nobody described cannot be checked, and what is not checked fails on the cluster.",
        bad="a plug-in's target writes a kind of its own, and no schema for it",
        good="compiler/verify/schemas/<group>/<kind>_<version>.json, or `mlproject crds import`"),
    "verify/schema": page(
        "An object has the fields of its kind, with values of their types, and no others.",
        "The API server drops a field that it does not know without a word, and refuses a value of another type only "
        "when the object is applied.",
        bad="spec: {replica: 3}", good="spec: {replicas: 3}"),
    "verify/cluster-schema": page(
        "An object fits the definition that the cluster serves.",
        "Clusters run other versions than the one that this compiler was written for; the imported definition is what "
        "will judge the object.",
        bad="a field that came with a later release of the operator than the cluster runs",
        good="the operator upgraded and its definitions imported again: "
             "`kubectl get crds -o yaml | mlproject crds import -`"),
    "verify/not-served": page(
        "The cluster serves the kind in the version that is written.",
        "Of this group other kinds were imported, so that the kind is missing on the cluster, and the sync would fail.",
        bad="external-secrets.io/v1 on a cluster that serves v1beta1 only",
        good="the operator upgraded, or the kind installed and imported"),
    "verify/name": page(
        "A name has the grammar and the length of its kind.",
        "Names become host names, label values and prefixes of other names, which are shorter than object names: a "
        "CronJob holds 52 characters, a Service 63 that start with a letter.",
        bad="kind: Service, metadata: {name: 2nd-model}", good="kind: Service, metadata: {name: second-model}"),
    "verify/namespace": page(
        "Objects of a project are in one namespace, which each of them names.",
        "An object without one lands in whichever namespace the applying context has. Argo CD's own objects stand "
        "elsewhere, together.",
        bad="metadata: {name: api}", good="metadata: {name: api, namespace: risk-production}"),
    "verify/label": page(
        "A label has a key and a value that Kubernetes takes.",
        "Values hold 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both ends.",
        bad="team: risk ml", good="team: risk-ml"),
    "verify/annotation": page(
        "Annotations have qualified keys, and hold at most 256 KiB together.",
        "Larger ones are refused when the object is applied; data belongs in a ConfigMap.",
        bad="annotations: {plan: <300 KiB>}", good="annotations: {mlproject.dev/plan-digest: sha256:...}"),
    "verify/quantity": page(
        "A quantity parses, and is not below zero.",
        "`GB` is no unit: Kubernetes knows `G` and `Gi`.",
        bad="memory: 4GB", good="memory: 4Gi"),
    "crds/unreadable": page(
        "A file of definitions can be read.", "Nothing is imported when one file is missing.",
        bad="mlproject crds import no-such-file.yaml", good="mlproject crds import crds.yaml"),
    "crds/not-yaml": page(
        "A file of definitions is YAML or JSON.", "Half of a file would be half of a cluster.",
        bad="an error message of kubectl, saved as crds.yaml", good="kubectl get crds -o yaml > crds.yaml"),
    "crds/nothing-found": page(
        "A file or folder that is imported holds definitions.",
        "A wrong path would else look like an import that went well.",
        bad="kubectl get pods -o yaml | mlproject crds import -",
        good="kubectl get crds -o yaml | mlproject crds import -"),
    "crds/not-a-definition": page(
        "A definition has a group, a kind, and a schema for each version.",
        "Without them there is nothing to check against.",
        bad="kind: CustomResourceDefinition, spec: {}", good="what `kubectl get crds -o yaml` prints"),
    "crds/old-definition": page(
        "A definition is in `apiextensions.k8s.io/v1`.",
        "No cluster since 1.22 takes the older form, whose schemas do not say what is pruned.",
        bad="apiVersion: apiextensions.k8s.io/v1beta1", good="apiVersion: apiextensions.k8s.io/v1"),
    "crds/pattern": page(
        "A pattern that cannot be checked here is said.",
        "The API server runs Go's patterns, a few of which Python cannot. The rest of the definition is checked.",
        bad=r"pattern: \p{Greek}+", good="pattern: ^[a-z]+$"),
}
