# METADATA
# title: An object of production is deleted only with an acknowledgement
# description: >-
#   What Git no longer holds is pruned from the cluster, with the state that it keeps and the traffic that it
#   answers. Every object on the list is acknowledged by name.
# custom:
#   code: gitops/deleted-object
#   stage: change
#   severity: error
#   control: "Playbook 4.3 Deployment Strategies"
#   help: "keep the object, or acknowledge the list"
package mlproject.change.gitops.deleted_object

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	some object in input.change.objects
	object.action == "delete"
	object.kind != "file"
	finding := {
		"message": sprintf("%v `%v` of production is deleted", [object.kind, object.name]),
		"path": ["metadata", "name"],
	}
}
