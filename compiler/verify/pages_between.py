"""Pages of what is wrong between objects, and with Argo CD's."""

from collections.abc import Mapping

from compiler.verify.page import page

BETWEEN_PAGES: Mapping[str, str] = {
    "verify/duplicate-object": page(
        "No two objects are one.", "The later would overwrite the earlier, and Argo CD would never be in sync.",
        bad="two targets write Service/api", good="one target writes it"),
    "verify/unknown-service-account": page(
        "Pods and bindings use a ServiceAccount that the project brings.",
        "Pods of an account that is missing never start.",
        bad="serviceAccountName: trainer, and no ServiceAccount", good="ServiceAccount/trainer beside it"),
    "verify/unknown-config-map": page(
        "What is read from a ConfigMap is there: the ConfigMap, and the key.",
        "The pod waits for it forever.",
        bad="configMap: {name: plans}", good="configMap: {name: plan}, and ConfigMap/plan"),
    "verify/unknown-role": page(
        "A RoleBinding binds a Role that the project brings.", "A binding to nothing grants nothing.",
        bad="roleRef: {kind: Role, name: trainers}", good="roleRef: {kind: Role, name: trainer}, and Role/trainer"),
    "verify/unknown-scale-target": page(
        "An autoscaler scales one workload of the project, and is alone in it.",
        "Two autoscalers of one workload fight.",
        bad="an HPA and a ScaledObject for one Deployment", good="one of them"),
    "verify/selects-nothing": page(
        "A selector selects something.",
        "A budget, a policy or a monitor that selects nothing protects and sees nothing.",
        bad="podSelector: {matchLabels: {app: other}}", good="podSelector: {matchLabels: {app: api}}"),
    "verify/service-target": page(
        "A Service goes to a port that its pods have.", "Else every request is refused.",
        bad="targetPort: web", good="targetPort: http, and a container port called http"),
    "verify/monitor-port": page(
        "A ServiceMonitor scrapes a port that a Service has.", "Else nothing is scraped, and no alert fires.",
        bad="endpoints: [{port: metrics}]", good="endpoints: [{port: http}], and a port of the Service called http"),
    "verify/unknown-project": page(
        "An Application names an AppProject that is written beside it.", "Argo CD refuses to sync it.",
        bad="project: fraud", good="project: card-fraud, and AppProject/card-fraud"),
    "verify/project-destination": page(
        "An AppProject admits the destination of its Applications.", "Argo CD refuses to sync them.",
        bad="destination namespace risk-production, project: {destinations: [{namespace: risk-staging}]}",
        good="project: {destinations: [{namespace: risk-production}]}"),
    "verify/project-source": page(
        "An AppProject admits the repository of its Applications.", "Argo CD refuses to sync them.",
        bad="repoURL: https://git.example/a.git, sourceRepos: [https://git.example/b.git]",
        good="sourceRepos: [https://git.example/a.git]"),
    "verify/project-policy": page(
        "A policy of a project role speaks of that project and that role.", "Argo CD refuses the AppProject.",
        bad="p, proj:a:admin, applications, sync, b/*, allow", good="p, proj:a:admin, applications, sync, a/*, allow"),
    "verify/sync-option": page(
        "A sync option is `Name=value`.", "Argo CD passes over what it cannot read.",
        bad="syncOptions: [ServerSideApply]", good="syncOptions: [ServerSideApply=true]"),
    "verify/sync-retry": page(
        "Retries of a sync wait for durations.", "Argo CD fails the sync on any other word.",
        bad="duration: 5 seconds", good="duration: 5s"),
    "verify/sync-window": page(
        "A sync window is open for a duration.", "Argo CD refuses the AppProject.",
        bad="duration: all night", good="duration: 8h"),
}
