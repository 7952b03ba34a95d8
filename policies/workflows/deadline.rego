# METADATA
# title: Workflows and jobs have a deadline
# description: >-
#   A step that waits for data that never comes holds its machine, and the next run waits behind it.
# custom:
#   code: workflows/deadline
#   stage: manifests
#   severity: error
#   control: "Playbook 4.1 Training Automation"
#   help: "set activeDeadlineSeconds; here it follows training.timeout"
package mlproject.manifests.workflows.deadline

import rego.v1

deny contains finding if {
	some index, body in input.manifests
	place := _places[body.kind]
	spec := object.get(body, place, {})
	not spec.activeDeadlineSeconds
	not spec.workflowTemplateRef
	finding := {
		"message": "there is no activeDeadlineSeconds",
		"manifest": index,
		"place": place,
	}
}

_places := {
	"Workflow": ["spec"],
	"WorkflowTemplate": ["spec"],
	"ClusterWorkflowTemplate": ["spec"],
	"CronWorkflow": ["spec", "workflowSpec"],
	"Job": ["spec"],
	"CronJob": ["spec", "jobTemplate", "spec"],
}
