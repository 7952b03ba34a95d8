package mlproject.lib.secrets

import rego.v1

# Whether a value under this name is a secret in plain sight: by its own form, or by its name.
is_plaintext(_, value) if {
	is_string(value)
	regex.match(_form, value)
}

is_plaintext(name, value) if {
	is_string(value)
	regex.match(`(?i)(^|[-_.])(password|passwd|secret|token|api_?key|private_?key|access_?key|credentials?)$`, name)
	count(value) >= 6
	not regex.match(`^(/|[a-z]+://|\$\(|\{\{|secret://)`, value)
}

_form := concat("|", [
	`-----BEGIN [A-Z ]*PRIVATE KEY-----`,
	`\b(AKIA|ASIA)[0-9A-Z]{16}\b`,
	`\bgh[pousr]_[A-Za-z0-9]{36}`,
	`\bglpat-[A-Za-z0-9_-]{20}`,
	`\bxox[abprs]-[A-Za-z0-9-]{10}`,
	`\bAIza[0-9A-Za-z_-]{35}`,
	`://[^/:@\s]+:[^/:@\s]+@`,
	`\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.`,
])
