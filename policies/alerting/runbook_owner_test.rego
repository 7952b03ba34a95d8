package mlproject.spec.alerting.runbook_owner_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.alerting.runbook_owner

test_an_owner_passes if count(runbook_owner.deny) == 0 with input as projects.production({})

test_without_alerts_none_is_needed if count(runbook_owner.deny) == 0 with input as projects.anonymous({"alerts": {"rules": []}})

test_no_owner_is_denied if projects.paths(runbook_owner.deny) == {["metadata", "contacts"]} with input as projects.anonymous({})
