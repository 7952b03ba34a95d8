# METADATA
# title: A project stays within the accelerators of its tier
# description: >-
#   Accelerators are what an experiment can spend most of in one night. The most a run may hold at once,
#   over its nodes and its parallel trials, follows the tier.
# custom:
#   code: compute/accelerators-by-tier
#   stage: spec
#   severity: error
#   control: "Playbook 2.1 Compute & Storage (cost)"
#   help: ask for fewer accelerators, nodes or parallel trials, or raise limits.accelerators_by_tier in policies/data/
package mlproject.spec.compute.accelerators_by_tier

import rego.v1

import data.mlproject.lib.accelerators

deny contains finding if {
	maximum := data.limits.accelerators_by_tier[input.spec.metadata.tier]
	accelerators.in_training > maximum
	finding := {
		"message": sprintf("training holds %v accelerators at once, tier `%v` may hold %v", [accelerators.in_training, input.spec.metadata.tier, maximum]),
		"path": ["training", "hardware", "accelerator"],
	}
}

deny contains finding if {
	maximum := data.limits.accelerators_by_tier[input.spec.metadata.tier]
	accelerators.in_serving > maximum
	finding := {
		"message": sprintf("serving may grow to %v accelerators, tier `%v` may hold %v", [accelerators.in_serving, input.spec.metadata.tier, maximum]),
		"path": ["deployment", "hardware", "accelerator"],
	}
}
