# METADATA
# title: Containers cannot gain privileges
# description: >-
#   A set-user-id program in an image is a way to root that runAsNonRoot does not close.
# custom:
#   code: containers/no-escalation
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Least Privilege; Pod Security Standards: restricted"
#   help: "set securityContext.allowPrivilegeEscalation: false on the container"
package mlproject.manifests.containers.no_escalation

import rego.v1

import data.mlproject.lib.workloads

deny contains finding if {
	some container in workloads.containers
	not _is_set(container)
	finding := {
		"message": sprintf("container `%v` may gain privileges", [workloads.name_of(container)]),
		"manifest": container.manifest,
		"place": workloads.security_place(container, "allowPrivilegeEscalation"),
	}
}

deny contains finding if {
	some container in workloads.containers
	workloads.security(container, "privileged") == true
	finding := {
		"message": sprintf("container `%v` is privileged", [workloads.name_of(container)]),
		"manifest": container.manifest,
		"place": workloads.security_place(container, "privileged"),
	}
}

_is_set(container) if container.body.securityContext.allowPrivilegeEscalation == false
