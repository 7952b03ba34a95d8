# METADATA
# title: Production takes a new model gradually
# description: >-
#   A canary shows a bad model to a few; blue-green keeps the good one warm. A direct change shows it to
#   everyone at once, and the way back is another deployment.
# custom:
#   code: release/gradual-rollout
#   stage: spec
#   severity: warning
#   control: "Playbook 4.3 Deployment Strategies"
#   help: "set deployment.strategy: {kind: canary, steps: [{weight: 5, hold: 10m}, {weight: 100}]}"
package mlproject.spec.release.gradual_rollout

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.metadata.tier != "experimental"
	input.spec.deployment.enabled
	input.spec.deployment.kind == "online"
	kind := input.spec.deployment.strategy.kind
	not kind in data.requirements.gradual_strategies
	finding := {
		"message": sprintf("strategy `%v` gives a new model all traffic at once", [kind]),
		"path": ["deployment", "strategy", "kind"],
	}
}
