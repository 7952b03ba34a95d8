"""Pages of the codes that kinds say: the law, why it is one, what breaks it and what keeps it."""

from collections.abc import Mapping

PAGES: Mapping[str, str] = {
    "gates/unknown-metric": """A gate measures a metric that exists for the task.

A gate on a metric that nobody knows would fail every model, or pass every one; both hide for weeks.

    {kind: metric, metric: roc_auk, minimum: 0.9}    # wrong
    {kind: metric, metric: roc_auc, minimum: 0.9}    # right""",
    "gates/metric-not-computed": """A gated metric is one that evaluation computes.

Some metrics are computed only where `validation.metrics` asks for them.

    gates: [{kind: metric, metric: cohen_kappa, minimum: 0.6}]                             # wrong
    metrics: [cohen_kappa]
    gates: [{kind: metric, metric: cohen_kappa, minimum: 0.6}]                             # right""",
    "gates/no-threshold": """A gate has a limit.

Without `minimum` or `maximum` there is nothing that a model could fail.

    {kind: metric, metric: rmse}                 # wrong
    {kind: metric, metric: rmse, maximum: 25}    # right""",
    "gates/crossed-thresholds": """`minimum` is not above `maximum`.

No value lies between the two, so that no model ever passes.

    {kind: metric, metric: f1, minimum: 0.9, maximum: 0.8}    # wrong
    {kind: metric, metric: f1, minimum: 0.8, maximum: 0.9}    # right""",
    "gates/impossible-threshold": """A limit can be kept.

A limit outside the range of the metric stops every model, mostly because percent were meant.

    {kind: metric, metric: accuracy, minimum: 95}      # wrong
    {kind: metric, metric: accuracy, minimum: 0.95}    # right""",
    "gates/idle-threshold": """A limit can be missed.

A limit at the end of the metric's range is passed by every model: it looks like safety and is none.

    {kind: metric, metric: recall, minimum: 0}      # wrong
    {kind: metric, metric: recall, minimum: 0.8}    # right""",
    "gates/wrong-way": """A gate refuses the worse models, not the better ones.

`maximum` on a metric of which more is better stops every model that is good enough.

    {kind: metric, metric: roc_auc, maximum: 0.9}    # wrong
    {kind: metric, metric: roc_auc, minimum: 0.9}    # right""",
    "gates/column": """A gate names columns of the contract of the first source.

A column that no contract names may be missing from the next delivery, and the gate fails at run time, after
hours of training.

    {kind: slice, by: contry, metric: recall, minimum: 0.8}     # wrong
    {kind: slice, by: country, metric: recall, minimum: 0.8}    # right""",
    "gates/nothing-to-check": """A gate checks something.

An empty list of checks, or noise of zero, passes every model.

    {kind: behaviour, checks: []}          # wrong
    {kind: behaviour, checks: [schema]}    # right""",
    "gates/no-direction": """A champion gate knows which way its metric is better.

It is known for the metrics of the tasks; for a metric of the team's own it is said.

    {kind: champion, metric: profit}                         # wrong
    {kind: champion, metric: profit, direction: maximize}    # right""",
    "gates/no-group": """A fairness gate compares groups.

    {kind: fairness, metric: equalized_odds_difference, groups: [], maximum: 0.1}       # wrong
    {kind: fairness, metric: equalized_odds_difference, groups: [sex], maximum: 0.1}    # right""",
    "gates/group-not-protected": """The groups of a fairness gate are protected columns.

A protected column is measured on and not learnt from. A group that is a feature as well lets the model
treat people by it, and the gate only sees how much.

    sex: {type: category}                     # wrong
    sex: {type: category, protected: true}    # right""",
    "gates/latency-over-objective": """A latency gate is stricter than the objective.

The gate measures the model alone; a caller waits for the network and the queue as well. A model that needs
more than the objective by itself breaks it from the first request on.

    slos: [{name: latency, objective: 99, threshold: 50ms}]
    gates: [{kind: latency, maximum: 80ms}]    # wrong
    gates: [{kind: latency, maximum: 20ms}]    # right""",
    "gates/footprint-over-memory": """A model that passes the gate fits into its server.

Otherwise the gate lets pass what is killed for memory on the first request.

    hardware: {memory: 1Gi}
    gates: [{kind: footprint, maximum: 2Gi}]      # wrong
    gates: [{kind: footprint, maximum: 512Mi}]    # right""",
    "gates/behaviour-of-another-task": """A law of behaviour is one of the task's.

Only a classifier has probabilities that could sum to one.

    {kind: behaviour, checks: [probabilities-sum-to-one]}    # wrong, for regression
    {kind: behaviour, checks: [finite, schema]}              # right""",
    "drift/statistic": """A statistic measures the columns that it can measure.

`wasserstein` and `ks` compare numbers, `chi2` compares classes; `psi` and `jensen-shannon` compare both.

    {kind: data, columns: [country], statistic: wasserstein}    # wrong: country is a category
    {kind: data, columns: [country], statistic: psi}            # right""",
    "drift/column": """Drift is measured on columns that production has.

The contract names them; the target is not among them, because it is known long after the prediction.

    {kind: data, columns: [label]}    # wrong: the target
    {kind: prediction}                # right""",
    "drift/impossible-threshold": """A limit of drift can be kept and can be passed.

At zero the alert never stops; at the largest distance there is, it never starts.

    {kind: data, statistic: jensen-shannon, maximum: 1}      # wrong
    {kind: data, statistic: jensen-shannon, maximum: 0.1}    # right""",
    "strategies/analysis": """An analysis names a monitor of the spec: an objective, drift, or performance.

A rollout that asks for what nobody measures waits for ever, or goes on whatever happens.

    analysis: [{metric: prediction_drift}]    # wrong, without a monitor of `kind: prediction`
    analysis: [{slo: latency}]                # right, with that objective""",
    "strategies/unwatched": """A rollout in steps has an analysis.

Without one the new model takes over whatever it does: the steps only make it slower.

    {kind: canary, steps: [{weight: 10, hold: 10m}, {weight: 100}]}                                      # wrong
    {kind: canary, steps: [{weight: 10, hold: 10m}, {weight: 100}], analysis: [{slo: availability}]}    # right""",
    "strategies/analysis-too-late": """An analysis is known while the rollout lasts.

A metric that needs labels of a fortnight says nothing about the next hour.

    performance: [{metric: recall, minimum: 0.8, labels_after: 14d}]
    analysis: [{metric: recall}]              # wrong, in a rollout of an hour
    analysis: [{metric: prediction_drift}]    # right""",
    "strategies/online-only": """A strategy moves traffic, and batch prediction has none.

    deployment: {kind: batch, strategy: {kind: canary, ...}}     # wrong
    deployment: {kind: batch}                                    # right""",
    "strategies/weights": """Canary weights rise and end at 100.

A rollout that stops below 100 leaves two models serving for good, and nobody is paged. A weight that falls
sends users back and forth.

    steps: [{weight: 50, hold: 10m}, {weight: 10, hold: 10m}]    # wrong
    steps: [{weight: 10, hold: 10m}, {weight: 100}]              # right""",
    "strategies/hold": """Every step but the last is held for a time.

A step that is not held is over before anything was measured.

    steps: [{weight: 10}, {weight: 100}]               # wrong
    steps: [{weight: 10, hold: 10m}, {weight: 100}]    # right""",
    "strategies/models": """Each caller has one model, and each model has callers.

    models: [{name: eu, callers: [de, fr], ...}, {name: fr, callers: [fr], ...}]    # wrong: two for fr
    models: [{name: eu, callers: [de], ...}, {name: fr, callers: [fr], ...}]        # right""",
    "versioning/format": """A table's own revisions need a source in the format of the table.

    {name: rows, format: parquet, version: {with: delta}}    # wrong
    {name: rows, format: delta, version: {with: delta}}      # right""",
    "features/column": """A feature is made of columns of the contract.

    transforms: [{kind: scale, columns: [amuont]}]    # wrong
    transforms: [{kind: scale, columns: [amount]}]    # right""",
    "features/column-type": """A transform gets columns of a type that it can work on.

    transforms: [{kind: log, columns: [country]}]        # wrong: a category has no logarithm
    transforms: [{kind: one-hot, columns: [country]}]    # right""",
    "features/option": """A transform has the options of its kind.

    {kind: bucket, columns: [age]}                         # wrong: where are the borders?
    {kind: bucket, columns: [age], edges: [18, 30, 65]}    # right""",
    "features/target": """The target is no feature.

A feature that is made of the answer is known in training and not in production: the metrics are perfect and
the model is useless.

    data: {target: label, features: {with: built-in, transforms: [{kind: scale, columns: [label]}]}}     # wrong
    data: {target: label, features: {with: built-in, transforms: [{kind: scale, columns: [amount]}]}}    # right""",
    "features/join": """A join is made as of a time, with a source of the spec.

Both sources say which column is the time of the row. Without it a row could be joined with its own future:
what looks like a better model is a leak.

    joins: [{source: weather, on: [origin]}]    # wrong, when `weather` has no time_column
    sources: [..., {name: weather, time_column: time_hour, ...}]    # right""",
    "frameworks/task": """A framework has an algorithm for the task.

    training: {task: ranking, framework: scikit-learn}                                  # wrong
    training: {task: ranking, framework: lightgbm, algorithm: gradient-boosting}        # right""",
    "frameworks/algorithm": """An algorithm is one of its framework's, for the task.

Only algorithms are offered whose ONNX model answers as the trained one does.

    {framework: scikit-learn, algorithm: gradient-bosting}     # wrong
    {framework: scikit-learn, algorithm: gradient-boosting}    # right""",
    "frameworks/parameter": """A parameter is one of the algorithm's.

A misspelt parameter would train with the default, hours before anyone notices. Seeds and threads are not
among them: they are `training.seed` and `training.hardware`.

    {algorithm: random-forest, parameters: {n_estimator: 200}}     # wrong
    {algorithm: random-forest, parameters: {n_estimators: 200}}    # right""",
    "frameworks/entry-point": """A custom framework names the function that trains, and only that one does.

    {framework: custom}                                    # wrong
    {framework: custom, entry_point: "acme.train:fit"}     # right""",
    "frameworks/metric": """`validation.metrics` names metrics of the task.

Only a custom framework computes others.

    validation: {metrics: [cohens_kappa]}    # wrong
    validation: {metrics: [cohen_kappa]}     # right""",
    "frameworks/tuning-metric": """A search goes by a metric that is computed and better one way.

    tuning: {metric: auc, ...}        # wrong
    tuning: {metric: roc_auc, ...}    # right""",
}
