package mlproject.manifests.pods.service_account_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.pods.service_account

test_an_own_account_without_token_passes if count(service_account.deny) == 0 with input as manifests.production([manifests.deployment({})])

test_a_step_that_cannot_see_the_token_passes if count(service_account.deny) == 0 with input as manifests.production([manifests.workflow({})])

test_runtimes_are_not_asked if count(service_account.deny) == 0 with input as manifests.production([{"kind": "ServingRuntime", "spec": {"containers": [{"name": "a"}]}}])

test_the_default_account_is_denied if manifests.places(service_account.deny) == {[0, ["spec", "template", "spec", "serviceAccountName"]]} with input as manifests.production([manifests.with_pod({"serviceAccountName": "default"}, manifests.deployment({}))])

test_a_mounted_token_is_denied if manifests.messages(service_account.deny) == {"container `main` finds the token of its service account"} with input as manifests.production([manifests.with_pod({"automountServiceAccountToken": true}, manifests.deployment({}))])
