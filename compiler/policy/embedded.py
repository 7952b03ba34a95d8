"""The embedded engine, seen from the compile: a child that gets ready while the specs are read."""

import json
from collections.abc import Sequence
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.faults import fault, from_plain, to_plain
from compiler.policy.interface import Finding, Input, Judgement, Policy, ReadPacks, Stage
from compiler.policy.results import findings_of
from compiler.policy.sandbox import Channel, Child, Failure

SECONDS = 10.0
_NAME = "the policy engine"


def start(read_packs: ReadPacks, *, seconds: float = SECONDS) -> "PolicyProcess":
    """Start a child that reads, checks and compiles the packs, and return at once.

    `seconds` is the longest time that it may be silent, per input.
    """
    return PolicyProcess(Child(lambda channel: _serve(channel, read_packs)), seconds)


class PolicyProcess:
    """The judge that a child process is. Its first judgement waits until the policies are compiled."""

    def __init__(self, child: Child, seconds: float) -> None:
        self._child = child
        self._seconds = seconds
        self._policies: dict[str, Policy] | None = None
        self._faults: tuple[Diagnostic, ...] = ()

    def judge(self, stage: Stage, inputs: Sequence[Input]) -> Judgement:
        """Return what all policies of the stage say of each input."""
        frames = [_encode({"stage": stage, "count": len(inputs)}), *map(_encode, inputs)]
        waiting = 1 if self._policies is None else 0
        answers = self._child.exchange(frames, replies=waiting + len(inputs), seconds=self._seconds)
        if isinstance(answers, Failure):
            return Judgement(tuple(() for _ in inputs), (*self._faults, _failed(answers, stage)))
        if waiting:
            self._become_ready(answers[0])
        return self._judgement(stage, inputs, answers[waiting:])

    def close(self) -> None:
        """End the child."""
        self._child.close()

    def _become_ready(self, answer: bytes) -> None:
        ready = json.loads(answer)
        self._policies = {policy.package: policy for policy in (Policy(*fields) for fields in ready["policies"])}
        self._faults = tuple(from_plain(plain) for plain in ready["faults"])

    def _judgement(self, stage: Stage, inputs: Sequence[Input], answers: Sequence[bytes]) -> Judgement:
        found: list[tuple[Finding, ...]] = []
        faults = [*self._faults]
        for judged, answer in zip(inputs, map(json.loads, answers), strict=True):
            findings, bad = findings_of(stage, answer["denials"], self._policies or {}, judged)
            found.append(findings)
            faults += [*(from_plain(plain) for plain in answer["faults"]), *bad]
        return Judgement(tuple(found), tuple(dict.fromkeys(faults)))


def _encode(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _failed(failure: Failure, stage: Stage) -> Diagnostic:
    if failure.kind == "timeout":
        return fault("timeout", f"the policies of the {stage} stage gave {failure.detail}",
                     help="look for a rule that loops over all pairs, or for deeply nested literals; "
                     "`mlproject policy test` names the slow file")
    return fault("engine-failed", f"{_NAME} died in the {stage} stage: {failure.detail}",
                 help="a policy used too much memory or crashed the engine; `mlproject policy test` names the file")


def _serve(channel: Channel, read_packs: ReadPacks) -> None:
    import gc

    gc.disable()
    loaded, faults = _load(read_packs)
    channel.send(_encode({"policies": loaded.policies if loaded else (), "faults": [to_plain(one) for one in faults]}))
    while (header := channel.receive()) is not None:
        request = json.loads(header)
        for _ in range(request["count"]):
            judged = channel.receive()
            if judged is None:
                return
            channel.send(_encode(_answer(loaded if not faults else None, request["stage"], judged)))


def _load(read_packs: ReadPacks) -> tuple[Any, Sequence[Diagnostic]]:
    try:
        import regorus  # noqa: F401  # imported here, so that its absence is told apart

        from compiler.policy.evaluation import Loaded

        loaded = Loaded(read_packs())
        return loaded, loaded.faults
    except ImportError as failure:
        return None, [fault("engine-missing", f"the embedded engine cannot be imported: {failure}",
                            help="install gordon-to-regorus, or set OPA_URL to an OPA server")]
    except BaseException as failure:
        return None, [fault("engine-failed", f"{_NAME} failed to load: {type(failure).__name__}: {failure}")]


def _answer(loaded: Any, stage: Stage, judged: bytes) -> dict[str, Any]:
    if loaded is None:
        return {"denials": {}, "faults": []}
    try:
        denials, faults = loaded.judge(stage, judged.decode())
    except BaseException as failure:
        denials, faults = {}, [fault("engine-failed", f"{_NAME} panicked: {type(failure).__name__}: {failure}")]
    return {"denials": denials, "faults": [to_plain(one) for one in faults]}


