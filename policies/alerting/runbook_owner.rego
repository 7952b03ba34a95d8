# METADATA
# title: Alerts in production have somebody who keeps the runbook
# description: >-
#   An alert opens a page at night. A page that nobody keeps describes the service of two years ago.
# custom:
#   code: alerting/runbook-owner
#   stage: spec
#   severity: error
#   control: "Playbook 6.3 Incident Response"
#   help: "name the rotation: metadata.contacts.runbook_owner"
package mlproject.spec.alerting.runbook_owner

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.alerts.enabled
	count(input.spec.alerts.rules) > 0
	not input.spec.metadata.contacts.runbook_owner
	finding := {
		"message": "there are alerts and nobody keeps their runbook",
		"path": ["metadata", "contacts"],
	}
}
