# METADATA
# title: Training ends within the time of its tier
# description: >-
#   A run that hangs holds its machines until someone notices. The longest time of a run follows the
#   tier.
# custom:
#   code: compute/training-time
#   stage: spec
#   severity: error
#   control: "Playbook 4.1 Training Automation"
#   help: lower training.timeout, or raise limits.training_hours in policies/data/
package mlproject.spec.compute.training_time

import rego.v1

import data.mlproject.lib.durations

deny contains finding if {
	input.spec.training.enabled
	hours := data.limits.training_hours[input.spec.metadata.tier]
	durations.seconds(input.spec.training.timeout) > hours * 3600
	finding := {
		"message": sprintf("a run may take %v, tier `%v` may take %v hours", [input.spec.training.timeout, input.spec.metadata.tier, hours]),
		"path": ["training", "timeout"],
	}
}
