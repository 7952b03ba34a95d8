package mlproject.manifests.gitops.prune_protection_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.gitops.prune_protection

application(policy) := {"kind": "Application", "spec": {"syncPolicy": policy}}

protected := {"kind": "InferenceService", "metadata": {"annotations": {"argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm"}}}

test_a_confirmed_prune_passes if count(prune_protection.deny) == 0 with input as manifests.production([application({"automated": {"prune": true}, "syncOptions": ["Prune=confirm"]})])

test_no_prune_passes if count(prune_protection.deny) == 0 with input as manifests.production([application({"automated": {"prune": true}, "syncOptions": ["Prune=false"]})])

test_protected_objects_pass if count(prune_protection.deny) == 0 with input as manifests.production([application({"automated": {"prune": true}}), protected])

test_development_needs_none if count(prune_protection.deny) == 0 with input as manifests.in_mode("development", [application({"automated": {"prune": true}})])

test_a_prune_without_confirmation_is_denied if manifests.places(prune_protection.deny) == {[0, ["spec", "syncPolicy", "automated", "prune"]]} with input as manifests.production([application({"automated": {"prune": true}})])

test_an_application_that_may_be_empty_is_denied if manifests.places(prune_protection.deny) == {[0, ["spec", "template", "spec", "syncPolicy", "automated", "allowEmpty"]]} with input as manifests.production([{"kind": "ApplicationSet", "spec": {"template": {"spec": {"syncPolicy": {"automated": {"allowEmpty": true}}}}}}])
