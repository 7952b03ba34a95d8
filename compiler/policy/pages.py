"""The pages of what can be wrong with policies and engines: the law, why it is one, what breaks and keeps it."""

from collections.abc import Mapping

PAGES: Mapping[str, str] = {
    "policy/no-rules": """\
There are policies to judge by.

A folder that is empty by mistake would approve everything, and nobody would notice. A repository's `policies/` may
hold data alone, for the built-in policies to read.

Bad:
    an empty `policies/` folder
Good:
    policies/dataset/residency.rego
""",
    "policy/too-few": """\
A pack is whole: it has at least the number of policies that its pack.json names.

A file that was lost in a merge takes its rule with it without a word.

Bad:
    pack.json with `"minimum": 12` beside eleven policies
Good:
    pack.json with `"minimum": 12` beside twelve policies
""",
    "policy/blind": """\
A pack finds fault with the input that its pack.json says it must deny.

It is judged in the same run as the specs. A pack that approves it would approve anything.

Bad:
    `denies: {"spec": {"spec": {}}}`, which no policy of the pack speaks of
Good:
    an input under `denies` that breaks a rule of the pack on purpose
""",
    "policy/syntax": """\
A policy is Rego v1 that compiles.

One file that does not compile leaves all of them unjudged, so nothing is approved.

Bad:
    deny[msg] { input.spec.metadata.tier == "critical" }
Good:
    deny contains {"message": "...", "path": ["metadata", "tier"]} if input.spec.metadata.tier == "critical"
""",
    "policy/forbidden-builtin": """\
A policy calls functions on the allow-list and functions that policies define, by their plain names.

A verdict must be the same on every machine and at every time, and judging must not reach the network: what
`http.send`, `time.now_ns`, `rand.intn` or `opa.runtime` answer is not in the commit.

Bad:
    allowed := http.send({"method": "GET", "url": "https://example.org/registries"}).body
Good:
    allowed := data.approved.registries
""",
    "policy/unsupported": """\
A policy uses only what the embedded engine and an OPA server agree on.

sprintf knows %v, %s, %d and %q there, in a literal format. String interpolation, rules and imports named like
a built-in function, and files over 256 KiB are left out. So is a negated call or membership of a value that may
be missing: OPA leaves the rule undefined, and approves.

Bad:
    sprintf("%5.1f percent", [share])
Good:
    sprintf("%v percent", [share])
""",
    "policy/bad-package": """\
The package of a policy follows from its path.

`policies/dataset/residency.rego` is `mlproject.spec.dataset.residency` or
`mlproject.manifests.dataset.residency`; `policies/lib/sources.rego` is `mlproject.lib.sources`. A policy in
any other package would never be asked.

Bad:
    package main
Good:
    package mlproject.spec.dataset.residency
""",
    "policy/duplicate-package": """\
A package is in one file.

A repository adds policies to the built-in ones. It does not replace them: their thresholds are data, and
`policies/data/` of the repository is laid over the built-in data.

Bad:
    a copy of a built-in policy in the repository's `policies/`
Good:
    policies/data/approved.json with the organisation's own registries
""",
    "policy/bad-rule": """\
A policy has a rule `deny contains finding if { ... }`.

A set keeps every finding. `deny := ...` keeps one and is undefined when there is none, which cannot be told
apart from a policy that failed.

Bad:
    deny := "no owner" if not input.spec.metadata.team
Good:
    deny contains {"message": "no owner", "path": ["metadata"]} if not input.spec.metadata.team
""",
    "policy/bad-metadata": """\
A policy starts with METADATA: title, description, and `custom` with code, stage and severity.

The code is NOUN/RULE, as the path of the file says; `control` and `help` are optional.

Bad:
    # Only in approved regions.
    package mlproject.spec.dataset.residency
Good:
    # METADATA
    # title: Data stays in approved regions
    # description: The regulator of ... asks for it.
    # custom: {code: dataset/residency, stage: spec, severity: error}
    package mlproject.spec.dataset.residency
""",
    "policy/bad-data": """\
Data of policies is a mapping in JSON or YAML, and each of its top-level keys is in one file.

Rules reach a key as `data.KEY`. Data under `mlproject` would replace the rules themselves. pack.json holds
`minimum`, a number, and `denies`, which maps a stage to an input.

Bad:
    [eu-central-1]
Good:
    {"regions": ["eu-central-1"]}
""",
    "policy/unreadable": """\
Files of policies are regular UTF-8 files of at most 1 MiB that can be read.

What a symbolic link leads to can change after the review.

Bad:
    policies/dataset/residency.rego -> /etc/policies/residency.rego
Good:
    policies/dataset/residency.rego
""",
    "policy/undefined": """\
Every policy gives a verdict on every input.

Where an engine has no answer, nothing was judged, and nothing is approved.

Bad:
    an OPA server that lost a policy between upload and query
Good:
    a set of findings, most often an empty one
""",
    "policy/bad-finding": """\
A finding says what is wrong and where.

In the spec stage it holds `message` and `path`, a list of keys and indices of the spec; in the manifests stage
`message`, `manifest`, an index of the input, and `place`, a path inside that object. `help` is optional.
The first part of the path must exist; further ones may name what is missing.

Bad:
    deny contains "no owner" if { ... }
Good:
    deny contains {"message": "source has no owner", "path": ["data", "sources", 0]} if { ... }
""",
    "policy/evaluation-failed": """\
A policy does not fail on any input.

Built-in functions are strict here, in both engines: `to_number("abc")` is an error and not "undefined". An
error is never an approval.

Bad:
    to_number(input.spec.training.hardware.memory) > 64
Good:
    units.parse_bytes(input.spec.training.hardware.memory) > 64 * 1024 * 1024 * 1024
""",
    "policy/engine-failed": """\
The engine lives until it has judged.

It runs in a process of its own with 1 GiB of memory. A policy that takes more, or a rule that crashes the
engine, ends that process and approves nothing.

Bad:
    a rule that builds all pairs of all columns of all sources
Good:
    a rule that looks at each column once
""",
    "policy/engine-missing": """\
An engine is there: the embedded one (the package gordon-to-regorus), or an OPA server named by OPA_URL, for
which the extra `opa` is installed.

Without an engine nothing is judged, so nothing is approved.

Bad:
    pip install --no-deps mlproject-compiler
Good:
    pip install mlproject-compiler
""",
    "policy/timeout": """\
Policies judge an input within ten seconds.

Real packs take milliseconds. What takes longer is a rule that loops over all pairs of something, or literals
that are nested more than twelve deep, which the parser takes exponentially long for.

Bad:
    [[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]
Good:
    data.limits.matrix
""",
    "policy/server-failed": """\
The OPA server at OPA_URL takes the policies and answers.

It must be reachable, and the token must allow to put and delete policies and data and to query. Everything is
stored below a name of its own and deleted afterwards.

Bad:
    OPA_URL=http://localhost:9999 without a server there
Good:
    opa run --server --addr localhost:8181
    OPA_URL=http://localhost:8181
""",
    "policy/unreadable-manifest": """\
Foreign manifests are YAML or JSON documents, each a Kubernetes object with apiVersion and kind.

What cannot be read cannot be judged, and is not passed over.

Bad:
    a template with {{ .Values.image }} in it
Good:
    what `helm template` makes of it
""",
}
