package mlproject.spec.project.described_test

import rego.v1

import data.mlproject.spec.project.described

test_a_description_passes if count(described.deny) == 0 with input as project("Reads digits.")

test_no_description_is_found if count(described.deny) == 1 with input as project("")

project(description) := {"stage": "spec", "spec": {"metadata": {"description": description}}}
