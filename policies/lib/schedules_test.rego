package mlproject.lib.schedules_test

import rego.v1

import data.mlproject.lib.durations
import data.mlproject.lib.schedules

test_runs_a_day[cron] if {
	some cron, runs in {
		"0 3 * * *": 1,
		"0 3 * * 1": 1,
		"*/15 * * * *": 96,
		"0 */6 * * *": 4,
		"0,30 8-18 * * *": 22,
		"* * * * *": 1440,
		"10-20/5 2 * * *": 3,
	}
	schedules.runs_per_day(cron) == runs
}

test_seconds[duration] if {
	some duration, seconds in {"30s": 30, "5m": 300, "2h": 7200, "14d": 1209600, "1w": 604800}
	durations.seconds(duration) == seconds
}
