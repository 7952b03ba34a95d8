# METADATA
# title: Training is scheduled no more often than the tier pays for
# description: >-
#   A schedule of every five minutes is a typing mistake that costs a month of budget in a day, and each
#   run may move a model into production.
# custom:
#   code: compute/retraining-budget
#   stage: spec
#   severity: error
#   control: "Playbook 4.1 Training Automation"
#   help: train less often, or raise limits.retraining_per_day in policies/data/
package mlproject.spec.compute.retraining_budget

import rego.v1

import data.mlproject.lib.schedules

deny contains finding if {
	input.spec.training.enabled
	schedule := input.spec.training.triggers.schedule
	maximum := data.limits.retraining_per_day[input.spec.metadata.tier]
	runs := schedules.runs_per_day(schedule)
	runs > maximum
	finding := {
		"message": sprintf("`%v` starts up to %v runs a day, tier `%v` may start %v", [schedule, runs, input.spec.metadata.tier, maximum]),
		"path": ["training", "triggers", "schedule"],
	}
}
