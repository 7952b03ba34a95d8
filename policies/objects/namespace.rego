# METADATA
# title: Every object names its namespace
# description: >-
#   An object without a namespace lands wherever the context of whoever applies it points; one in kube-
#   system is a part of the cluster.
# custom:
#   code: objects/namespace
#   stage: manifests
#   severity: error
#   control: "Playbook 2.2 Containers & Orchestration; CIS Kubernetes 5.7.1, 5.7.4"
#   help: "set metadata.namespace to the namespace of the project"
package mlproject.manifests.objects.namespace

import rego.v1

import data.mlproject.lib.objects

deny contains finding if {
	some index, body in input.manifests
	kind := object.get(body, "kind", "")
	not kind in {"Namespace", "CustomResourceDefinition", "PersistentVolume", "StorageClass"}
	not startswith(kind, "Cluster")
	objects.namespace(body) in {"", "default"}
	finding := {
		"message": "the object is in no namespace of its own",
		"manifest": index,
		"place": ["metadata"],
	}
}

deny contains finding if {
	some index, body in input.manifests
	startswith(objects.namespace(body), "kube-")
	finding := {
		"message": sprintf("the object is in %v, which belongs to the cluster", [objects.namespace(body)]),
		"manifest": index,
		"place": ["metadata", "namespace"],
	}
}
