"""The pages of what is wrong with waivers: the law, why it is one, what breaks it and what keeps it."""

from collections.abc import Mapping

PAGES: Mapping[str, str] = {
    "waivers/malformed": """\
A waiver says which rule, for which project, at which place, who answers for it, why, and until when.

One that says less would be an exception for everybody, for ever. A file with one bad waiver waives nothing.

Bad:
    waivers: [{rule: release/gradual-rollout, project: "*"}]
Good:
    waivers:
      - {rule: release/gradual-rollout, project: employment, path: deployment.strategy,
         owner: labour-statistics, reason: one replica until March, expires: 2027-03-31}
""",
    "waivers/expired": """\
A waiver ends, and then the rule holds again.

The day is that of the commit, or the one given with `--date`: a compile of an old commit says what it said then.

Bad:
    expires: 2026-01-31, compiled from a commit of February 2026
Good:
    the rule is kept, and the waiver removed
""",
    "waivers/unused": """\
A waiver is there because a finding needs it.

One that outlived its finding would hide the next one at the same place.

Bad:
    a waiver of `release/gradual-rollout` for a project that uses a canary
Good:
    the waiver goes with the change that made it needless
""",
    "waivers/no-date": """\
A waiver can only be judged on a day.

The compiler has no clock. Without a commit there is no day to take, so that one must be given.

Bad:
    mlproject check, outside a Git repository, with a waivers.yaml
Good:
    mlproject check --date 2026-11-30
""",
}
