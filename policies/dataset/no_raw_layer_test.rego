package mlproject.spec.dataset.no_raw_layer_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.dataset.no_raw_layer

test_curated_passes if count(no_raw_layer.deny) == 0 with input as projects.production({})

test_raw_passes_in_development if count(no_raw_layer.deny) == 0 with input as projects.in_mode("development", {"data": {"sources": [{"name": "a", "layer": "raw"}]}})

test_raw_in_production_is_denied if projects.paths(no_raw_layer.deny) == {["data", "sources", 0, "layer"]} with input as projects.with_source({"layer": "raw"})
