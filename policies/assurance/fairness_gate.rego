# METADATA
# title: A model that scores people passes a fairness gate
# description: >-
#   Where a model decides about people, its errors are measured between groups before it may decide. The
#   gate blocks: a warning that nobody reads protects nobody.
# custom:
#   code: assurance/fairness-gate
#   stage: spec
#   severity: error
#   control: "Playbook 4.2 Model Validation (Bias and Fairness Checks); EU AI Act Art. 10"
#   help: "add {kind: fairness, metric: equalized_odds_difference, groups: [COLUMN], maximum: 0.1}"
package mlproject.spec.assurance.fairness_gate

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	not stage.is_development
	input.spec.metadata.scores_people
	input.spec.training.enabled
	not _has_fairness_gate
	finding := {
		"message": "the model scores people and no fairness gate blocks it",
		"path": ["validation", "gates"],
	}
}

_has_fairness_gate if {
	some gate in input.spec.validation.gates
	gate.kind == "fairness"
	object.get(gate, "mode", "block") == "block"
}
