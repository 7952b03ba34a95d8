# METADATA
# title: Manifests keep the replicas of the tier
# description: >-
#   What the spec promises must be what is rendered: a critical service never scales below its minimum,
#   and never to zero.
# custom:
#   code: availability/replicas
#   stage: manifests
#   severity: error
#   control: "Playbook 6.1 Monitoring & Alerting (operational); SRE availability"
#   help: "raise deployment.scaling.minimum"
package mlproject.manifests.availability.replicas

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	minimum := data.requirements.replicas[input.project.tier]
	some index, body in input.manifests
	some place in _places[body.kind]
	replicas := object.get(body, place, minimum)
	replicas < minimum
	finding := {
		"message": sprintf("%v replicas at least, tier `%v` asks for %v", [replicas, input.project.tier, minimum]),
		"manifest": index,
		"place": place,
	}
}

_places := {
	"Deployment": [["spec", "replicas"]],
	"InferenceService": [["spec", "predictor", "minReplicas"]],
	"HorizontalPodAutoscaler": [["spec", "minReplicas"]],
	"ScaledObject": [["spec", "minReplicaCount"], ["spec", "idleReplicaCount"]],
}
