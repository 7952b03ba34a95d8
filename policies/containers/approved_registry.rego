# METADATA
# title: Images come from approved registries
# description: >-
#   An image from anywhere is code from anyone. Approved registries are built by our own CI, scanned,
#   and kept.
# custom:
#   code: containers/approved-registry
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Infrastructure Security (Image Scanning); CIS Kubernetes 5.5"
#   help: push the image to an approved registry, or have its prefix added to approved.registries in policies/data/
package mlproject.manifests.containers.approved_registry

import rego.v1

import data.mlproject.lib.workloads

deny contains finding if {
	some container in workloads.containers
	image := container.body.image
	not _approved(image)
	finding := {
		"message": sprintf("image `%v` is from no approved registry", [image]),
		"manifest": container.manifest,
		"place": array.concat(container.place, ["image"]),
	}
}

_approved(image) if {
	some prefix, _ in data.approved.registries
	startswith(image, prefix)
}
