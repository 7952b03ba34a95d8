package mlproject.manifests.workflows.retries_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.workflows.retries

workflow(template) := manifests.production([{"kind": "WorkflowTemplate", "spec": {"templates": [template]}}])

test_a_retry_passes if count(retries.deny) == 0 with input as workflow({"name": "train", "tolerations": [{"key": "mlproject.dev/spot"}], "retryStrategy": {"limit": "2"}})

test_lasting_machines_need_none if count(retries.deny) == 0 with input as workflow({"name": "train", "tolerations": [{"key": "nvidia.com/gpu"}]})

test_no_retry_is_denied if manifests.places(retries.deny) == {[0, ["spec", "templates", 0]]} with input as workflow({"name": "train", "tolerations": [{"key": "mlproject.dev/spot"}]})
