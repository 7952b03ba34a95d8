# METADATA
# title: A critical service survives the drain of a machine
# description: >-
#   An upgrade of the cluster drains machines one by one, and without a PodDisruptionBudget it may take
#   all replicas of a service at once.
# custom:
#   code: availability/disruption-budget
#   stage: manifests
#   severity: error
#   control: "Playbook 6.1 Monitoring & Alerting (operational); SRE availability"
#   help: "add a PodDisruptionBudget with minAvailable or maxUnavailable that selects the pods"
package mlproject.manifests.availability.disruption_budget

import rego.v1

import data.mlproject.lib.objects
import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.project.tier == "critical"
	some index, body in input.manifests
	body.kind in {"Deployment", "StatefulSet", "Rollout", "InferenceService"}
	not objects.namespace(body) in _budgeted
	finding := {
		"message": "a critical service has no PodDisruptionBudget in its namespace",
		"manifest": index,
		"place": ["metadata", "name"],
	}
}

_budgeted := {objects.namespace(body) |
	some body in input.manifests
	body.kind == "PodDisruptionBudget"
}
