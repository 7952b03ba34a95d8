# METADATA
# title: Containers do not run as root
# description: >-
#   Root in a container is root on the machine the day a kernel bug is found.
# custom:
#   code: containers/non-root
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Least Privilege; Pod Security Standards: restricted"
#   help: "set securityContext.runAsNonRoot: true on the pod or the container"
package mlproject.manifests.containers.non_root

import rego.v1

import data.mlproject.lib.workloads

deny contains finding if {
	some container in workloads.containers
	not _is_non_root(container)
	finding := {
		"message": sprintf("container `%v` may run as root", [workloads.name_of(container)]),
		"manifest": container.manifest,
		"place": workloads.security_place(container, "runAsNonRoot"),
	}
}

deny contains finding if {
	some container in workloads.containers
	workloads.security(container, "runAsUser") == 0
	finding := {
		"message": sprintf("container `%v` runs as user 0", [workloads.name_of(container)]),
		"manifest": container.manifest,
		"place": workloads.security_place(container, "runAsUser"),
	}
}

_is_non_root(container) if workloads.security(container, "runAsNonRoot") == true
