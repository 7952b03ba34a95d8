# METADATA
# title: Pods mount only approved kinds of volumes
# description: >-
#   A hostPath volume is the file system of the machine. Which kinds may be mounted is a list; hostPath
#   is not on it.
# custom:
#   code: pods/volumes
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Least Privilege; Pod Security Standards: restricted"
#   help: use emptyDir, a PersistentVolumeClaim or projected configuration instead
package mlproject.manifests.pods.volumes

import rego.v1

import data.mlproject.lib.workloads

deny contains finding if {
	some pod in workloads.pods
	some index, volume in pod.spec.volumes
	some kind, _ in volume
	kind != "name"
	not data.approved.volumes[kind]
	finding := {
		"message": _message(volume, kind),
		"manifest": pod.manifest,
		"place": array.concat(pod.place, ["volumes", index, kind]),
	}
}

# Volumes that all pods of a workflow inherit stand two levels up, beside its templates.
deny contains finding if {
	some pod in workloads.pods
	some index, volume in pod.above.volumes
	some kind, _ in volume
	kind != "name"
	not data.approved.volumes[kind]
	finding := {
		"message": _message(volume, kind),
		"manifest": pod.manifest,
		"place": array.concat(array.slice(pod.place, 0, count(pod.place) - 2), ["volumes", index, kind]),
	}
}

_message(volume, kind) := sprintf("volume `%v` is of kind %v, which is not approved", [volume.name, kind])
