# METADATA
# title: Data for production has an owner
# description: >-
#   Somebody answers for each data set: for its quality, for access to it, and when a person asks what
#   is stored about them. Sources with personal data name their owner in every environment.
# custom:
#   code: dataset/owner
#   stage: spec
#   severity: error
#   control: "Playbook 2.3 Data Security (Access Control); NIST AI RMF GOVERN 2.1"
#   help: "name the team that answers for the data: owner: TEAM"
package mlproject.spec.dataset.owner

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	some index, source in input.spec.data.sources
	not source.owner
	_needs_owner(source)
	finding := {
		"message": sprintf("source `%v` has no owner", [source.name]),
		"path": ["data", "sources", index],
	}
}

_needs_owner(_) if stage.is_production

_needs_owner(source) if source.classification in {"pii", "phi"}
