package mlproject.manifests.containers.approved_registry_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.containers.approved_registry

registries := {"ghcr.io/acme/": "built by our CI"}

test_an_approved_prefix_passes if count(approved_registry.deny) == 0 with data.approved.registries as registries
	with input as manifests.production([manifests.deployment({"image": "ghcr.io/acme/a:1"})])

test_another_registry_is_denied if manifests.places(approved_registry.deny) == {[0, ["spec", "template", "spec", "containers", 0, "image"]]} with data.approved.registries as registries
	with input as manifests.production([manifests.deployment({"image": "ghcr.io/acme-tools/a:1"})])
