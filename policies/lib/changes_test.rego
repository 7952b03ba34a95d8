# Inputs of the change stage: what a change means, and what becomes of objects.
package mlproject.lib.changes_test

import rego.v1

production(meanings) := in_mode("production", meanings)

in_mode(mode, meanings) := judged(mode, {"meanings": meanings, "objects": []})

paths(denied) := {finding.path | some finding in denied}

messages(denied) := {finding.message | some finding in denied}

judged(mode, change) := {
	"stage": "change",
	"environment": {"name": "production", "mode": mode},
	"project": {"name": "fraud", "team": "risk", "tier": "critical"},
	"change": change,
	"before": {"validation": {}},
	"after": {"validation": {}},
}

meaning(code) := {"code": code, "grade": "high", "message": code, "path": ["validation", "gates"]}
