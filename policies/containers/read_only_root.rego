# METADATA
# title: The root file system of containers is read-only
# description: >-
#   What cannot be written cannot be replaced: not the program, not its libraries. Scratch space is an
#   emptyDir volume.
# custom:
#   code: containers/read-only-root
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Least Privilege; Pod Security Standards: restricted"
#   help: "set securityContext.readOnlyRootFilesystem: true on the container"
package mlproject.manifests.containers.read_only_root

import rego.v1

import data.mlproject.lib.workloads

deny contains finding if {
	some container in workloads.containers
	not _is_set(container)
	finding := {
		"message": sprintf("container `%v` may write to its root file system", [workloads.name_of(container)]),
		"manifest": container.manifest,
		"place": workloads.security_place(container, "readOnlyRootFilesystem"),
	}
}

_is_set(container) if container.body.securityContext.readOnlyRootFilesystem == true
