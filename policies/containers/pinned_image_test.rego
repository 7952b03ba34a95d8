package mlproject.manifests.containers.pinned_image_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.containers.pinned_image

test_a_digest_passes if count(pinned_image.deny) == 0 with input as manifests.production([manifests.deployment({})])

test_a_tag_passes_in_development if count(pinned_image.deny) == 0 with input as manifests.in_mode("development", [manifests.deployment({"image": "ghcr.io/acme/a:1"})])

test_a_tag_is_denied if manifests.places(pinned_image.deny) == {[0, ["spec", "template", "spec", "containers", 0, "image"]]} with input as manifests.production([manifests.deployment({"image": "ghcr.io/acme/a:1"})])

test_a_tag_in_a_workflow_is_denied if manifests.places(pinned_image.deny) == {[1, ["spec", "templates", 1, "container", "image"]]} with input as manifests.production([
	manifests.deployment({}),
	manifests.workflow({"image": "ghcr.io/acme/a:1"}),
])
