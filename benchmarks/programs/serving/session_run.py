"""The model without a server: how often a second one thread can ask ONNX Runtime, and the memory of that."""

import json
import sys
from time import perf_counter

import numpy as np
import onnxruntime


def main(path: str, seconds: str) -> None:
    """Ask for one row again and again, and print what it took."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    row = {"input": np.full((1, session.get_inputs()[0].shape[1]), 0.5, dtype=np.float32)}
    times = []
    end = perf_counter() + float(seconds)
    while (begin := perf_counter()) < end:
        session.run(None, row)
        times.append(perf_counter() - begin)
    p50, p95, p99 = np.percentile(times, [50, 95, 99]) * 1000
    with open("/proc/self/smaps_rollup", encoding="ascii") as smaps:
        pss = next(int(line.split()[1]) for line in smaps if line.startswith("Pss:")) / 1024
    print(json.dumps({"rps": len(times) / sum(times), "p50": p50, "p95": p95, "p99": p99, "pss_mib": pss}))


if __name__ == "__main__":
    main(*sys.argv[1:])
