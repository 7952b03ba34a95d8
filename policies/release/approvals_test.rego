package mlproject.spec.release.approvals_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.release.approvals

test_two_people_pass if count(approvals.deny) == 0 with input as projects.production({})
	with data.requirements.approvals as {"critical": 2}

test_development_needs_none if count(approvals.deny) == 0 with input as projects.in_mode("development", {"environment": {"approvals": 0}})

test_one_person_is_not_enough if projects.paths(approvals.deny) == {["environment", "approvals"]} with data.requirements.approvals as {"critical": 2}
	with input as projects.production({"environment": {"approvals": 1}})
