"""Who owns the project and how much depends on it."""

from typing import Literal, Required, TypedDict

from compiler.spec.words import Identifier, Line, Name


class Contacts(TypedDict, total=False):
    """Where the owners are reached; alert routes name these."""

    slack: Line
    """Slack channel, such as `#risk-ml`."""
    pagerduty: Identifier
    """PagerDuty service."""
    opsgenie: Identifier
    """Opsgenie team."""
    email: Line
    """Mail address of the owners."""
    runbook_owner: Identifier
    """The rotation that keeps the runbook; production asks for one."""


class Metadata(TypedDict, total=False):
    """Name and owner of the project."""

    name: Required[Name]
    """Name of the project: a DNS-1035 label that every derived name starts from."""
    team: Required[Name]
    """The owning team: code owners, alert routing, cost and quota follow it."""
    tier: Literal["experimental", "standard", "critical"]
    """How much depends on it. Defaults and policies follow the tier."""
    description: Line
    """One line for catalogues, dashboards and runbooks."""
    scores_people: bool
    """True when the model decides about people; policies then ask for a fairness gate."""
    contacts: Contacts
    """Where the owners are reached."""
