package mlproject.spec.release.signed_models_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.release.signed_models

test_signed_models_pass if count(signed_models.deny) == 0 with input as projects.production({})

test_development_may_do_without if count(signed_models.deny) == 0 with input as projects.in_mode("development", {"model": {"signing": "off"}})

test_optional_is_denied if projects.paths(signed_models.deny) == {["model", "signing"]} with input as projects.production({"model": {"signing": "optional"}})

test_the_shared_key_is_denied if projects.paths(signed_models.deny) == {["model", "signing_key"]} with input as projects.production({"model": {"signing_key": "secret://mlproject/signing#private-key"}})
