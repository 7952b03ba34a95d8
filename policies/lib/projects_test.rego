# Inputs of the spec stage that keep every policy, and ways to break them.
package mlproject.lib.projects_test

import rego.v1

production(patch) := in_mode("production", patch)

in_mode(mode, patch) := _judged(object.union(project, {"environment": {"mode": mode}}), patch)

with_source(patch) := production({"data": {"sources": [object.union(source, patch)]}})

# Nobody keeps the runbook.
anonymous(patch) := _judged(json.remove(project, ["metadata/contacts/runbook_owner"]), patch)

# Nothing is promoted to here.
first_environment(patch) := _judged(json.remove(project, ["environment/promotes_from"]), patch)

paths(denied) := {finding.path | some finding in denied}

messages(denied) := {finding.message | some finding in denied}

_judged(spec, patch) := {
	"stage": "spec",
	"environment": object.union({"name": "production"}, patched.environment),
	"spec": patched,
	"lock": null,
} if {
	patched := object.union(spec, patch)
}

source := {
	"name": "loans",
	"uri": "s3://risk-lake/curated/loans/",
	"layer": "curated",
	"classification": "pii",
	"owner": "risk",
	"encryption": {"at_rest": "customer-managed", "in_transit": true},
	"retention": "365d",
	"version": {"with": "dvc"},
	"contract": {"columns": {"age": {"type": "int64", "protected": true}}, "freshness": "24h"},
}

project := {
	"metadata": {
		"name": "credit",
		"team": "risk",
		"tier": "critical",
		"scores_people": true,
		"contacts": {"slack": "#risk", "runbook_owner": "risk-oncall"},
	},
	"data": {"sources": [source]},
	"training": {
		"enabled": true,
		"framework": "scikit-learn",
		"hardware": {"cpu": 4, "memory": "8Gi", "nodes": 1, "spot": false},
		"triggers": {"schedule": "0 3 * * *"},
		"timeout": "4h",
	},
	"validation": {"gates": [
		{"kind": "metric"},
		{"kind": "champion"},
		{"kind": "slice"},
		{"kind": "behaviour"},
		{"kind": "latency"},
		{"kind": "fairness"},
	]},
	"model": {"signing": "required", "signing_key": "secret://risk/signing#private-key"},
	"deployment": {
		"enabled": true,
		"kind": "online",
		"public": false,
		"hardware": {"cpu": 2, "memory": "4Gi", "spot": false},
		"scaling": {"minimum": 2, "maximum": 6},
		"strategy": {"kind": "canary"},
	},
	"monitoring": {
		"enabled": true,
		"slos": [{"name": "availability"}, {"name": "latency"}],
		"drift": [{"kind": "data"}, {"kind": "prediction"}],
		"performance": [{"metric": "recall"}],
	},
	"alerts": {
		"enabled": true,
		"routes": {"critical": ["pagerduty", "slack"], "warning": ["slack"]},
		"rules": [{"on": "slo.latency", "severity": "critical"}, {"on": "drift.data", "severity": "warning"}],
	},
	"environment": {"mode": "production", "approvals": 2, "soak": "24h", "promotes_from": "staging"},
}
