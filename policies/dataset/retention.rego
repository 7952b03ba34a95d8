# METADATA
# title: Personal data has an end
# description: >-
#   Sources with personal data say how long a copy may be kept, and no longer than the organisation
#   allows. What is kept for ever is lost for ever once it leaks, and cannot be deleted on request.
# custom:
#   code: dataset/retention
#   stage: spec
#   severity: error
#   control: "Playbook 2.3 Audit and Compliance (retention, right to deletion); GDPR Art. 5(1)(e)"
#   help: "set retention: 365d, and delete what is older"
package mlproject.spec.dataset.retention

import rego.v1

import data.mlproject.lib.durations

deny contains finding if {
	some index, source in input.spec.data.sources
	data.limits.retention_days[source.classification]
	not source.retention
	finding := {
		"message": sprintf("source `%v` holds %v data and has no retention", [source.name, source.classification]),
		"path": ["data", "sources", index],
	}
}

deny contains finding if {
	some index, source in input.spec.data.sources
	days := data.limits.retention_days[source.classification]
	durations.seconds(source.retention) > days * 86400
	finding := {
		"message": sprintf("source `%v` keeps %v data for %v, at most %v days are allowed", [source.name, source.classification, source.retention, days]),
		"path": ["data", "sources", index, "retention"],
	}
}
