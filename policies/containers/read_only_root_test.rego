package mlproject.manifests.containers.read_only_root_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.containers.read_only_root

test_set_passes if count(read_only_root.deny) == 0 with input as manifests.production([manifests.deployment({})])

test_unset_is_denied if manifests.places(read_only_root.deny) == {[0, ["spec", "template", "spec", "containers", 0, "securityContext", "readOnlyRootFilesystem"]]} with input as manifests.production([manifests.replaced({"securityContext": {}})])
