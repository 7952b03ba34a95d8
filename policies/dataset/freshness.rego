# METADATA
# title: Data for production says how old it may be
# description: >-
#   A job upstream that stopped last month still leaves data behind, and training on it succeeds.
#   Freshness turns that silence into a failed run.
# custom:
#   code: dataset/freshness
#   stage: spec
#   severity: error
#   control: "Playbook 5.2 Data Quality (Validation on Ingest)"
#   help: "set contract.freshness to twice the time between two deliveries"
package mlproject.spec.dataset.freshness

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	some index, source in input.spec.data.sources
	source.contract
	not source.contract.freshness
	finding := {
		"message": sprintf("the contract of source `%v` says nothing of freshness", [source.name]),
		"path": ["data", "sources", index, "contract"],
	}
}
