# METADATA
# title: A model runs elsewhere long enough before production
# description: >-
#   Some faults take a day to show: a leak, a nightly job, the other half of the world awake. How long
#   follows the tier.
# custom:
#   code: release/soak
#   stage: spec
#   severity: error
#   control: "Playbook 4.3 Deployment Strategies"
#   help: "set soak: 24h under environments.production"
package mlproject.spec.release.soak

import rego.v1

import data.mlproject.lib.durations
import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	tier := input.spec.metadata.tier
	hours := data.requirements.soak_hours[tier]
	soak := object.get(input.environment, "soak", "0s")
	durations.seconds(soak) < hours * 3600
	finding := {
		"message": sprintf("a model soaks for %v before production, tier `%v` asks for %v hours", [soak, tier, hours]),
		"path": ["environment", "soak"],
	}
}
