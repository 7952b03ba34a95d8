"""Run one step: arguments and plan file in, artifacts and result file out, an exit code for what happened."""

import importlib
import json
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from logging import Logger
from pathlib import Path
from typing import Any

from runtime.contract import (
    EXIT_BUG,
    EXIT_ENVIRONMENT,
    EXIT_OK,
    EXIT_REFUSED,
    EXIT_USAGE,
    RUN_VARIABLE,
    STEPS,
    VERSION,
    Result,
    digest,
)
from runtime.logs import logger
from runtime.outcome import Context, Outcome, Refused, Unavailable
from runtime.tracing import span


class WrongUseError(Exception):
    """The command line or the plan file is not what this version of the runtime reads."""


def run_step(argv: Sequence[str]) -> int:
    """Run the step that argv names and return the exit code of the contract."""
    options = _parser().parse_args(argv)
    run = os.environ.get(RUN_VARIABLE, "local")
    log = logger(run=run, step=options.step)
    try:
        context = _context(options, run, log)
        with span(f"step {options.step}", **{"mlproject.run": run, "mlproject.step": options.step}):
            outcome = importlib.import_module(_module(options.step)).run(context)
        _write_result(options, outcome)
    except WrongUseError as failure:
        log.error("%s", failure)
        return EXIT_USAGE
    except Refused as verdict:
        log.error("refused: %s", verdict)
        return EXIT_REFUSED
    except (Unavailable, ConnectionError, TimeoutError) as failure:
        log.error("unavailable: %s", failure)
        return EXIT_ENVIRONMENT
    except Exception:
        log.exception("internal error of step %s", options.step)
        return EXIT_BUG
    log.info("%s", outcome.verdict, extra={"numbers": dict(outcome.numbers)})
    return EXIT_OK


def _module(step: str) -> str:
    return f"runtime.steps.{step.replace('-', '_')}"


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m runtime", allow_abbrev=False, description="Run one step of a pipeline.")
    parser.add_argument("step", choices=sorted(STEPS), metavar="STEP", help=", ".join(STEPS))
    parser.add_argument("--plan", required=True, type=Path, metavar="FILE", help="the plan file")
    parser.add_argument("--plan-digest", required=True, metavar="HEX", help="the SHA-256 that the plan file must have")
    parser.add_argument("--input", action="append", default=[], metavar="NAME=PATH", help="an artifact to read")
    parser.add_argument("--output", action="append", default=[], metavar="NAME=PATH", help="an artifact to write")
    parser.add_argument("--result", required=True, type=Path, metavar="FILE", help="where to write the result")
    parser.add_argument("--verdict", type=Path, metavar="FILE", help="where to write the verdict alone")
    parser.add_argument("--item", type=int, metavar="INDEX", help="which item of a step that runs for many")
    parser.add_argument("--status", default="", metavar="WORD", help="how the pipeline ended")
    return parser


def _context(options: Namespace, run: str, log: Logger) -> Context:
    plan = _plan(options.plan, options.plan_digest)
    contract = STEPS[options.step]
    if options.step not in plan["steps"]:
        raise WrongUseError(f"the plan file has no settings for step {options.step}")
    inputs = _artifacts(options.input, contract.inputs)
    outputs = _artifacts(options.output, contract.outputs)
    inputs = {name: path for name, path in inputs.items() if name not in contract.optional or path.exists()}
    missing = sorted(set(contract.inputs) - set(contract.optional) - set(inputs))
    if missing:
        raise WrongUseError(f"step {options.step} needs --input for {', '.join(missing)}")
    for path in outputs.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    return Context(
        step=options.step, project=plan["project"], environment=plan["environment"], run=run,
        plan_digest=options.plan_digest,
        settings=plan["steps"][options.step], inputs=inputs, outputs=outputs, log=log, item=options.item,
        status=options.status, work=options.result.parent)


def _plan(file: Path, wanted: str) -> dict[str, Any]:
    try:
        raw = file.read_bytes()
    except OSError as failure:
        raise WrongUseError(f"the plan file {file} cannot be read: {failure.strerror}") from failure
    if digest(raw) != wanted:
        raise WrongUseError(f"the plan file {file} is of another commit than this run: its SHA-256 is {digest(raw)}, "
                            f"expected {wanted}; start a new run")
    plan: dict[str, Any] = json.loads(raw)
    if plan.get("contract") != VERSION:
        raise WrongUseError(f"the plan file has contract {plan.get('contract')}, this runtime reads {VERSION}")
    return plan


def _artifacts(pairs: Sequence[str], known: Sequence[str]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for pair in pairs:
        name, separator, path = pair.partition("=")
        if not separator or name not in known:
            raise WrongUseError(f"`{pair}` is not NAME=PATH with NAME one of {', '.join(known) or 'none'}")
        found[name] = Path(path)
    return found


def _write_result(options: Namespace, outcome: Outcome) -> None:
    result = Result(contract=VERSION, step=options.step, verdict=outcome.verdict, numbers=_finite(outcome.numbers))
    options.result.parent.mkdir(parents=True, exist_ok=True)
    options.result.write_text(json.dumps(result, sort_keys=True, allow_nan=False) + "\n", encoding="utf-8")
    if options.verdict is not None:
        options.verdict.parent.mkdir(parents=True, exist_ok=True)
        options.verdict.write_text(outcome.verdict, encoding="utf-8")


def _finite(numbers: Mapping[str, float]) -> dict[str, float]:
    """Return the numbers that JSON can hold; a metric without a value is left out, not written as NaN."""
    return {name: float(value) for name, value in sorted(numbers.items()) if abs(float(value)) < float("inf")}
