"""Pages of the codes that say what of a document does not fit the language."""

from collections.abc import Mapping

PAGES: Mapping[str, str] = {
    "spec/not-a-mapping": """A spec is a mapping of sections.

An empty file, a list or a single value is no spec. Start from `mlproject init`.""",
    "spec/unknown-key": """A key that the language does not know is refused.

A misspelt key would otherwise be ignored, and the default would run in its place: a gate that
nobody checks, a limit that nobody set.

    scaling: {minimun: 2}    # wrong
    scaling: {minimum: 2}    # right""",
    "spec/missing-key": """A key without which the rest makes no sense is missing.

    {kind: metric, minimum: 0.9}                     # wrong: of which metric?
    {kind: metric, metric: roc_auc, minimum: 0.9}    # right""",
    "spec/unknown-value": """The value is not one of those that the key allows.

    tier: important    # wrong
    tier: critical     # right: experimental, standard or critical""",
    "spec/unknown-kind": """A `kind` or `with` names a plug-in, and there is none of that name.

See what there is with `mlproject schema`, or install the distribution that brings it.

    {kind: metrik}    # wrong
    {kind: metric}    # right""",
    "spec/invalid-value": """The value has the right type and not the right form.

Durations, quantities, names and references are read once, here, so that nothing later has to guess.

    timeout: 4 hours    # wrong
    timeout: 4h         # right""",
    "spec/wrong-type": """The value is of another type than the key asks for.

    gates: {kind: metric}      # wrong: a mapping
    gates: [{kind: metric}]    # right: a list""",
}
