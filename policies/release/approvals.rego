# METADATA
# title: A promotion to production is approved by enough people
# description: >-
#   How many people must look at a promotion follows the tier.
# custom:
#   code: release/approvals
#   stage: spec
#   severity: error
#   control: "Playbook 4.1 Training Automation; NIST AI RMF MANAGE 1.1; SOC 2 CC8.1"
#   help: "set approvals under environments.production"
package mlproject.spec.release.approvals

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	tier := input.spec.metadata.tier
	minimum := data.requirements.approvals[tier]
	approvals := object.get(input.environment, "approvals", 0)
	approvals < minimum
	finding := {
		"message": sprintf("a promotion needs %v approvals, tier `%v` asks for %v", [approvals, tier, minimum]),
		"path": ["environment", "approvals"],
	}
}
