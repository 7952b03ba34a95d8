# METADATA
# title: Somebody is told when production breaks
# description: >-
#   A monitor without an alert is a chart. In production at least one alert is critical or a warning,
#   and it goes somewhere.
# custom:
#   code: alerting/coverage
#   stage: spec
#   severity: error
#   control: "Playbook 6.1 Monitoring & Alerting"
#   help: "add a rule such as {on: pipeline.failed, severity: warning} and a route for its severity"
package mlproject.spec.alerting.coverage

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.metadata.tier != "experimental"
	not _reaches_someone
	finding := {
		"message": "no alert of this environment reaches anyone",
		"path": ["alerts", "rules"],
	}
}

_reaches_someone if {
	input.spec.alerts.enabled
	some rule in input.spec.alerts.rules
	rule.severity in {"critical", "warning"}
	count(input.spec.alerts.routes[rule.severity]) > 0
}
