# METADATA
# title: Containers open no privileged port and no port of the machine
# description: >-
#   A port below 1024 needs a capability; a host port is open to the whole network of the cluster, past
#   every network policy.
# custom:
#   code: containers/ports
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Network Security; Pod Security Standards: baseline"
#   help: listen above 1024 and let a Service lead there
package mlproject.manifests.containers.ports

import rego.v1

import data.mlproject.lib.workloads

deny contains finding if {
	some container in workloads.containers
	some index, port in container.body.ports
	port.containerPort < 1024
	finding := {
		"message": sprintf("container `%v` listens on privileged port %v", [workloads.name_of(container), port.containerPort]),
		"manifest": container.manifest,
		"place": array.concat(container.place, ["ports", index, "containerPort"]),
	}
}

deny contains finding if {
	some container in workloads.containers
	some index, port in container.body.ports
	port.hostPort
	finding := {
		"message": sprintf("container `%v` opens port %v of the machine", [workloads.name_of(container), port.hostPort]),
		"manifest": container.manifest,
		"place": array.concat(container.place, ["ports", index, "hostPort"]),
	}
}
