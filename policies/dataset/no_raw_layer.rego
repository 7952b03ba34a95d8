# METADATA
# title: Production trains on curated data
# description: >-
#   The raw layer is what arrived: duplicates, broken rows, columns that a producer changed last night.
#   In production a model learns from the curated or the production layer.
# custom:
#   code: dataset/no-raw-layer
#   stage: spec
#   severity: error
#   control: "Playbook 3.2 Data Pipelines; Playbook 5.2 Data Quality"
#   help: "read the curated copy of the data and set layer: curated"
package mlproject.spec.dataset.no_raw_layer

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	some index, source in input.spec.data.sources
	source.layer == "raw"
	finding := {
		"message": sprintf("source `%v` is of the raw layer", [source.name]),
		"path": ["data", "sources", index, "layer"],
	}
}
