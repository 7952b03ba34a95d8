# METADATA
# title: Containers say what they need and what they may use
# description: >-
#   Without a request the scheduler puts a training step beside the service that it starves; without a
#   limit of memory, it is the service that the kernel kills.
# custom:
#   code: containers/resource-limits
#   stage: manifests
#   severity: error
#   control: "Playbook 2.1 Compute & Storage; CIS Kubernetes 5.2"
#   help: "set requests and limits of cpu and memory; here they follow hardware in the spec"
package mlproject.manifests.containers.resource_limits

import rego.v1

import data.mlproject.lib.workloads

deny contains finding if {
	some container in workloads.containers
	some field in ["requests", "limits"]
	amounts := object.get(container.body, ["resources", field], {})
	some resource in ["cpu", "memory"]
	not amounts[resource]
	finding := {
		"message": sprintf("container `%v` has no %v in %v", [workloads.name_of(container), resource, field]),
		"manifest": container.manifest,
		"place": array.concat(container.place, ["resources", field]),
	}
}
