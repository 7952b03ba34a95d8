# METADATA
# title: No image is called latest
# description: >-
#   Nobody can say which version `latest` was last week, in any environment. An image without a tag is
#   called latest, too.
# custom:
#   code: containers/no-latest
#   stage: manifests
#   severity: error
#   control: "CIS Kubernetes 5.5"
#   help: name a version or, better, a digest
package mlproject.manifests.containers.no_latest

import rego.v1

import data.mlproject.lib.workloads

deny contains finding if {
	some container in workloads.containers
	image := container.body.image
	name := regex.replace(image, `^.*/`, "")
	_names_no_version(name)
	finding := {
		"message": sprintf("image `%v` names no version", [image]),
		"manifest": container.manifest,
		"place": array.concat(container.place, ["image"]),
	}
}

_names_no_version(name) if {
	not contains(name, "@")
	not contains(name, ":")
}

_names_no_version(name) if {
	not contains(name, "@")
	endswith(name, ":latest")
}
