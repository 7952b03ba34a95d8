# METADATA
# title: Data for production has revisions
# description: >-
#   Without a revision nobody can say what a model learned from, train it again, or go back to the data
#   of last week. Experimental projects may do without.
# custom:
#   code: dataset/versioned
#   stage: spec
#   severity: error
#   control: "Playbook 3.1 Version Control Strategy; EU AI Act Art. 12"
#   help: "keep revisions of the data, such as version: {with: dvc, path: data/NAME}"
package mlproject.spec.dataset.versioned

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.metadata.tier != "experimental"
	some index, source in input.spec.data.sources
	object.get(source, ["version", "with"], "none") == "none"
	finding := {
		"message": sprintf("source `%v` has no revisions", [source.name]),
		"path": ["data", "sources", index, "version"],
	}
}
