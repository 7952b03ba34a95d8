# METADATA
# title: Required gates block in production
# description: >-
#   A gate that the tier requires is there to stop a model. In production it is not off, and at least
#   one gate of the kind blocks; further ones may only warn.
# custom:
#   code: assurance/gates-block
#   stage: spec
#   severity: error
#   control: "Playbook 4.2 Model Validation"
#   help: "remove mode, or set mode: block"
package mlproject.spec.assurance.gates_block

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.training.enabled
	required := data.requirements.gates[input.spec.metadata.tier]
	some index, gate in input.spec.validation.gates
	kind := gate.kind
	kind in required
	not kind in _blocking
	finding := {
		"message": sprintf("gate of kind `%v` is in mode `%v`, and no other of its kind blocks", [kind, gate.mode]),
		"path": ["validation", "gates", index, "mode"],
	}
}

_blocking := {gate.kind |
	some gate in input.spec.validation.gates
	object.get(gate, "mode", "block") == "block"
}
