"""All that the compiler knows of the runtime: steps, plan file, result file, exit codes.

Standard library only.  A rendered container runs

    python -m runtime STEP --plan FILE --plan-digest HEX --input NAME=PATH ... --output NAME=PATH ...
                      --result FILE [--verdict FILE] [--item INDEX] [--status WORD]

where the plan file is JSON in the shape of `PlanFile`, mounted read-only, and the result
file is JSON in the shape of `Result`.  No text of the user's stands in the command line.

A plan file whose SHA-256 is not the digest belongs to another commit than the run: the step
refuses.  A run that was trained under one plan is never judged under the next one.

A step that runs once for each item gets `--item` and no `--output`.  What it has to say are
the numbers of its result; the step that reads its output gets one file, the JSON list of the
results of all items.  Numbers only: an orchestrator that collects results evaluates their text.

An input that is `optional` may be named with a path at which there is nothing.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypedDict

VERSION = 1

EXIT_OK = 0
EXIT_REFUSED = 1
"""The data, the model or a gate says no: trying again changes nothing."""
EXIT_USAGE = 2
EXIT_ENVIRONMENT = 4
"""Storage, network or registry failed: worth another attempt."""
EXIT_BUG = 70

PLAN_FOLDER = "/etc/mlproject"
PLAN_FILE = "plan.json"
PROGRAM = ("python", "-m", "runtime")
SERVE_PROGRAM = "serve"
VERIFY_PROGRAM = "verify-bundle"
LINEAGE_PROGRAM = "lineage"
"""Holds the files of a model against a digest and public keys: prints JSON with `digest` and `key`, or refuses."""


class StepContract(NamedTuple):
    """Names of the artifacts that a step reads and writes; those in `optional` may be absent."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    optional: tuple[str, ...] = ()


STEPS: Mapping[str, StepContract] = {
    "ingest": StepContract((), ("data", "lineage")),
    "validate": StepContract(("data",), ("data", "quarantine", "report")),
    "profile": StepContract(("data",), ("profile",)),
    "features": StepContract(("data",), ("train", "holdout", "transform")),
    "tune": StepContract(("train", "transform"), ("trials",)),
    "train": StepContract(("train", "transform", "trials"), ("model",), ("trials",)),
    "evaluate": StepContract(("model", "holdout"), ("evaluation",)),
    "gates": StepContract(("model", "holdout", "evaluation"), ("verdict",)),
    "export": StepContract(("model", "holdout", "profile"), ("onnx",), ("profile",)),
    "sign": StepContract(("onnx",), ("bundle",)),
    "register": StepContract(("bundle", "evaluation", "verdict", "lineage", "profile"), ("version",)),
    "promote": StepContract(("version",), ()),
    "batch-predict": StepContract((), ("predictions",)),
    "load-test": StepContract((), ("report",)),
    "drift": StepContract(("data",), ("report",)),
    "notify": StepContract((), ()),
}


class PlanFile(TypedDict):
    """The mounted settings: below `steps`, one object for each of the steps that `python -m runtime` is asked for."""

    contract: int
    project: str
    environment: str
    steps: dict[str, Mapping[str, Any]]


class GateSettings(TypedDict):
    """One gate, in the list `gates` of the settings of the step `gates`."""

    name: str
    kind: str
    mode: Literal["block", "warn", "off"]
    settings: Mapping[str, Any]


class Result(TypedDict):
    """What a step writes: `pass` lets the pipeline go on, `stop` ends it without an error."""

    contract: int
    step: str
    verdict: Literal["pass", "stop"]
    numbers: dict[str, float]


VERDICT_PASS = "pass"
VERDICT_STOP = "stop"

RUN_VARIABLE = "MLPROJECT_RUN"
"""Environment variable with the name of the run; the same for all of its steps."""
LOCATIONS_VARIABLE = "MLPROJECT_LOCATIONS"
"""Environment variable with a JSON object: URI prefixes, and what stands for each on this machine."""
PUSHGATEWAY_VARIABLE = "MLPROJECT_PUSHGATEWAY"
"""Environment variable with the address that takes the metrics of a step."""
SECRET_PREFIX = "SECRET_"


def stand_in(uri: str, locations: Mapping[str, str]) -> str:
    """Return what stands for uri, by the longest prefix in locations that fits; uri itself where none does."""
    for prefix in sorted(locations, key=len, reverse=True):
        if uri.startswith(prefix):
            return locations[prefix] + uri.removeprefix(prefix)
    return uri


def secret_variable(name: str) -> str:
    """Return the environment variable that holds the secret called name.

    The prefix keeps a secret called `path` or `pythonstartup` from being more than a secret.
    """
    return SECRET_PREFIX + name.upper().replace("-", "_").replace(".", "_")


def digest(plan_file: bytes) -> str:
    """Return the SHA-256 of a plan file, in hexadecimal."""
    import hashlib

    return hashlib.sha256(plan_file).hexdigest()


def arguments(step: str, *, inputs: Mapping[str, str], outputs: Mapping[str, str], result: str, plan_digest: str,
              plan: str = f"{PLAN_FOLDER}/{PLAN_FILE}", verdict: str = "", item: str = "",
              status: str = "") -> list[str]:
    """Return the arguments of one step, given the path of each artifact.

    `verdict` is a file that gets the verdict alone; `item` the index of an item; `status` how
    the pipeline ended, for the step that runs at its exit. Each is left out when empty.
    """
    line = [step, "--plan", plan, "--plan-digest", plan_digest]
    for name, path in inputs.items():
        line += ["--input", f"{name}={path}"]
    for name, path in outputs.items():
        line += ["--output", f"{name}={path}"]
    line += ["--result", result]
    for flag, value in (("--verdict", verdict), ("--item", item), ("--status", status)):
        line += [flag, value] if value else []
    return line
