package mlproject.manifests.workflows.concurrency_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.workflows.concurrency

cron(spec) := manifests.production([{"kind": "CronWorkflow", "spec": spec}])

test_forbid_passes if count(concurrency.deny) == 0 with input as cron({"concurrencyPolicy": "Forbid"})

test_the_default_is_denied if manifests.places(concurrency.deny) == {[0, ["spec", "concurrencyPolicy"]]} with input as cron({})
