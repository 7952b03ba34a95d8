# METADATA
# title: Models in production are signed with the key of their team
# description: >-
#   A signature that everyone can make says nothing. In production models are signed, and not with the
#   key that the built-in defaults name for every project.
# custom:
#   code: release/signed-models
#   stage: spec
#   severity: error
#   control: "Playbook 2.3 Model Security (Model Tampering); SLSA Build L2"
#   help: "set model.signing: required and model.signing_key: secret://TEAM/signing#private-key"
package mlproject.spec.release.signed_models

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.model.signing != "required"
	finding := {
		"message": sprintf("signing is `%v`, expected `required`", [input.spec.model.signing]),
		"path": ["model", "signing"],
	}
}

deny contains finding if {
	stage.is_production
	input.spec.metadata.tier != "experimental"
	input.spec.model.signing_key == "secret://mlproject/signing#private-key"
	finding := {
		"message": "the model is signed with the key that all projects share by default",
		"path": ["model", "signing_key"],
	}
}
