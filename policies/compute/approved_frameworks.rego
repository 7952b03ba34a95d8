# METADATA
# title: Training uses a framework whose licence was read
# description: >-
#   Each framework on the list was looked at once: its licence, who maintains it, how its models are
#   exported.
# custom:
#   code: compute/approved-frameworks
#   stage: spec
#   severity: error
#   control: "Playbook 7.1 Technology Stack; NIST AI RMF MAP 4.1"
#   help: use a framework on the list, or have yours added to approved.frameworks in policies/data/
package mlproject.spec.compute.approved_frameworks

import rego.v1

deny contains finding if {
	input.spec.training.enabled
	framework := input.spec.training.framework
	not data.approved.frameworks[framework]
	finding := {
		"message": sprintf("framework `%v` is not approved", [framework]),
		"path": ["training", "framework"],
	}
}
