"""Tell people how a pipeline ended, by the channels that the spec's routes name.

A channel without a secret is written to the log instead: a cluster that sends no notices is still heard.
"""

import os
from collections.abc import Iterator, Mapping
from typing import Any

from runtime.contract import secret_variable
from runtime.notices.channels import CHANNELS
from runtime.notices.notice import EVENTS, Notice
from runtime.outcome import Context, Outcome, Refused, Unavailable


def run(context: Context) -> Outcome:
    """Send every notice that is due; fail after the last of them, so that one silent channel mutes no other."""
    event = EVENTS.get(context.status)
    if event is None:
        context.log.info("the pipeline ended as %s: nobody is told", context.status or "unknown")
        return Outcome({"notices": 0, "logged": 0})
    sent, logged = 0, 0
    failures: list[Refused | Unavailable] = []
    for channel, notice in _due(context, event):
        secret = os.environ.get(secret_variable(f"notify-{channel}"), "").strip()
        if not secret:
            context.log.warning("no secret for channel %s, the notice is only here: %s", channel, notice.summary,
                                extra={"channel": channel, **notice.details})
            logged += 1
            continue
        try:
            CHANNELS[channel](notice, secret, _contacts(context))
            context.log.info("told %s", channel, extra={"channel": channel, "event": event})
            sent += 1
        except (Refused, Unavailable) as failure:
            context.log.error("%s: the notice was not sent: %s", channel, failure, extra=notice.details)
            failures.append(failure)
    _raise_gravest(failures)
    return Outcome({"notices": sent, "logged": logged})


def _due(context: Context, event: str) -> Iterator[tuple[str, Notice]]:
    seen: set[str] = set()
    for rule in context.settings["rules"]:
        if rule["event"] != event:
            continue
        notice = Notice(context.project, context.environment, context.run, event, rule["severity"],
                        _contacts(context).get("runbook_owner"))
        for channel in rule["channels"]:
            if channel not in seen:
                seen.add(channel)
                yield channel, notice


def _contacts(context: Context) -> Mapping[str, Any]:
    contacts: Mapping[str, Any] = context.settings["contacts"]
    return contacts


def _raise_gravest(failures: list[Refused | Unavailable]) -> None:
    """Raise one of the failures; one that may pass goes first, as then another attempt is worth it."""
    for failure in sorted(failures, key=lambda one: isinstance(one, Refused)):
        raise failure
