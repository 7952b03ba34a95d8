# METADATA
# title: Data for production has a contract
# description: >-
#   A contract says what the columns hold, and stops a run before it learns from something else. It is
#   the baseline that drift is measured against, too.
# custom:
#   code: dataset/contract
#   stage: spec
#   severity: error
#   control: "Playbook 5.2 Data Quality (Data Contracts)"
#   help: "describe the columns: contract: {columns: {...}, freshness: 24h, minimum_rows: 1000}"
package mlproject.spec.dataset.contract

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	some index, source in input.spec.data.sources
	not source.contract
	finding := {
		"message": sprintf("source `%v` has no contract", [source.name]),
		"path": ["data", "sources", index],
	}
}
