package mlproject.manifests.access.wildcards_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.access.wildcards

role(rule) := manifests.production([{"kind": "Role", "rules": [rule]}])

test_named_rights_pass if count(wildcards.deny) == 0 with input as role({"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]})

test_all_verbs_are_denied if manifests.places(wildcards.deny) == {[0, ["rules", 0, "verbs"]]} with input as role({"apiGroups": [""], "resources": ["configmaps"], "verbs": ["*"]})

test_all_of_everything_are_three_findings if count(wildcards.deny) == 3 with input as role({"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]})
