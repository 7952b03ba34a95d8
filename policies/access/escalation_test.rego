package mlproject.manifests.access.escalation_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.access.escalation

role(rule) := manifests.production([{"kind": "Role", "rules": [rule]}])

test_plain_rights_pass if count(escalation.deny) == 0 with input as role({"resources": ["workflowtaskresults"], "verbs": ["create", "patch"]})

test_binding_is_denied if manifests.messages(escalation.deny) == {"a rule allows to bind"} with input as role({"resources": ["roles"], "verbs": ["bind"]})

test_reading_secrets_is_denied if manifests.places(escalation.deny) == {[0, ["rules", 0, "resources"]]} with input as role({"resources": ["secrets"], "verbs": ["get", "list"]})

test_reading_one_secret_passes if count(escalation.deny) == 0 with input as role({"resources": ["secrets"], "resourceNames": ["a"], "verbs": ["get"]})

test_a_shell_is_denied if manifests.messages(escalation.deny) == {"a rule allows access to pods/exec"} with input as role({"resources": ["pods/exec"], "verbs": ["create"]})
