package mlproject.manifests.gitops.alert_runbook_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.gitops.alert_runbook

rules(list) := manifests.production([{"kind": "PrometheusRule", "spec": {"groups": [{"rules": list}]}}])

test_a_whole_alert_passes if count(alert_runbook.deny) == 0 with input as rules([{"alert": "a", "labels": {"severity": "critical"}, "annotations": {"runbook_url": "https://runbooks.example.org/a"}}])

test_recorded_series_need_none if count(alert_runbook.deny) == 0 with input as rules([{"record": "a:b:c"}])

test_no_severity_is_denied if manifests.messages(alert_runbook.deny) == {"alert `a` has no severity"} with input as rules([{"alert": "a", "annotations": {"runbook_url": "https://runbooks.example.org/a"}}])

test_no_runbook_is_denied if manifests.places(alert_runbook.deny) == {[0, ["spec", "groups", 0, "rules", 0]]} with input as rules([{"alert": "a", "labels": {"severity": "critical"}}])
