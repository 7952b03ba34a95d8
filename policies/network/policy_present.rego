# METADATA
# title: Every namespace with pods has a network policy
# description: >-
#   Without one, every pod of the cluster can call every other: a stolen notebook reaches the model that
#   scores loans.
# custom:
#   code: network/policy-present
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Network Security; CIS Kubernetes 5.3.2"
#   help: "add a NetworkPolicy with policyTypes [Ingress, Egress] that selects the pods"
package mlproject.manifests.network.policy_present

import rego.v1

import data.mlproject.lib.objects
import data.mlproject.lib.workloads

deny contains finding if {
	some namespace, pods in _pods_by_namespace
	not namespace in _closed
	pod := pods[0]
	finding := {
		"message": sprintf("namespace `%v` has pods and no network policy for both directions", [namespace]),
		"manifest": pod.manifest,
		"place": ["metadata", "namespace"],
	}
}

_pods_by_namespace[namespace] := pods if {
	some namespace in {objects.namespace(input.manifests[pod.manifest]) | some pod in workloads.pods}
	pods := [pod | some pod in workloads.pods; objects.namespace(input.manifests[pod.manifest]) == namespace]
}

_closed contains objects.namespace(body) if {
	some body in input.manifests
	body.kind == "NetworkPolicy"
	{"Ingress", "Egress"} == {direction | some direction in body.spec.policyTypes}
}
