package mlproject.spec.release.public_exposure_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.release.public_exposure

test_an_inner_service_passes if count(public_exposure.deny) == 0 with input as projects.production({})

test_public_data_may_be_public if count(public_exposure.deny) == 0 with input as projects.production({"deployment": {"public": true}, "data": {"sources": [{"classification": "public"}]}})

test_personal_data_may_not if projects.paths(public_exposure.deny) == {["deployment", "public"]} with input as projects.production({"deployment": {"public": true}})
