# METADATA
# title: A version of production stays the model that it is
# description: >-
#   A version number with another content is no promotion: nobody gated it, and a rollback to it brings back
#   something else.
# custom:
#   code: release/replaced-model
#   stage: change
#   severity: error
#   control: "NIST AI RMF MAP 4.1"
#   help: "promote the model as a version of its own"
package mlproject.change.release.replaced_model

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	some meaning in input.change.meanings
	meaning.code == "model/replaced"
	finding := {"message": meaning.message, "path": meaning.path}
}
