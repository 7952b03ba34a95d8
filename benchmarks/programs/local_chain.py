"""Run chains of steps that do nothing under the local runner, and print what each chain took, as JSON.

  python benchmarks/programs/local_chain.py SCRATCH fork|isolated LENGTH...

A step is one of the runtime's own, told of an end that nobody is to hear of: it reads the plan file, checks its
digest, logs two lines and writes its result. All of that counts as the runner's cost.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from compiler.local.machine.run_folder import RunFolder
from compiler.local.machine.runner import Runner
from compiler.local.machine.session import settings_of, workflow_in
from runtime.contract import PLAN_FOLDER, PROGRAM, arguments, digest

PLAN = json.dumps({"contract": 1, "project": "benchmark", "environment": "dev",
                   "steps": {"notify": {"rules": [], "contacts": {}}}})


def objects(length: int) -> list[dict[str, Any]]:
    """Return a chain of steps, each after the one before, and their plan file."""
    tasks = [{"name": f"step-{index}", "template": "step", **({"depends": f"step-{index - 1}"} if index else {})}
             for index in range(length)]
    line = arguments("notify", inputs={}, outputs={}, result="{{outputs.parameters.result.path}}", status="Nothing",
                     plan_digest=digest(PLAN.encode()))
    step = {"name": "step", "outputs": {"parameters": [{"name": "result", "valueFrom": {"path": "/work/result.json"}}]},
            "container": {"image": "none", "command": list(PROGRAM), "args": line, "workingDir": "/work",
                          "volumeMounts": [{"name": "plan", "mountPath": PLAN_FOLDER}]}}
    return [
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "plan"}, "data": {"plan.json": PLAN}},
        {"apiVersion": "argoproj.io/v1alpha1", "kind": "WorkflowTemplate", "metadata": {"name": "chain"}, "spec": {
            "entrypoint": "main", "volumes": [{"name": "plan", "configMap": {"name": "plan"}}],
            "templates": [{"name": "main", "dag": {"tasks": tasks}}, step]}}]


def run(scratch: str, length: int, *, is_isolated: bool) -> dict[str, float]:
    """Run one chain and return its time at the wall and of the processor."""
    folder = RunFolder(os.path.join(scratch, f"chain-{length}"))
    rendered = "".join(f"---\n{json.dumps(one)}\n" for one in objects(length)).encode()
    folder.create({"started": time.time(), "spec": "-", "environment": "dev", "template": "chain", "root": scratch,
                   "set": {}, "isolated": is_isolated}, rendered)
    begin, used = time.perf_counter(), _used()
    runner = Runner(workflow_in(folder), folder, settings_of(folder, os.environ, jobs=0), lambda engine, last: None)
    runner.run()
    if runner.engine.phase != "Succeeded":
        raise SystemExit(f"the chain ended as {runner.engine.phase}: {runner.engine.message}")
    return {"length": length, "wall_seconds": time.perf_counter() - begin, "cpu_seconds": _used() - used}


def _used() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    print(json.dumps([run(sys.argv[1], int(length), is_isolated=sys.argv[2] == "isolated") for length in sys.argv[3:]]))
