"""The channels: how each takes a notice.

Each needs a secret, in the variable `secret_variable("notify-CHANNEL")`:

- slack: the address of an incoming webhook, which is bound to its channel;
- pagerduty: the routing key of an Events API v2 integration;
- opsgenie: an API key;
- email: `smtps://USER:PASSWORD@HOST:PORT` (or `smtp://`, upgraded by STARTTLS), USER being the sender.
"""

import smtplib
import ssl
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from runtime.locations import locate
from runtime.notices.notice import Notice
from runtime.notices.posting import post
from runtime.outcome import Refused, Unavailable

PAGERDUTY = "https://events.pagerduty.com/v2/enqueue"
OPSGENIE = "https://api.opsgenie.com/v2/alerts"
_SECONDS = 20
_SEVERITIES = {"critical": "critical", "warning": "warning", "info": "info"}
_PRIORITIES = {"critical": "P1", "warning": "P3", "info": "P5"}


def send_slack(notice: Notice, secret: str, _contacts: Mapping[str, str]) -> None:
    """Post to the webhook as plain text: nothing in it is a mention, a link or markup."""
    block = {"type": "section", "text": {"type": "plain_text", "text": notice.text, "emoji": False}}
    post("slack", secret, {"text": _escaped(notice.summary), "blocks": [block]})


def send_pagerduty(notice: Notice, secret: str, _contacts: Mapping[str, str]) -> None:
    """Trigger an alert; one run and event is one alert, however often it is sent."""
    payload = {"summary": notice.summary[:1024], "source": f"{notice.project}.{notice.environment}",
               "severity": _SEVERITIES[notice.severity], "component": notice.project, "group": notice.environment,
               "class": notice.event, "custom_details": notice.details}
    post("pagerduty", locate(PAGERDUTY), {"routing_key": secret, "event_action": "trigger",
                                          "dedup_key": _key(notice)[:255], "payload": payload})


def send_opsgenie(notice: Notice, secret: str, contacts: Mapping[str, str]) -> None:
    """Create an alert; one run and event is one alert."""
    team = contacts.get("opsgenie")
    body = {"message": notice.summary[:130], "alias": _key(notice)[:512], "description": notice.text,
            "priority": _PRIORITIES[notice.severity], "source": "mlproject", "details": notice.details}
    post("opsgenie", locate(OPSGENIE), body | ({"responders": [{"name": team, "type": "team"}]} if team else {}),
         {"Authorization": f"GenieKey {secret}"})


def send_email(notice: Notice, secret: str, contacts: Mapping[str, str]) -> None:
    """Send one mail to the project's address."""
    server = urlsplit(secret)
    if server.scheme not in ("smtp", "smtps") or not server.hostname or not contacts.get("email"):
        raise Refused("email needs smtps://USER:PASSWORD@HOST:PORT as its secret, and an address in the contacts")
    message = EmailMessage()
    # A header is one line: what would begin another one is refused by the library.
    message["Subject"] = " ".join(notice.summary.split())
    message["To"], message["From"] = contacts["email"], unquote(server.username or "") or contacts["email"]
    message.set_content(notice.text)
    try:
        with _connection(server.scheme, server.hostname, server.port) as connection:
            if server.password:
                connection.login(unquote(server.username or ""), unquote(server.password))
            connection.send_message(message)
    except smtplib.SMTPResponseException as failure:
        raise (Refused if failure.smtp_code >= 500 else Unavailable)(
            f"the mail server answers {failure.smtp_code}") from None
    except (OSError, smtplib.SMTPException) as failure:
        raise Unavailable(f"the mail server cannot be used: {type(failure).__name__}") from None


CHANNELS: Mapping[str, Callable[[Notice, str, Mapping[str, str]], None]] = {
    "slack": send_slack, "pagerduty": send_pagerduty, "opsgenie": send_opsgenie, "email": send_email}


def _connection(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=_SECONDS, context=context)
    connection = smtplib.SMTP(host, port or 587, timeout=_SECONDS)
    if host not in ("localhost", "127.0.0.1", "::1"):
        connection.starttls(context=context)
    return connection


def _key(notice: Notice) -> str:
    return f"{notice.project}/{notice.environment}/{notice.run}/{notice.event}"


def _escaped(text: str) -> str:
    """Return text that Slack shows as it is: three characters begin everything it would interpret."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
