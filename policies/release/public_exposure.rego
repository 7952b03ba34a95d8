# METADATA
# title: A model that learned from personal data is not public
# description: >-
#   Whoever can ask a model often enough can learn what it was trained on. Models of personal data
#   answer inside the cluster, behind a service that knows its callers.
# custom:
#   code: release/public-exposure
#   stage: spec
#   severity: error
#   control: "Playbook 2.3 Network Security; OWASP ML04"
#   help: "set deployment.public: false and let a gateway with authentication call the model"
package mlproject.spec.release.public_exposure

import rego.v1

deny contains finding if {
	input.spec.deployment.enabled
	input.spec.deployment.public
	some source in input.spec.data.sources
	source.classification in {"pii", "phi"}
	finding := {
		"message": sprintf("the model is public and learned from %v data", [source.classification]),
		"path": ["deployment", "public"],
	}
}
