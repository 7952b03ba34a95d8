package mlproject.manifests.workflows.deadline_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.workflows.deadline

test_a_deadline_passes if count(deadline.deny) == 0 with input as manifests.production([{"kind": "WorkflowTemplate", "spec": {"activeDeadlineSeconds": 60}}])

test_a_reference_has_the_deadline_of_its_template if count(deadline.deny) == 0 with input as manifests.production([{"kind": "CronWorkflow", "spec": {"workflowSpec": {"workflowTemplateRef": {"name": "a"}}}}])

test_no_deadline_is_denied if manifests.places(deadline.deny) == {[0, ["spec", "jobTemplate", "spec"]]} with input as manifests.production([{"kind": "CronJob", "spec": {"jobTemplate": {"spec": {}}}}])
