package mlproject.manifests.workflows.clean_up_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.workflows.clean_up

test_a_time_to_live_passes if count(clean_up.deny) == 0 with input as manifests.production([{"kind": "WorkflowTemplate", "spec": {"ttlStrategy": {"secondsAfterSuccess": 60}}}])

test_a_workflow_that_stays_is_denied if manifests.places(clean_up.deny) == {[0, ["spec", "ttlStrategy"]]} with input as manifests.production([{"kind": "WorkflowTemplate", "spec": {}}])

test_a_job_that_stays_is_denied if manifests.places(clean_up.deny) == {[0, ["spec", "ttlSecondsAfterFinished"]]} with input as manifests.production([{"kind": "Job", "spec": {}}])
