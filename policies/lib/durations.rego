package mlproject.lib.durations

import rego.v1

_seconds := {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}

# Seconds of a duration such as 30m or 14d: the built-in parser knows neither days nor weeks.
seconds(text) := to_number(trim_right(text, "mshdw")) * _seconds[trim_left(text, "0123456789")]
