# METADATA
# title: A project owns nothing outside its namespace
# description: >-
#   An object of the whole cluster belongs to the platform. One project that brings a ClusterRole, a
#   webhook or a CustomResourceDefinition changes what all others run.
# custom:
#   code: access/cluster-scope
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Least Privilege; threat T36: two specs own one object"
#   help: "let the platform team own the object, or have its kind added to approved.cluster_kinds in policies/data/"
package mlproject.manifests.access.cluster_scope

import rego.v1

deny contains finding if {
	some index, body in input.manifests
	_is_cluster_scoped(body)
	not data.approved.cluster_kinds[body.kind]
	finding := {
		"message": sprintf("%v is of the whole cluster", [body.kind]),
		"manifest": index,
		"place": ["kind"],
	}
}

_is_cluster_scoped(body) if startswith(body.kind, "Cluster")

_is_cluster_scoped(body) if body.kind in {
	"APIService",
	"CSIDriver",
	"CustomResourceDefinition",
	"IngressClass",
	"MutatingAdmissionPolicy",
	"MutatingWebhookConfiguration",
	"Namespace",
	"Node",
	"PersistentVolume",
	"PriorityClass",
	"RuntimeClass",
	"StorageClass",
	"ValidatingAdmissionPolicy",
	"ValidatingAdmissionPolicyBinding",
	"ValidatingWebhookConfiguration",
	"VolumeSnapshotClass",
}
