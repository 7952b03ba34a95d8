# METADATA
# title: Scheduled runs do not overlap
# description: >-
#   Two runs at once write to the same registry, and the older one may finish last.
# custom:
#   code: workflows/concurrency
#   stage: manifests
#   severity: error
#   control: "Playbook 4.1 Training Automation"
#   help: "set concurrencyPolicy: Forbid or Replace"
package mlproject.manifests.workflows.concurrency

import rego.v1

deny contains finding if {
	some index, body in input.manifests
	body.kind in {"CronWorkflow", "CronJob"}
	policy := object.get(body.spec, "concurrencyPolicy", "Allow")
	policy == "Allow"
	finding := {
		"message": "scheduled runs may overlap",
		"manifest": index,
		"place": ["spec", "concurrencyPolicy"],
	}
}
