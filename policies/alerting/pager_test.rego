package mlproject.spec.alerting.pager_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.alerting.pager

test_a_pager_passes if count(pager.deny) == 0 with input as projects.production({})

test_warnings_need_none if count(pager.deny) == 0 with input as projects.production({"alerts": {"routes": {"critical": []}, "rules": [{"severity": "warning"}]}})

test_a_channel_is_not_enough if projects.paths(pager.deny) == {["alerts", "routes", "critical"]} with input as projects.production({"alerts": {"routes": {"critical": ["slack"]}}})
