"""People are told what happened, by every channel that is due, once, and with nothing secret in a message."""

import json
import logging
from email import message_from_bytes, policy

import pytest

from runtime.contract import LOCATIONS_VARIABLE
from runtime.notices.channels import OPSGENIE, PAGERDUTY
from runtime.outcome import Refused, Unavailable
from runtime.steps.notify import run
from tests.runtime.contexts import context
from tests.runtime.listeners import HttpListener, MailListener, listening

CONTACTS = {"slack": "#churn", "email": "churn@example.org", "pagerduty": "churn", "opsgenie": "churn-team",
            "runbook_owner": "churn-oncall"}


def rules(*channels, event="pipeline.failed", severity="critical"):
    return [{"event": event, "severity": severity, "channels": list(channels)}]


def notify(tmp_path, rules, status="Failed"):
    return run(context("notify", {"contacts": CONTACTS, "rules": rules}, tmp_path, status=status)).numbers


@pytest.fixture
def server(monkeypatch):
    with listening(HttpListener()) as listener:
        monkeypatch.setenv("SECRET_NOTIFY_SLACK", f"{listener.url}/hook/T0/B0/k3y")
        monkeypatch.setenv("SECRET_NOTIFY_PAGERDUTY", "routing-k3y")
        monkeypatch.setenv("SECRET_NOTIFY_OPSGENIE", "genie-k3y")
        monkeypatch.setenv(LOCATIONS_VARIABLE, json.dumps({PAGERDUTY: f"{listener.url}/pagerduty",
                                                           OPSGENIE: f"{listener.url}/opsgenie"}))
        yield listener


@pytest.mark.parametrize(("status", "event", "told"), [
    pytest.param("Failed", "pipeline.failed", 1, id="a failure is told"),
    pytest.param("Error", "pipeline.failed", 1, id="an error is told"),
    pytest.param("Stopped", "gate.failed", 1, id="a gate that stops is told"),
    pytest.param("Stopped", "pipeline.failed", 0, id="a gate is no failure of the pipeline"),
    pytest.param("Failed", "gate.failed", 0, id="a failure is no gate"),
    pytest.param("Succeeded", "pipeline.failed", 0, id="success is no news"),
    pytest.param("", "pipeline.failed", 0, id="an unknown end is no news"),
])
def test_who_is_told(server, tmp_path, status, event, told):
    assert notify(tmp_path, rules("slack", event=event), status) == {"notices": told, "logged": 0}
    assert len(server.posted) == told


def test_slack_gets_plain_text(server, tmp_path):
    notify(tmp_path, rules("slack"))
    (posted,) = server.posted
    assert posted.path == "/hook/T0/B0/k3y"
    assert posted.body["text"] == "churn (dev): the training pipeline failed"
    assert posted.body["blocks"][0]["text"]["type"] == "plain_text"
    assert "run: run-1" in posted.body["blocks"][0]["text"]["text"]


def test_a_page_is_one_alert_however_often_it_is_sent(server, tmp_path):
    notify(tmp_path, rules("pagerduty"))
    notify(tmp_path, rules("pagerduty"))
    first, second = server.posted
    assert first.body == second.body
    assert first.body["routing_key"] == "routing-k3y"
    assert first.body["dedup_key"] == "churn/dev/run-1/pipeline.failed"
    assert first.body["payload"]["severity"] == "critical"
    assert first.body["payload"]["custom_details"]["owner of the runbook"] == "churn-oncall"


def test_opsgenie_pages_the_team(server, tmp_path):
    notify(tmp_path, rules("opsgenie", severity="warning"))
    (posted,) = server.posted
    assert posted.headers["Authorization"] == "GenieKey genie-k3y"
    assert posted.body["responders"] == [{"name": "churn-team", "type": "team"}]
    assert posted.body["priority"] == "P3"


def test_a_channel_of_two_rules_is_told_once(server, tmp_path):
    notify(tmp_path, rules("slack") + rules("slack", "pagerduty", severity="warning"))
    assert [posted.path.split("/")[1] for posted in server.posted] == ["hook", "pagerduty"]


def test_without_a_secret_the_log_is_told(server, tmp_path, monkeypatch, caplog):
    monkeypatch.delenv("SECRET_NOTIFY_SLACK")
    monkeypatch.setattr(logging.getLogger("mlproject"), "propagate", True)
    assert notify(tmp_path, rules("slack")) == {"notices": 0, "logged": 1}
    assert "churn (dev): the training pipeline failed" in caplog.text


@pytest.mark.parametrize(("status", "failure"), [
    pytest.param(403, Refused, id="what it will never take is not tried again"),
    pytest.param(302, Refused, id="a redirection is not followed"),
    pytest.param(429, Unavailable, id="busy is tried again"),
    pytest.param(503, Unavailable, id="down is tried again"),
])
def test_one_channel_that_fails_mutes_no_other(server, tmp_path, status, failure, caplog):
    server.answers = [(status, {"Location": f"{server.url}/elsewhere"}, {})]
    with pytest.raises(failure) as raised:
        notify(tmp_path, rules("slack", "pagerduty"))
    assert [posted.path.split("/")[1] for posted in server.posted] == ["hook", "pagerduty"]
    assert "k3y" not in str(raised.value) + caplog.text


def test_an_address_that_answers_nothing_is_not_quoted(tmp_path, monkeypatch):
    with listening(HttpListener()) as gone:
        monkeypatch.setenv("SECRET_NOTIFY_SLACK", f"{gone.url}/k3y")
    with pytest.raises(Unavailable, match=r"^slack cannot be reached: \w+$"):
        notify(tmp_path, rules("slack"))


def test_mail_is_sent(tmp_path, monkeypatch):
    with listening(MailListener()) as server:
        monkeypatch.setenv("SECRET_NOTIFY_EMAIL", f"smtp://ml%40example.org@127.0.0.1:{server.port}")
        assert notify(tmp_path, rules("email"))["notices"] == 1
    mail = message_from_bytes(server.mails[0], policy=policy.default)
    assert (mail["To"], mail["From"]) == ("churn@example.org", "ml@example.org")
    assert mail["Subject"] == "churn (dev): the training pipeline failed"
    assert "look at: mlproject logs run-1" in mail.get_content()


def test_a_mail_server_that_refuses_is_not_tried_again(tmp_path, monkeypatch):
    with listening(MailListener(b"550 no\r\n")) as server:
        monkeypatch.setenv("SECRET_NOTIFY_EMAIL", f"smtp://ml:@127.0.0.1:{server.port}")
        with pytest.raises(Refused, match="the mail server answers 550"):
            notify(tmp_path, rules("email"))
