# METADATA
# title: Pods do not share the namespaces of the machine
# description: >-
#   A pod in the network of the machine is in none of the network policies; one in its process list can
#   read the memory of the others.
# custom:
#   code: pods/host-namespaces
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Least Privilege; Pod Security Standards: baseline"
#   help: "remove hostNetwork, hostPID and hostIPC"
package mlproject.manifests.pods.host_namespaces

import rego.v1

import data.mlproject.lib.workloads

deny contains finding if {
	some pod in workloads.pods
	some name in ["hostNetwork", "hostPID", "hostIPC"]
	workloads.setting(pod, name) == true
	finding := {
		"message": sprintf("%v is set", [name]),
		"manifest": pod.manifest,
		"place": array.concat(pod.place, [name]),
	}
}
