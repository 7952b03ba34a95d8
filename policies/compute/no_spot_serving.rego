# METADATA
# title: Online production does not serve from interruptible machines
# description: >-
#   A spot machine is taken away within two minutes, and often many at once. Training starts again; a
#   request that a person waits for does not.
# custom:
#   code: compute/no-spot-serving
#   stage: spec
#   severity: error
#   control: "Playbook 2.1 Compute & Storage; Playbook 4.3 Deployment Strategies"
#   help: "set deployment.hardware.spot: false"
package mlproject.spec.compute.no_spot_serving

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.metadata.tier != "experimental"
	input.spec.deployment.enabled
	input.spec.deployment.kind == "online"
	input.spec.deployment.hardware.spot
	finding := {
		"message": sprintf("a service of tier `%v` runs on spot machines", [input.spec.metadata.tier]),
		"path": ["deployment", "hardware", "spot"],
	}
}
