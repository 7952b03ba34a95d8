package mlproject.spec.assurance.protected_attributes_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.assurance.protected_attributes

test_a_marked_column_passes if count(protected_attributes.deny) == 0 with input as projects.production({})

test_models_of_things_need_none if count(protected_attributes.deny) == 0 with input as projects.production({"metadata": {"scores_people": false}, "data": {"sources": []}})

test_no_marked_column_is_denied if projects.paths(protected_attributes.deny) == {["data", "sources"]} with input as projects.with_source({"contract": {"columns": {"age": {"protected": false}, "sex": {"protected": false}}}})
