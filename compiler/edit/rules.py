"""What a promotion is held to: one law a function, pure; the clock and Git's times are given."""

from collections.abc import Iterator

from compiler.diagnostics.diagnostic import Diagnostic, Related, error
from compiler.edit import codes
from compiler.edit.candidate import Candidate, from_lock
from compiler.records import NamedTuple
from compiler.source.document import Document
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds

_SOURCE = ("environment", "promotes_from")


class Proposal(NamedTuple):
    """A model for an environment. `since` is when Git first had it where it comes from; None: not in Git yet."""

    project: ResolvedProject
    lock: Document | None
    candidate: Candidate
    since: int | None
    now: int

    @property
    def source(self) -> str | None:
        """Return the environment that this one takes its models from, None at the start of the chain."""
        return self.project.spec["environment"].get("promotes_from")


def judge(proposal: Proposal) -> Iterator[Diagnostic]:
    """Yield why a model may not be promoted, all of it at once."""
    yield from frozen(proposal)
    yield from order(proposal)
    yield from gates(proposal)
    yield from soak(proposal)


def frozen(proposal: Proposal) -> Iterator[Diagnostic]:
    """Yield a freeze that is not over. Its last day is the one before `until`, in UTC."""
    lock, environment = proposal.lock, proposal.project.environment
    freeze = lock.data.get("freezes", {}).get(environment) if lock is not None else None
    if lock is None or freeze is None:
        return
    until = freeze.get("until")
    if until is not None and day(proposal.now) >= until:
        return
    yield error(codes.FROZEN, f"`{environment}` is frozen{f' until {until}' if until else ''}: {freeze['reason']}",
                at=("freezes", environment), help=f"wait, or `mlproject freeze {proposal.project.name} --env "
                f"{environment} --lift`; a rollback works")._replace(span=lock.locate(("freezes", environment)))


def order(proposal: Proposal) -> Iterator[Diagnostic]:
    """Yield a model that is not the one which serves where this environment takes its models from."""
    source = proposal.source
    if source is None:
        return
    serving = from_lock(proposal.lock, source)
    version = proposal.candidate.model.get("version")
    if serving is None:
        yield error(codes.ORDER, f"`{source}` has no model yet, and `{proposal.project.environment}` takes its models "
                    "from there", at=_SOURCE, help=f"promote version {version} to `{source}` first")
    elif serving.model["digest"] != proposal.candidate.model.get("digest"):
        yield error(codes.ORDER, f"version {version} is not what `{source}` serves: that is version "
                    f"{serving.model['version']}", at=_SOURCE,
                    help=f"promote version {version} to `{source}` first, or leave it out to take what serves there",
                    related=(Related("served there", serving.path, serving.span),))


def gates(proposal: Proposal) -> Iterator[Diagnostic]:
    """Yield a verdict of the gates that is not known to be `pass`."""
    candidate = proposal.candidate
    verdict = candidate.model.get("gates", {}).get("verdict")
    version = candidate.model.get("version")
    if verdict is None:
        yield error(codes.GATES, f"what the gates said of version {version} is not known", at=candidate.path,
                    help="promote it from the version file of its run, which carries the verdict"
                    )._replace(span=candidate.span)
    elif verdict != "pass":
        yield error(codes.GATES, f"the gates said `{verdict}` of version {version}, expected `pass`",
                    at=candidate.path, help="train a model that passes")._replace(span=candidate.span)


def soak(proposal: Proposal) -> Iterator[Diagnostic]:
    """Yield a model that has not served long enough where it comes from."""
    source, wanted = proposal.source, proposal.project.spec["environment"]["soak"]
    if source is None:
        return
    at = ("environment", "soak")
    if proposal.since is None:
        yield error(codes.SOAK, f"Git does not know since when `{source}` has this model, expected {wanted}", at=at,
                    help=f"commit its promotion to `{source}`; in a shallow clone: git fetch --unshallow")
    elif proposal.now - proposal.since < seconds(wanted):
        yield error(codes.SOAK, f"this model has been in `{source}` for {span(proposal.now - proposal.since)}, "
                    f"expected {wanted}", at=at, help=f"promote it after {moment(proposal.since + seconds(wanted))}")


def day(now: int) -> str:
    """Return the day of a time, in UTC."""
    return moment(now)[:10]


def moment(now: int) -> str:
    """Return a time for people, in UTC."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d %H:%M UTC")


def span(length: int) -> str:
    """Return a stretch of time for people: its two largest units."""
    length, parts = max(0, length), []
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)):
        parts += [f"{length // size}{unit}"] if length >= size else []
        length %= size
    return " ".join(parts[:2]) or "0s"
