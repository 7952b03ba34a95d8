# METADATA
# title: Finished runs are removed
# description: >-
#   Workflows that stay fill etcd until the API server of the whole cluster slows down.
# custom:
#   code: workflows/clean-up
#   stage: manifests
#   severity: warning
#   control: "Playbook 2.2 Containers & Orchestration"
#   help: "set ttlStrategy, or the history limits of a CronJob"
package mlproject.manifests.workflows.clean_up

import rego.v1

deny contains finding if {
	some index, body in input.manifests
	body.kind in {"Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate"}
	not body.spec.ttlStrategy
	finding := {
		"message": "finished workflows stay for ever",
		"manifest": index,
		"place": ["spec", "ttlStrategy"],
	}
}

deny contains finding if {
	some index, body in input.manifests
	body.kind == "Job"
	not body.spec.ttlSecondsAfterFinished
	finding := {
		"message": "the finished job stays for ever",
		"manifest": index,
		"place": ["spec", "ttlSecondsAfterFinished"],
	}
}
