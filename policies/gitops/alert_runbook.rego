# METADATA
# title: Every alert opens a page
# description: >-
#   An alert without a severity is routed nowhere; one without a runbook wakes someone who then
#   searches.
# custom:
#   code: gitops/alert-runbook
#   stage: manifests
#   severity: error
#   control: "Playbook 6.1 Monitoring & Alerting; Playbook 6.3 Incident Response"
#   help: "set labels.severity and annotations.runbook_url"
package mlproject.manifests.gitops.alert_runbook

import rego.v1

deny contains finding if {
	some alert in _alerts
	not alert.rule.labels.severity
	finding := {
		"message": sprintf("alert `%v` has no severity", [alert.rule.alert]),
		"manifest": alert.manifest,
		"place": alert.place,
	}
}

deny contains finding if {
	some alert in _alerts
	not alert.rule.annotations.runbook_url
	finding := {
		"message": sprintf("alert `%v` has no runbook_url", [alert.rule.alert]),
		"manifest": alert.manifest,
		"place": alert.place,
	}
}

_alerts := [alert |
	some index, body in input.manifests
	body.kind == "PrometheusRule"
	some group_number, group in body.spec.groups
	some number, rule in group.rules
	rule.alert
	alert := {"manifest": index, "place": ["spec", "groups", group_number, "rules", number], "rule": rule}
]
