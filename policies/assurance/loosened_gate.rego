# METADATA
# title: A gate of production is loosened only with an acknowledgement
# description: >-
#   A threshold that is in the way is easily moved. What the old one kept out, customers meet; so the list of
#   what gets looser is acknowledged as it stands, and a longer list needs another acknowledgement.
# custom:
#   code: assurance/loosened-gate
#   stage: change
#   severity: error
#   control: "Playbook 4.2 Model Validation; NIST AI RMF MANAGE 1.1"
#   help: "keep the gate, or acknowledge the list"
package mlproject.change.assurance.loosened_gate

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	some meaning in input.change.meanings
	meaning.code in _looser
	finding := {"message": meaning.message, "path": meaning.path}
}

_looser := {"gates/loosened", "gates/removed", "gates/weakened", "gates/changed", "gates/dataset"}
