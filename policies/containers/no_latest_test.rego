package mlproject.manifests.containers.no_latest_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.containers.no_latest

denied(image) if manifests.places(no_latest.deny) == {[0, ["spec", "template", "spec", "containers", 0, "image"]]} with input as manifests.production([manifests.deployment({"image": image})])

test_a_digest_passes if not denied("ghcr.io/acme/a@sha256:00")

test_a_version_passes if not denied("registry:5000/acme/a:1.2")

test_latest_is_denied if denied("ghcr.io/acme/a:latest")

test_no_tag_is_denied if denied("registry:5000/acme/a")
