# METADATA
# title: A project says what it is for
# description: >-
#   Catalogues, dashboards and runbooks show the description. This one is yours to change or delete.
# custom:
#   code: project/described
#   stage: spec
#   severity: warning
#   help: "set metadata.description"
package mlproject.spec.project.described

import rego.v1

deny contains finding if {
	input.spec.metadata.description == ""
	finding := {"message": "the project has no description", "path": ["metadata", "description"]}
}
