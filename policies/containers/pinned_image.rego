# METADATA
# title: Images in production are pinned by digest
# description: >-
#   A tag can be moved: what was reviewed is then not what runs, and a rollback brings back something
#   else.
# custom:
#   code: containers/pinned-image
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Infrastructure Security; CIS Kubernetes 5.5; SLSA"
#   help: "write the image as IMAGE@sha256:DIGEST"
package mlproject.manifests.containers.pinned_image

import rego.v1

import data.mlproject.lib.stage
import data.mlproject.lib.workloads

deny contains finding if {
	stage.is_production
	some container in workloads.containers
	image := container.body.image
	not regex.match(`@sha256:[0-9a-f]{64}$`, image)
	finding := {
		"message": sprintf("image `%v` is not pinned by digest", [image]),
		"manifest": container.manifest,
		"place": array.concat(container.place, ["image"]),
	}
}
