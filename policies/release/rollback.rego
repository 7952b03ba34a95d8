# METADATA
# title: A failed rollout of a critical model rolls back
# description: >-
#   A rollout that pauses with a bad model on five percent of traffic waits for a person, at night too.
# custom:
#   code: release/rollback
#   stage: spec
#   severity: error
#   control: "Playbook 4.3 Deployment Strategies (Rollback & Recovery)"
#   help: "set deployment.strategy.on_failure: rollback"
package mlproject.spec.release.rollback

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.metadata.tier == "critical"
	input.spec.deployment.enabled
	reaction := input.spec.deployment.strategy.on_failure
	reaction != "rollback"
	finding := {
		"message": sprintf("a failed rollout ends in `%v`, expected `rollback`", [reaction]),
		"path": ["deployment", "strategy", "on_failure"],
	}
}
