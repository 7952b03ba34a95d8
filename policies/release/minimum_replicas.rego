# METADATA
# title: An online service keeps the replicas of its tier
# description: >-
#   One replica is none while its machine is drained. A critical service keeps two or more.
# custom:
#   code: release/minimum-replicas
#   stage: spec
#   severity: error
#   control: "Playbook 6.1 Monitoring & Alerting (operational); SRE availability"
#   help: "raise deployment.scaling.minimum"
package mlproject.spec.release.minimum_replicas

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.deployment.enabled
	input.spec.deployment.kind == "online"
	tier := input.spec.metadata.tier
	minimum := data.requirements.replicas[tier]
	input.spec.deployment.scaling.minimum < minimum
	finding := {
		"message": sprintf("%v replicas at least, tier `%v` asks for %v", [input.spec.deployment.scaling.minimum, tier, minimum]),
		"path": ["deployment", "scaling", "minimum"],
	}
}
