package mlproject.manifests.containers.no_escalation_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.containers.no_escalation

test_set_passes if count(no_escalation.deny) == 0 with input as manifests.production([manifests.deployment({})])

test_unset_is_denied if manifests.places(no_escalation.deny) == {[0, ["spec", "template", "spec", "containers", 0, "securityContext", "allowPrivilegeEscalation"]]} with input as manifests.production([manifests.replaced({"securityContext": {}})])

test_privileged_is_denied if manifests.messages(no_escalation.deny) == {"container `main` is privileged"} with input as manifests.production([manifests.deployment({"securityContext": {"privileged": true}})])
