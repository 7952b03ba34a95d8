# METADATA
# title: Pods have an identity of their own, and its token only where it is used
# description: >-
#   The default service account is everyone's. A token that is mounted into a program that never calls
#   the API is a key that whoever breaks into it finds.
# custom:
#   code: pods/service-account
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Access Control (RBAC); CIS Kubernetes 5.1.5, 5.1.6"
#   help: "name a serviceAccountName; set automountServiceAccountToken: false, or hide the token from the steps of a workflow"
package mlproject.manifests.pods.service_account

import rego.v1

import data.mlproject.lib.workloads

deny contains finding if {
	some pod in workloads.pods
	not _is_described_only(pod)
	object.get(pod.spec, "serviceAccountName", object.get(pod.above, "serviceAccountName", "default")) == "default"
	finding := {
		"message": "a pod runs as the default service account",
		"manifest": pod.manifest,
		"place": array.concat(pod.place, ["serviceAccountName"]),
	}
}

deny contains finding if {
	some container in workloads.containers
	pod := container.pod
	not _is_described_only(pod)
	not _has_no_token(container)
	finding := {
		"message": sprintf("container `%v` finds the token of its service account", [workloads.name_of(container)]),
		"manifest": container.manifest,
		"place": array.concat(container.pod.place, ["automountServiceAccountToken"]),
	}
}

# What says how a pod is made, not who it is: the InferenceService that uses it does.
_is_described_only(pod) if pod.kind in {"ServingRuntime", "ClusterServingRuntime"}

_has_no_token(container) if workloads.setting(container.pod, "automountServiceAccountToken") == false

# The wait container of a workflow needs the token; the step beside it does not.
_has_no_token(container) if {
	some mount in container.body.volumeMounts
	mount.mountPath == "/var/run/secrets/kubernetes.io/serviceaccount"
}
