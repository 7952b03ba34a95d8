# METADATA
# title: Rules of promotion to production are weakened only with an acknowledgement
# description: >-
#   Fewer approvals, a shorter soak, another chain, an environment that is no longer production: each opens a
#   shorter way to customers, for every model that comes after.
# custom:
#   code: release/weakened-promotion
#   stage: change
#   severity: error
#   control: "Playbook 4.3 Deployment Strategies"
#   help: "keep the rules, or acknowledge the list"
package mlproject.change.release.weakened_promotion

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	some meaning in input.change.meanings
	meaning.code in _weaker
	finding := {"message": meaning.message, "path": meaning.path}
}

_weaker := {
	"promotion/approvals-lowered",
	"promotion/chain",
	"promotion/rules-weakened",
	"promotion/soak-lowered",
	"identity/tier-lowered",
	"signing/weakened",
}
