"""Pages of what is wrong inside one core object."""

from collections.abc import Mapping

from compiler.verify.page import page

OBJECT_PAGES: Mapping[str, str] = {
    "verify/unknown-volume": page(
        "A container mounts volumes that its pod has.", "The API server refuses the pod, hours after the sync.",
        bad="volumeMounts: [{name: plans}], volumes: [{name: plan}]",
        good="volumeMounts: [{name: plan}], volumes: [{name: plan}]"),
    "verify/mount-path": page(
        "Volumes are mounted on absolute paths, one on each.", "A second volume would hide the first.",
        bad="mountPath: plan", good="mountPath: /plan"),
    "verify/env": page(
        "A variable is set once, to a value or from a source.",
        "Of two values the last one wins in silence.",
        bad="env: [{name: MODE, value: a}, {name: MODE, value: b}]", good="env: [{name: MODE, value: b}]"),
    "verify/probe": page(
        "A probe has one handler, and asks a port that the container has.",
        "A pod whose probe cannot succeed is restarted, or gets no traffic, forever.",
        bad="readinessProbe: {periodSeconds: 5}", good="readinessProbe: {httpGet: {path: /ready, port: http}}"),
    "verify/port-name": page(
        "Ports of a container have names of their own: at most 15 of a-z, 0-9 and -.",
        "Services and probes find a port by its name.",
        bad="ports: [{name: prediction-endpoint}]", good="ports: [{name: http}]"),
    "verify/resources": page(
        "Requests are within limits, and devices are whole.",
        "The API server refuses the pod; of a GPU the request and the limit are one number.",
        bad="requests: {memory: 2Gi}, limits: {memory: 1Gi}", good="requests: {memory: 1Gi}, limits: {memory: 1Gi}"),
    "verify/duplicate-container": page(
        "Containers of a pod have names of their own.", "Init containers share the names of all others.",
        bad="containers: [{name: main}, {name: main}]", good="containers: [{name: main}, {name: proxy}]"),
    "verify/selector": page(
        "A Deployment selects the pods of its own template.",
        "The API server refuses it; and the selector of a Deployment can never be changed.",
        bad="matchLabels: {app: api}, template labels: {app: model}",
        good="matchLabels: {app: api}, template labels: {app: api}"),
    "verify/restart-policy": page(
        "Pods of a Job are not restarted always, and pods of a Deployment are.", "The API server takes nothing else.",
        bad="kind: Job without a restartPolicy", good="kind: Job, restartPolicy: Never"),
    "verify/toleration": page(
        "A toleration means something.", "`Exists` takes no value, and only `NoExecute` takes a time.",
        bad="{key: spot, operator: Exists, value: 'true'}", good="{key: spot, operator: Exists}"),
    "verify/spread": page(
        "Pods are spread by labels that they have.", "Else the constraint counts other pods, and spreads nothing.",
        bad="labelSelector: {matchLabels: {app: other}}", good="labelSelector: {matchLabels: {app: api}}"),
    "verify/replica-range": page(
        "The smallest number of replicas is not over the largest.", "The API server refuses the autoscaler.",
        bad="minReplicas: 5, maxReplicas: 3", good="minReplicas: 3, maxReplicas: 5"),
    "verify/scaling-metric": page(
        "A metric of an autoscaler has the body and the target of its type.", "The API server refuses any other.",
        bad="{type: Resource, pods: ...}",
        good="{type: Resource, resource: {name: cpu, target: {type: Utilization, ...}}}"),
    "verify/disruption-budget": page(
        "A budget says how many pods stay, or how many may go.", "The API server takes one of the two.",
        bad="{minAvailable: 1, maxUnavailable: 1}", good="{maxUnavailable: 1}"),
    "verify/cron": page(
        "A schedule is a cron line of five fields.",
        "Kubernetes and Argo read it with one library: Sunday is 0, never 7, and a time zone has a field of its own.",
        bad="0 3 * * 7", good="0 3 * * 0"),
    "verify/timezone": page(
        "A time zone is in the IANA database.", "A name that is not there stops the schedule.",
        bad="Europe/Berlim", good="Europe/Berlin"),
    "verify/service-port": page(
        "Ports of a Service differ, and have names when there are several.", "The API server refuses the Service.",
        bad="ports: [{port: 80}, {port: 81}]", good="ports: [{name: http, port: 80}, {name: metrics, port: 81}]"),
    "verify/config-key": page(
        "A key of a ConfigMap can be a file name.", "Keys become files when the ConfigMap is mounted.",
        bad="data: {a/b: ...}", good="data: {a-b: ...}"),
    "verify/config-size": page(
        "A ConfigMap holds at most 1 MiB.", "etcd takes no more.",
        bad="data: {rows.csv: <2 MiB>}", good="a file in the artifact store, and its address in the ConfigMap"),
    "verify/role-rule": page(
        "A rule of a Role grants something that can be granted.",
        "A rule without resources grants nothing, and creation cannot be limited to names.",
        bad="{apiGroups: [''], verbs: [get]}", good="{apiGroups: [''], resources: [pods], verbs: [get]}"),
    "verify/role-subject": page(
        "A subject is in the API group of its kind, and a ServiceAccount in a namespace.",
        "A binding of another subject binds nobody.",
        bad="{kind: ServiceAccount, name: a}", good="{kind: ServiceAccount, name: a, namespace: risk}"),
    "verify/network-policy": page(
        "A NetworkPolicy names the directions and ports that it is about.",
        "Rules of a direction that is not among `policyTypes` do nothing.",
        bad="policyTypes: [Ingress], egress: [...]", good="policyTypes: [Ingress, Egress], egress: [...]"),
    "verify/cidr": page(
        "An address range is a network, and exceptions are inside it.", "The API server refuses the policy.",
        bad="cidr: 10.0.0.1/8", good="cidr: 10.0.0.0/8"),
    "verify/limit-range": page(
        "Bounds of a LimitRange rise: min, defaultRequest, default, max.", "The API server refuses the object.",
        bad="{default: {cpu: 64}, max: {cpu: 32}}", good="{default: {cpu: 1}, max: {cpu: 32}}"),
    "verify/external-secret": page(
        "An ExternalSecret names a store, a Secret and keys that can exist.", "Its operator reports it, hours later.",
        bad="secretKey: a/b", good="secretKey: token"),
}
