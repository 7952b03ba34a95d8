# METADATA
# title: A model in production is watched for drift
# description: >-
#   The world changes and the model does not. Drift of the data is the first thing to see of it, often
#   months before labels arrive.
# custom:
#   code: monitors/drift
#   stage: spec
#   severity: error
#   control: "Playbook 6.1 Monitoring & Alerting (Model Monitoring); NIST AI RMF MEASURE 2.4"
#   help: "add {kind: data, columns: all, statistic: psi, maximum: 0.2, window: 24h} under monitoring.drift"
package mlproject.spec.monitors.drift

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.deployment.enabled
	tier := input.spec.metadata.tier
	some kind in data.requirements.drift[tier]
	not kind in {monitor.kind | some monitor in _monitors}
	finding := {
		"message": sprintf("there is no monitor of %v drift, which tier `%v` requires", [kind, tier]),
		"path": ["monitoring", "drift"],
	}
}

_monitors := input.spec.monitoring.drift if input.spec.monitoring.enabled

_monitors := [] if not input.spec.monitoring.enabled
