"""What the organisation runs: clusters, registries, stores. Usually set in `specs/defaults.yaml`."""

from typing import Literal, Required, TypedDict

from compiler.spec.words import Cpu, Duration, HttpsUrl, Line, Memory, Name, Percentage, Positive, Uri


class AcceleratorType(TypedDict, total=False):
    """How the cluster offers one type of accelerator."""

    resource: Required[Line]
    """Extended resource to ask for, such as nvidia.com/gpu."""
    node_labels: dict[Line, Line]
    """Labels of the nodes that have it."""
    maximum_per_node: Positive
    """How many one node has."""
    memory: Memory
    """Memory of one accelerator."""


class Repository(TypedDict, total=False):
    """The Git repository that Argo CD reads."""

    url: Line
    """Clone address of the repository that holds `generated/`."""
    revision: Line
    """Branch or tag that is synced."""


class Cluster(TypedDict, total=False):
    """The cluster of an environment."""

    server: Line
    """API server address in Argo CD."""
    namespace: Name
    """Namespace of the project; `PROJECT-ENVIRONMENT` unless said."""
    spot_toleration: Line
    """Taint key of interruptible nodes."""
    artifact_bucket: Uri
    """Where workflow artifacts are kept; the cluster's default repository unless said."""
    gateway_namespace: Name
    """Namespace from which requests reach the model servers."""


class SecretStore(TypedDict, total=False):
    """The store that ExternalSecret reads."""

    name: Name
    """Name of the SecretStore."""
    kind: Literal["SecretStore", "ClusterSecretStore"]
    """Kind of the store."""
    refresh: Duration
    """How often secrets are read again."""


class Quota(TypedDict, total=False):
    """Most that one namespace may ask for."""

    cpu: Cpu
    """CPU cores."""
    memory: Memory
    """Memory."""
    accelerators: Positive
    """Accelerators of all types."""
    pods: Positive
    """Pods."""


class Prometheus(TypedDict, total=False):
    """How Prometheus finds rules and targets."""

    rule_labels: dict[Line, Line]
    """Labels that the ruleSelector asks for."""
    namespace: Name
    """Namespace of Prometheus, let in by network policies."""
    scrape_interval: Duration
    """How often metrics are read."""
    pushgateway: HttpsUrl
    """Pushgateway that takes the metrics of jobs, which end before they could be read."""


class Platform(TypedDict, total=False):
    """What the organisation runs."""

    orchestrator: Literal["argo-workflows"]
    """What runs pipelines."""
    delivery: Literal["argo-cd"]
    """What applies `generated/`."""
    ci: Literal["azure-pipelines", "github-actions", "gitlab-ci", "jenkins"]
    """What checks pull requests; `mlproject ci --write` writes its file."""
    repository: Repository
    """Git repository that is synced."""
    cluster: Cluster
    """Cluster of this environment."""
    accelerators: dict[Name, AcceleratorType]
    """Accelerators by the name that specs use."""
    secret_store: SecretStore
    """Store behind `secret://`."""
    quota: Quota
    """Limits of the namespace."""
    prometheus: Prometheus
    """Monitoring of the cluster."""
    mlflow: HttpsUrl
    """Tracking and registry server."""
    models: Uri
    """Object store of registered models and of checkpoints: a folder for each version, never changed."""
    runbooks: HttpsUrl
    """Where runbooks are read; alerts link below it."""
    sampling: Percentage
    """Percentage of requests kept for drift and audits."""
    service_account_annotations: dict[Line, Line]
    """Workload identity annotations, such as an IAM role, by key."""
