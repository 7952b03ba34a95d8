# METADATA
# title: A service in production has the objectives of its tier
# description: >-
#   Without an objective nobody can say whether the service is good enough, and no alert can either.
# custom:
#   code: monitors/objectives
#   stage: spec
#   severity: error
#   control: "Playbook 6.1 Monitoring & Alerting (Operational Monitoring)"
#   help: "add {name: availability, objective: 99.5, window: 30d} under monitoring.slos"
package mlproject.spec.monitors.objectives

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.deployment.enabled
	input.spec.deployment.kind == "online"
	tier := input.spec.metadata.tier
	some name in data.requirements.slos[tier]
	not name in {slo.name | some slo in _slos}
	finding := {
		"message": sprintf("there is no objective for %v, which tier `%v` requires", [name, tier]),
		"path": ["monitoring", "slos"],
	}
}

_slos := input.spec.monitoring.slos if input.spec.monitoring.enabled

_slos := [] if not input.spec.monitoring.enabled
