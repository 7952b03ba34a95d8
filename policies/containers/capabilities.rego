# METADATA
# title: Containers drop all capabilities
# description: >-
#   Capabilities are root in pieces. No step and no server needs one: ports are above 1024, files belong
#   to the user.
# custom:
#   code: containers/capabilities
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Least Privilege; Pod Security Standards: restricted"
#   help: "set securityContext.capabilities: {drop: [ALL]} and add none"
package mlproject.manifests.containers.capabilities

import rego.v1

import data.mlproject.lib.workloads

deny contains finding if {
	some container in workloads.containers
	body := container.body
	not "ALL" in object.get(body, ["securityContext", "capabilities", "drop"], [])
	finding := {
		"message": sprintf("container `%v` keeps capabilities", [workloads.name_of(container)]),
		"manifest": container.manifest,
		"place": workloads.security_place(container, "capabilities"),
	}
}

deny contains finding if {
	some container in workloads.containers
	some capability in container.body.securityContext.capabilities.add
	finding := {
		"message": sprintf("container `%v` adds capability %v", [workloads.name_of(container), capability]),
		"manifest": container.manifest,
		"place": workloads.security_place(container, "capabilities"),
	}
}
