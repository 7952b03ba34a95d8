# METADATA
# title: Fairness in production is dropped or loosened only with an acknowledgement
# description: >-
#   A gate that compares groups of people, once gone, is missed by nobody but those people.
# custom:
#   code: assurance/dropped-fairness
#   stage: change
#   severity: error
#   control: "Playbook 4.2 Model Validation; NIST AI RMF MEASURE 2.11"
#   help: "keep the gate, or acknowledge the list"
package mlproject.change.assurance.dropped_fairness

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	some meaning in input.change.meanings
	meaning.code in _looser
	finding := {"message": meaning.message, "path": meaning.path}
}

_looser := {
	"fairness/dropped",
	"fairness/loosened",
	"fairness/weakened",
	"fairness/changed",
	"fairness/denied",
	"data/unprotected",
}
