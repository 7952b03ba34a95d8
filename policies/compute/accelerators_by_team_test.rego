package mlproject.spec.compute.accelerators_by_team_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.compute.accelerators_by_team

limits := {"any": 2, "risk": 4}

test_a_project_without_accelerators_passes if count(accelerators_by_team.deny) == 0 with input as projects.production({})
	with data.limits.accelerators_by_team as limits

test_training_and_serving_add_up if projects.paths(accelerators_by_team.deny) == {["metadata", "team"]} with data.limits.accelerators_by_team as limits
	with input as projects.production({"training": {"hardware": {"accelerator": {"count": 3}}}, "deployment": {"hardware": {"accelerator": {"count": 1}}, "scaling": {"maximum": 2}}})

test_other_teams_have_what_any_team_has if projects.messages(accelerators_by_team.deny) == {"training and serving hold 3 accelerators at once, team `ads` has 2"} with data.limits.accelerators_by_team as limits
	with input as projects.production({"metadata": {"team": "ads"}, "training": {"hardware": {"accelerator": {"count": 3}}}})
