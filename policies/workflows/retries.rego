# METADATA
# title: Steps on interruptible machines are tried again
# description: >-
#   A machine that is taken away is no fault of the step. Without a retry the whole run starts again.
# custom:
#   code: workflows/retries
#   stage: manifests
#   severity: warning
#   control: "Playbook 4.1 Training Automation"
#   help: "set retryStrategy.limit; here it follows training.retry"
package mlproject.manifests.workflows.retries

import rego.v1

deny contains finding if {
	some index, body in input.manifests
	body.kind in {"Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate"}
	some number, template in body.spec.templates
	_tolerates_spot(template)
	not template.retryStrategy.limit
	not body.spec.templateDefaults.retryStrategy.limit
	finding := {
		"message": sprintf("template `%v` may run on interruptible machines and is not tried again", [template.name]),
		"manifest": index,
		"place": ["spec", "templates", number],
	}
}

_tolerates_spot(template) if {
	some toleration in template.tolerations
	contains(toleration.key, "spot")
}
