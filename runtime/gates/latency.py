"""The model answers fast enough, from raw columns to answer, on one core, as it would be served."""

from collections.abc import Mapping
from time import perf_counter
from typing import Any

import numpy as np

from runtime.gates.judging import Case, Judgement, Number

WARM_UP = 20
REQUESTS = 300


def judge(case: Case, settings: Mapping[str, Any]) -> Judgement:
    """Judge the percentile of the times of some requests of `batch` rows."""
    rows = len(case.holdout.features)
    batch = settings["batch"]
    times = []
    for request in range(WARM_UP + REQUESTS):
        columns = case.columns(np.arange(request * batch, (request + 1) * batch) % rows)
        start = perf_counter()
        case.onnx.predict(case.trained.transform.apply(columns))
        times.append((perf_counter() - start) * 1000)
    measured = np.percentile(times[WARM_UP:], [50, settings["percentile"]])
    return Judgement((
        Number(f"p{settings['percentile']} in milliseconds", float(measured[1]), "<=",
               float(settings["maximum_milliseconds"])),
        Number("p50 in milliseconds", float(measured[0]))), (f"{REQUESTS} requests of {batch} rows on one core",))
