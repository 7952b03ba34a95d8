# METADATA
# title: Every object says whose it is
# description: >-
#   Cost, alerts and the question "can this go?" follow the labels of the team and of the project.
# custom:
#   code: objects/owner-labels
#   stage: manifests
#   severity: error
#   control: "Playbook 1.2 Team & Roles; FinOps: allocation"
#   help: "set the labels mlproject.dev/team and app.kubernetes.io/part-of"
package mlproject.manifests.objects.owner_labels

import rego.v1

import data.mlproject.lib.objects

deny contains finding if {
	some index, body in input.manifests
	some name in ["mlproject.dev/team", "app.kubernetes.io/part-of"]
	objects.label(body, name) == ""
	finding := {
		"message": sprintf("label %v is missing", [name]),
		"manifest": index,
		"place": ["metadata", "labels"],
	}
}
