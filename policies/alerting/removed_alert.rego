# METADATA
# title: An alert or a monitor of production goes only with an acknowledgement
# description: >-
#   What is no longer watched, and whom nobody calls any more, shows only when it is too late.
# custom:
#   code: alerting/removed-alert
#   stage: change
#   severity: error
#   control: "Playbook 4.5 Monitoring"
#   help: "keep the alert, or acknowledge the list"
package mlproject.change.alerting.removed_alert

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	some meaning in input.change.meanings
	meaning.code in _quieter
	finding := {"message": meaning.message, "path": meaning.path}
}

_quieter := {
	"alerts/silenced",
	"alerts/lowered",
	"alerts/route-narrowed",
	"monitors/off",
	"monitors/removed",
	"traffic/unwatched",
}
