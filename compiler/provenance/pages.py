"""The pages of what a verification says: the law, why it is one, what breaks it and what keeps it."""

from collections.abc import Mapping

PAGES: Mapping[str, str] = {
    "provenance/changed": """\
A file below generated/ is the one that its index lists.

What Argo CD applies is these bytes. One that a hand changed was reviewed by nobody.

Bad:
    generated/production/churn/serving.yaml, edited after the compile
Good:
    a change of the spec, and mlproject compile
""",
    "provenance/missing": """\
A file that an index lists is there.

Bad:
    generated/production/churn/access.yaml deleted by hand
Good:
    a change of the spec, and mlproject compile
""",
    "provenance/unlisted": """\
Every file below generated/ is listed in the index of its folder.

A GitOps controller applies whatever lies there, whoever put it there.

Bad:
    generated/production/churn/backdoor.yaml
Good:
    only what the compiler wrote
""",
    "provenance/not-a-file": """\
What is below generated/ are folders and regular files.

What a link leads to changes without a commit.

Bad:
    generated/production/churn/serving.yaml -> /tmp/serving.yaml
Good:
    generated/production/churn/serving.yaml
""",
    "provenance/mode": """\
A file below generated/ is not executable, and not writable by everyone.

Nothing of it is ever run, and nobody but its owner changes it.

Bad:
    mode 0755
Good:
    mode 0644
""",
    "provenance/compiler": """\
What is verified was made by the version of the compiler that verifies.

Only the same version gives the same bytes, so another one cannot tell whether they are right.

Bad:
    generated/ by 0.1.0, mlproject verify of 0.2.0
Good:
    the version that the index names; or compile anew and review the difference
""",
    "provenance/stale": """\
What is below generated/ is what its specs compile to.

An index that fits its files proves that they belong together, not that they come from the specs.

Bad:
    files and index replaced together
Good:
    mlproject compile, and a commit of the result
""",
    "provenance/statement": """\
The signed statement is about this generated/.

It names the digest of every index, and an index that of every file.

Bad:
    a statement of last week
Good:
    mlproject sign, after the last compile
""",
    "provenance/signature": """\
The statement has a signature of the identity that is asked for, with a key that is allowed to sign for it.

Without a signature, and with one of somebody else, nothing is known of who made it.

Bad:
    mlproject verify --allowed-signers FILE --identity ci@example.org     # the signature is of mallory@example.org
Good:
    the job on the protected branch signs, and its public key stands in the allowed signers of the base branch
""",
    "provenance/unknown": """\
Evidence is complete, or says what it lacks.

Bad:
    mlproject evidence churn --env production      # no model was ever promoted there
Good:
    mlproject promote churn --to production, then mlproject evidence churn --env production
""",
}
