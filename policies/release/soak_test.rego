package mlproject.spec.release.soak_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.release.soak

test_a_day_passes if count(soak.deny) == 0 with input as projects.production({"environment": {"soak": "1d"}})
	with data.requirements.soak_hours as {"critical": 24}

test_an_hour_is_denied if projects.paths(soak.deny) == {["environment", "soak"]} with data.requirements.soak_hours as {"critical": 24}
	with input as projects.production({"environment": {"soak": "1h"}})
