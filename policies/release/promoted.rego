# METADATA
# title: Production takes its models from another environment
# description: >-
#   A model that was never served anywhere else is tried out on customers.
# custom:
#   code: release/promoted
#   stage: spec
#   severity: error
#   control: "Playbook 6.2 CI/CD Automation"
#   help: "set promotes_from: staging under environments.production"
package mlproject.spec.release.promoted

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	input.spec.metadata.tier != "experimental"
	not input.environment.promotes_from
	finding := {
		"message": "production promotes from no other environment",
		"path": ["environment", "promotes_from"],
	}
}
