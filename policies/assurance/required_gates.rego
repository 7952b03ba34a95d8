# METADATA
# title: A model passes the gates of its tier
# description: >-
#   What must be measured before a model may take traffic follows how much depends on it: at least one
#   metric for an experiment; a comparison with the champion for the rest; slices, behaviour and latency
#   for what is critical.
# custom:
#   code: assurance/required-gates
#   stage: spec
#   severity: error
#   control: "Playbook 4.2 Model Validation; NIST AI RMF MEASURE 2.3"
#   help: "add a gate of that kind under validation.gates"
package mlproject.spec.assurance.required_gates

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	not stage.is_development
	input.spec.training.enabled
	tier := input.spec.metadata.tier
	some kind in array.concat(data.requirements.gates[tier], _online(tier))
	not kind in _kinds
	finding := {
		"message": sprintf("there is no gate of kind `%v`, which tier `%v` requires", [kind, tier]),
		"path": ["validation", "gates"],
	}
}

_kinds := {gate.kind | some gate in input.spec.validation.gates}

_online(tier) := data.requirements.online_gates[tier] if input.spec.deployment.kind == "online"

_online(_) := [] if input.spec.deployment.kind != "online"
