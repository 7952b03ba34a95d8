# METADATA
# title: A model that scores people names the protected attributes
# description: >-
#   Fairness cannot be measured on a column that nobody marked, and a protected attribute that is not
#   marked is used as a feature.
# custom:
#   code: assurance/protected-attributes
#   stage: spec
#   severity: error
#   control: "Playbook 4.2 Model Validation (Bias and Fairness Checks); EU AI Act Art. 10"
#   help: "mark the columns with protected: true in the contract"
package mlproject.spec.assurance.protected_attributes

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.metadata.scores_people
	not _has_protected
	finding := {
		"message": "the model scores people and no column is marked as protected",
		"path": ["data", "sources"],
	}
}

_has_protected if {
	some source in input.spec.data.sources
	some column in source.contract.columns
	column.protected
}
