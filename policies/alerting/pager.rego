# METADATA
# title: Critical alerts of critical models wake someone
# description: >-
#   A message in a channel is read in the morning. What is critical for a critical model goes to a
#   pager.
# custom:
#   code: alerting/pager
#   stage: spec
#   severity: error
#   control: "Playbook 6.1 Monitoring & Alerting (severity levels)"
#   help: "add pagerduty or opsgenie to alerts.routes.critical, or lower the severity of the alerts"
package mlproject.spec.alerting.pager

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.metadata.tier == "critical"
	input.spec.alerts.enabled
	_has_critical_alert
	channels := object.get(input.spec.alerts, ["routes", "critical"], [])
	count({channel | some channel in channels; channel in data.requirements.pager_channels}) == 0
	finding := {
		"message": "critical alerts go to no pager",
		"path": ["alerts", "routes", "critical"],
	}
}

_has_critical_alert if {
	some rule in input.spec.alerts.rules
	rule.severity == "critical"
}
