# METADATA
# title: A project stays within the accelerators of its team
# description: >-
#   A team shares what it was given. One project of the team, training and serving together, cannot hold
#   more than the whole team has.
# custom:
#   code: compute/accelerators-by-team
#   stage: spec
#   severity: error
#   control: "Playbook 2.1 Compute & Storage (cost)"
#   help: ask for fewer, or raise limits.accelerators_by_team in policies/data/ (`any` holds for teams that it does not name)
package mlproject.spec.compute.accelerators_by_team

import rego.v1

import data.mlproject.lib.accelerators

deny contains finding if {
	team := input.spec.metadata.team
	maximum := object.get(data.limits.accelerators_by_team, team, data.limits.accelerators_by_team.any)
	together := accelerators.in_training + accelerators.in_serving
	together > maximum
	finding := {
		"message": sprintf("training and serving hold %v accelerators at once, team `%v` has %v", [together, team, maximum]),
		"path": ["metadata", "team"],
	}
}
