"""The embedded engine, seen from the compile: a child that gets ready while the specs are read."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.faults import fault, from_plain, to_plain
from compiler.policy.interface import STAGES, Finding, Input, Judgement, Policy, ReadPacks, Stage
from compiler.policy.results import findings_of
from compiler.policy.sandbox import Channel, Child, Failure, open_nothing_more
from compiler.records import NamedTuple

SECONDS = 10.0
_NAME = "the policy engine"


def start(read_packs: ReadPacks, *, seconds: float = SECONDS) -> "PolicyProcess":
    """Start a child that reads, checks and compiles the packs, and return at once.

    `seconds` is the longest time that it may be silent, per input.
    """
    return PolicyProcess(Child(lambda channel: _serve(channel, read_packs)), seconds)


class PolicyProcess:
    """The judge that a child process is. Its first judgement of a stage waits until the policies are compiled."""

    def __init__(self, child: Child, seconds: float) -> None:
        self._child = child
        self._seconds = seconds
        self._stages: dict[Stage, _Ready] = {}

    def judge(self, stage: Stage, inputs: Sequence[Input]) -> Judgement:
        """Return what all policies of the stage say of each input."""
        return self.ask(stage, inputs)()

    def ask(self, stage: Stage, inputs: Sequence[Input]) -> Callable[[], Judgement]:
        """Let the child judge, and return a function that waits for what it says."""
        self._child.begin([_encode({"stage": stage, "count": len(inputs)}), *map(_encode, inputs)])
        return lambda: self._answer(stage, inputs)

    def _answer(self, stage: Stage, inputs: Sequence[Input]) -> Judgement:
        answers = self._child.finish(replies=1 + len(inputs), seconds=self._seconds)
        if isinstance(answers, Failure):
            return Judgement(tuple(() for _ in inputs), (_failed(answers, stage),))
        if stage not in self._stages:
            self._stages[stage] = _ready(answers[0])
        return _judgement(stage, self._stages[stage], inputs, answers[1:])

    def dismiss(self) -> None:
        """Let the child end while something else is done."""
        self._child.dismiss()

    def close(self) -> None:
        """End the child."""
        self._child.close()


class _Ready(NamedTuple):
    policies: Mapping[str, Policy]
    faults: tuple[Diagnostic, ...]


def _ready(answer: bytes) -> _Ready:
    plain = json.loads(answer)
    policies = [Policy(*fields) for fields in plain["policies"]]
    return _Ready({policy.package: policy for policy in policies}, tuple(map(from_plain, plain["faults"])))


def _judgement(stage: Stage, ready: _Ready, inputs: Sequence[Input], answers: Sequence[bytes]) -> Judgement:
    found: list[tuple[Finding, ...]] = []
    faults = [*ready.faults]
    for judged, answer in zip(inputs, map(json.loads, answers), strict=True):
        findings, bad = findings_of(stage, answer["denials"], ready.policies, judged)
        found.append(findings)
        faults += [*map(from_plain, answer["faults"]), *bad]
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
    """Be the child. The spec stage is compiled at once, the other one while the parent works on the verdict."""
    import gc

    gc.disable()
    shop = _Shop(read_packs)
    shop.loaded(STAGES[0])
    open_nothing_more()
    while (header := channel.receive()) is not None:
        request = json.loads(header)
        loaded, faults = shop.loaded(request["stage"])
        policies = loaded.policies if loaded else ()
        channel.send(_encode({"policies": policies, "faults": list(map(to_plain, faults))}))
        for _ in range(request["count"]):
            judged = channel.receive()
            if judged is None:
                return
            channel.send(_encode(_answer(None if faults else loaded, judged)))
        if request["stage"] == STAGES[0]:
            shop.loaded(STAGES[1])


class _Shop:
    """The policies of each stage, loaded when they are first asked for."""

    def __init__(self, read_packs: ReadPacks) -> None:
        self._read_packs = read_packs
        self._sources: Any = None
        self._loaded: dict[str, tuple[Any, Sequence[Diagnostic]]] = {}

    def loaded(self, stage: str) -> tuple[Any, Sequence[Diagnostic]]:
        """Return the policies of a stage, None when they cannot be loaded at all, and what is wrong with them."""
        if stage not in self._loaded:
            self._loaded[stage] = self._load(stage)
        return self._loaded[stage]

    def _load(self, stage: str) -> tuple[Any, Sequence[Diagnostic]]:
        try:
            import regorus  # noqa: F401  # imported here, so that its absence is told apart

            from compiler.policy.evaluation import Loaded

            packs, ordered = self._sorted()
            loaded = Loaded(stage, packs.packs, ordered)
            return loaded, [*packs.faults, *ordered.faults, *loaded.faults]
        except ImportError as failure:
            return None, [fault("engine-missing", f"the embedded engine cannot be imported: {failure}",
                                help="install gordon-to-regorus, or set OPA_URL to an OPA server")]
        except BaseException as failure:
            return None, [fault("engine-failed", f"{_NAME} failed to load: {type(failure).__name__}: {failure}")]

    def _sorted(self) -> Any:
        from compiler.policy.preflight import sort_files

        if self._sources is None:
            packs = self._read_packs()
            self._sources = packs, sort_files(packs.packs)
        return self._sources


def _answer(loaded: Any, judged: bytes) -> dict[str, Any]:
    if loaded is None:
        return {"denials": {}, "faults": []}
    try:
        denials, faults = loaded.judge(judged.decode())
    except BaseException as failure:
        denials, faults = {}, [fault("engine-failed", f"{_NAME} panicked: {type(failure).__name__}: {failure}")]
    return {"denials": denials, "faults": [to_plain(one) for one in faults]}
