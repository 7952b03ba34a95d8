package mlproject.spec.compute.approved_frameworks_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.compute.approved_frameworks

test_a_framework_on_the_list_passes if count(approved_frameworks.deny) == 0 with input as projects.production({})
	with data.approved.frameworks as {"scikit-learn": "BSD-3-Clause"}

test_another_one_is_denied if projects.paths(approved_frameworks.deny) == {["training", "framework"]} with input as projects.production({})
	with data.approved.frameworks as {"xgboost": "Apache-2.0"}
