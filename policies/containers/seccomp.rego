# METADATA
# title: Containers run under the seccomp profile of the runtime
# description: >-
#   It closes the system calls that kernel exploits start with, and that no model server makes.
# custom:
#   code: containers/seccomp
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Least Privilege; Pod Security Standards: restricted"
#   help: "set securityContext.seccompProfile: {type: RuntimeDefault}"
package mlproject.manifests.containers.seccomp

import rego.v1

import data.mlproject.lib.workloads

deny contains finding if {
	some container in workloads.containers
	not _is_confined(container)
	finding := {
		"message": sprintf("container `%v` has no seccomp profile", [workloads.name_of(container)]),
		"manifest": container.manifest,
		"place": workloads.security_place(container, "seccompProfile"),
	}
}

_is_confined(container) if workloads.security(container, "seccompProfile").type in {"RuntimeDefault", "Localhost"}
