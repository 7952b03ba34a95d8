package mlproject.spec.monitors.performance_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.monitors.performance

test_a_metric_passes if count(performance.deny) == 0 with input as projects.production({})

test_standard_needs_none if count(performance.deny) == 0 with input as projects.production({"metadata": {"tier": "standard"}, "monitoring": {"performance": []}})

test_none_is_denied if projects.paths(performance.deny) == {["monitoring", "performance"]} with input as projects.production({"monitoring": {"performance": []}})
