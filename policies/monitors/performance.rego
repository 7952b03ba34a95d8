# METADATA
# title: A critical model is measured again when labels arrive
# description: >-
#   Drift says that something changed; only labels say that the model became wrong.
# custom:
#   code: monitors/performance
#   stage: spec
#   severity: error
#   control: "Playbook 6.1 Monitoring & Alerting (Performance Decay)"
#   help: "add {metric: roc_auc, minimum: 0.8, labels_after: 14d} under monitoring.performance"
package mlproject.spec.monitors.performance

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.metadata.tier == "critical"
	input.spec.deployment.enabled
	not _is_measured
	finding := {
		"message": "no metric is computed again on late labels",
		"path": ["monitoring", "performance"],
	}
}

_is_measured if {
	input.spec.monitoring.enabled
	count(input.spec.monitoring.performance) > 0
}
