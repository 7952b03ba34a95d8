"""The pages of what a promotion says: the law, why it is one, what breaks it and what keeps it."""

from collections.abc import Mapping

PAGES: Mapping[str, str] = {
    "promotion/environment": """\
An environment that is named is one of the project's.

Bad:
    mlproject promote churn --to prod
Good:
    mlproject promote churn --to production
""",
    "promotion/project": """\
A project that is named has a spec below specs/.

Bad:
    mlproject promote specs/churn --to dev
Good:
    mlproject promote churn --to dev
""",
    "promotion/version-file": """\
A version file is the JSON that the step `register` wrote.

It says version, place and digest of a model, the run and the data that made it, and what the gates said.

Bad:
    mlproject promote churn --to dev --from-version model.onnx
Good:
    mlproject promote churn --to dev --from-version version.json
""",
    "promotion/no-model": """\
A promotion has a model to promote.

An environment with `promotes_from` takes what serves there. The first one of the chain takes what a run
registered, and has to be told which.

Bad:
    mlproject promote churn --to dev
Good:
    mlproject promote churn --to dev --from-version version.json
""",
    "promotion/order": """\
A model serves in `promotes_from` before it serves here.

Whatever has not run in staging has not been seen to run.

Bad:
    mlproject promote churn --to production --version 8 ...     # staging serves 7
Good:
    mlproject promote churn --to staging
    mlproject promote churn --to production
""",
    "promotion/gates": """\
A model is promoted when its gates are known to have passed.

A verdict that nobody has is none. It travels in the version file of a run and stays in the lock with the digest of
the verdict file, in which every number stands beside its threshold.

Bad:
    mlproject promote churn --to dev --version 7 --uri ... --digest ...
Good:
    mlproject promote churn --to dev --version 7 --uri ... --digest ... --verdict verdict.json
""",
    "promotion/soak": """\
A model has served for the `soak` time where it comes from.

What leaks, drifts or fails at night needs time to be seen. The time counts from when Git got the promotion on its main
line; where Git does not know it, it has not begun.

Bad:
    promoted to staging at 10:00, to production at 10:05, with soak: 24h
Good:
    promoted to production a day later
""",
    "promotion/approvals": """\
A promotion to an environment with `approvals` is a request that others approve.

One person with a shell is not two people. The host counts the approvals before it lets the branch in.

Bad:
    mlproject promote churn --to production --commit
Good:
    mlproject promote churn --to production --pull-request
""",
    "promotion/signature": """\
The files of a model are those that were signed, by a key that the repository trusts.

`signing: required` means that it is verified before the lock says so, not only when it is loaded. The public keys are
in keys/*.pem, reviewed like everything else.

Bad:
    a model.onnx that was replaced after it was signed
Good:
    a model of a run, registered by the pipeline
""",
    "promotion/frozen": """\
Nothing is promoted to an environment that is frozen.

A freeze stands in the lock with its reason and perhaps its end. A rollback works: it brings back what was there.

Bad:
    mlproject promote churn --to production     # frozen until 2026-12-27
Good:
    wait, or mlproject freeze churn --env production --lift
""",
    "promotion/not-frozen": """\
A freeze that is lifted is there.

Bad:
    mlproject freeze churn --env production --lift      # nobody froze it
Good:
    mlproject freeze churn --env production --until 2026-12-27 --reason "holiday sales"
""",
    "promotion/history": """\
A rollback brings back a model that the environment served before, as Git has it.

The history of the lock is the only record: what is not in it was not reviewed.

Bad:
    mlproject rollback churn --env production --to 9      # production never served 9
Good:
    mlproject rollback churn --env production
""",
    "promotion/uncommitted": """\
The commit of a promotion holds the promotion.

One revert must bring back exactly what was there before, so nothing else may travel along.

Bad:
    an edited mlproject.yaml, not yet committed, and mlproject promote churn --to dev --commit
Good:
    git commit, then mlproject promote churn --to dev --commit
""",
    "promotion/stale": """\
Before a promotion is committed, generated/ is what the project compiles to.

Else the commit of the promotion would change what the promotion does not speak of.

Bad:
    a new compiler, generated/ not yet compiled with it, and mlproject promote churn --to dev --commit
Good:
    mlproject compile, git commit, then mlproject promote churn --to dev --commit
""",
}
