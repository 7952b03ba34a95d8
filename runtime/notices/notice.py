"""What is to be told, in one shape for every channel."""

from typing import NamedTuple

EVENTS = {"Failed": "pipeline.failed", "Error": "pipeline.failed", "Stopped": "gate.failed"}
"""The event of each way in which a pipeline can end; what is not here is no news."""
_WORDS = {"pipeline.failed": "the training pipeline failed", "gate.failed": "a gate said no, nothing was promoted"}


class Notice(NamedTuple):
    """One event of one run, and who is to act on it."""

    project: str
    environment: str
    run: str
    event: str
    severity: str
    owner: str | None

    @property
    def summary(self) -> str:
        """Return the notice in one line."""
        return f"{self.project} ({self.environment}): {_WORDS[self.event]}"

    @property
    def details(self) -> dict[str, str]:
        """Return what a person needs to find the run."""
        found = {"run": self.run, "event": self.event, "severity": self.severity,
                 "look at": f"mlproject logs {self.run}"}
        return found | ({"owner of the runbook": self.owner} if self.owner else {})

    @property
    def text(self) -> str:
        """Return the notice as plain text."""
        return "\n".join([self.summary, *(f"{name}: {value}" for name, value in self.details.items())])
