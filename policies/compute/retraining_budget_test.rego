package mlproject.spec.compute.retraining_budget_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.compute.retraining_budget

limits := {"critical": 24}

test_nightly_passes if count(retraining_budget.deny) == 0 with input as projects.production({})
	with data.limits.retraining_per_day as limits

test_hourly_passes if count(retraining_budget.deny) == 0 with data.limits.retraining_per_day as limits
	with input as projects.production({"training": {"triggers": {"schedule": "7 * * * *"}}})

test_office_hours_pass if count(retraining_budget.deny) == 0 with data.limits.retraining_per_day as limits
	with input as projects.production({"training": {"triggers": {"schedule": "0,30 8-18 * * 1-5"}}})

test_every_five_minutes_is_denied if projects.messages(retraining_budget.deny) == {"`*/5 * * * *` starts up to 288 runs a day, tier `critical` may start 24"} with data.limits.retraining_per_day as limits
	with input as projects.production({"training": {"triggers": {"schedule": "*/5 * * * *"}}})

test_every_minute_of_some_hours_is_denied if projects.paths(retraining_budget.deny) == {["training", "triggers", "schedule"]} with data.limits.retraining_per_day as limits
	with input as projects.production({"training": {"triggers": {"schedule": "* 8-10/2,20 * * *"}}})
