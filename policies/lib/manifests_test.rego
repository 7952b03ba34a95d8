# Inputs of the manifests stage that keep the policies of pods and containers, and ways to break them.
package mlproject.lib.manifests_test

import rego.v1

production(bodies) := in_mode("production", bodies)

in_mode(mode, bodies) := _judged(mode, "critical", bodies)

of_tier(tier, bodies) := _judged("production", tier, bodies)

# A deployment whose container has the patch laid over it.
deployment(patch) := _deployment(object.union(container, patch))

# A deployment whose container has the fields of the patch replaced.
replaced(patch) := _deployment(object.union(object.remove(container, object.keys(patch)), patch))

with_pod(patch, body) := object.union(body, {"spec": {"template": {"spec": patch}}})

workflow(patch) := workflow_with_pod({}, object.union(
	object.union(container, {"volumeMounts": [{
		"name": "no-token",
		"mountPath": "/var/run/secrets/kubernetes.io/serviceaccount",
	}]}),
	patch,
))

workflow_with_pod(pod, step) := {
	"kind": "WorkflowTemplate",
	"metadata": {"name": "credit-training", "namespace": "credit"},
	"spec": object.union(pod, {
		"serviceAccountName": "credit-training",
		"templates": [{"name": "main", "dag": {"tasks": []}}, {"name": "train", "container": step}],
	}),
}

places(denied) := {[finding.manifest, finding.place] | some finding in denied}

messages(denied) := {finding.message | some finding in denied}

_judged(mode, tier, bodies) := {
	"stage": "manifests",
	"environment": {"name": mode, "mode": mode},
	"project": {"name": "credit", "team": "risk", "tier": tier},
	"manifests": bodies,
}

_deployment(body) := {
	"kind": "Deployment",
	"metadata": {"name": "credit", "namespace": "credit"},
	"spec": {"template": {"spec": {
		"serviceAccountName": "credit",
		"automountServiceAccountToken": false,
		"containers": [body],
	}}},
}

container := {
	"name": "main",
	"image": "ghcr.io/acme/serve@sha256:0000000000000000000000000000000000000000000000000000000000000000",
	"resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"cpu": "1", "memory": "1Gi"}},
	"securityContext": {
		"runAsNonRoot": true,
		"readOnlyRootFilesystem": true,
		"allowPrivilegeEscalation": false,
		"capabilities": {"drop": ["ALL"]},
		"seccompProfile": {"type": "RuntimeDefault"},
	},
}
