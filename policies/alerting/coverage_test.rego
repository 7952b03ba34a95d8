package mlproject.spec.alerting.coverage_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.alerting.coverage

test_a_routed_alert_passes if count(coverage.deny) == 0 with input as projects.production({})

test_experiments_may_be_silent if count(coverage.deny) == 0 with input as projects.production({"metadata": {"tier": "experimental"}, "alerts": {"rules": []}})

test_no_rule_is_denied if projects.paths(coverage.deny) == {["alerts", "rules"]} with input as projects.production({"alerts": {"rules": []}})

test_a_rule_without_route_is_denied if count(coverage.deny) == 1 with input as projects.production({"alerts": {"routes": {"critical": [], "warning": []}}})

test_switched_off_alerts_reach_nobody if count(coverage.deny) == 1 with input as projects.production({"alerts": {"enabled": false}})
