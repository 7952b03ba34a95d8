package mlproject.lib.schedules

import rego.v1

# How often a cron line starts something on a busy day: the minutes times the hours that it names.
runs_per_day(cron) := _times(fields[0], 60) * _times(fields[1], 24) if fields := split(cron, " ")

_times(field, all) := sum([_times_of_part(part, all) | some part in split(field, ",")])

_times_of_part(part, all) := ceil(_width(range_of[0], all) / to_number(range_of[1])) if {
	contains(part, "/")
	range_of := split(part, "/")
} else := _width(part, all)

_width("*", all) := all

_width(part, _) := (to_number(bounds[1]) - to_number(bounds[0])) + 1 if {
	contains(part, "-")
	bounds := split(part, "-")
}

_width(part, _) := 1 if {
	part != "*"
	not contains(part, "-")
}
