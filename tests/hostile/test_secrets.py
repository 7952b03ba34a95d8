"""A secret that somebody put into a spec is shown nowhere, not even because it is wrong."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from compiler.driver import Report
from compiler.spec.layers import Layer, merge
from tests.hostile.oracle import FORMATS, said
from tests.projects import GOOD
from tests.repositories import Compiler

# Written in two halves, so that no scanner takes this file for a leak.
_RANDOM = "kT9vQ2mZ7xLp4Wc8" + "Yb3Nf6Rd1Hs5Gj0U"
KINDS = {
    "AWS access key": "AK" + "IA" + "Q7XH2M4TZ9LC3VWB",
    "AWS temporary key": "AS" + "IA" + "Q7XH2M4TZ9LC3VWB",
    "GitHub token": "gh" + "p_" + _RANDOM,
    "GitHub application token": "gh" + "s_" + _RANDOM,
    "GitHub fine-grained token": "github" + "_pat_" + _RANDOM,
    "GitLab token": "gl" + "pat-" + _RANDOM,
    "Slack bot token": "xo" + "xb-" + "2401-2402-" + _RANDOM,
    "Slack application token": "xa" + "pp-" + "1-A02-" + _RANDOM,
    "Slack webhook": "https://hooks.sl" + "ack.com/services/T024/B024/" + _RANDOM,
    "Hugging Face token": "h" + "f_" + _RANDOM,
    "npm token": "np" + "m_" + _RANDOM,
    "PyPI token": "py" + "pi-" + _RANDOM,
    "API key with a prefix": "s" + "k-" + _RANDOM,
    "Stripe key": "s" + "k_live_" + _RANDOM,
    "Google API key": "AI" + "za" + _RANDOM + "abc",
    "Google access token": "ya" + "29." + _RANDOM,
    "SendGrid key": "S" + "G." + _RANDOM + "." + _RANDOM,
    "Databricks token": "da" + "pi" + "0123456789abcdef" * 2,
    "Vault token": "hv" + "s." + _RANDOM,
    "DigitalOcean token": "do" + "p_v1_" + "0123456789abcdef" * 4,
    "JSON web token": "ey" + "JhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxIn0." + _RANDOM,
    "bearer header": "Bearer " + _RANDOM,
    "address with a password": "postgres://reader:" + _RANDOM + "@db/x",
    "private key": "-----BEGIN RSA " + "PRIVATE KEY-----" + _RANDOM,
    "random key": _RANDOM + "/" + _RANDOM,
}
SHORT = "hunter2"
Overrides = Callable[[str], dict[str, Any]]


def _source(**said: Any) -> dict[str, Any]:
    return {"data": {"sources": [{"name": "rows", "uri": "s3://lake/rows/", **said}]}}


def _column(**said: Any) -> dict[str, Any]:
    return _source(contract={"columns": {"label": {"type": "int8", **said}}})


ANYWHERE: dict[str, Overrides] = {
    "description": lambda text: {"metadata": {"description": f"call me with {text}"}},
    "channel": lambda text: {"metadata": {"contacts": {"slack": text}}},
    "column description": lambda text: _column(description=text),
    "allowed value": lambda text: _column(allowed=[text]),
    "parameter": lambda text: {"training": {"parameters": {"init": text}}},
    "annotation": lambda text: {"platform": {"service_account_annotations": {"example.org/x": text}}},
    "label": lambda text: {"platform": {"prometheus": {"rule_labels": {"release": text}}}},
    "repository": lambda text: {"platform": {"repository": {"url": text}}},
    "address": lambda text: _source(uri=text),
    "secret reference": lambda text: _source(credentials=text),
    "image": lambda text: {"training": {"image": text}},
    "number": lambda text: {"training": {"seed": text}},
    "kind": lambda text: {"validation": {"gates": [{"kind": text}]}},
    "unknown key": lambda text: {"training": {"api_key": text}},
    "version": lambda text: _source(version={"with": "dvc", "path": text}),
}
AT_A_SECRETS_KEY: dict[str, Overrides] = {
    "credentials": lambda text: _source(credentials=text),
    "credentials in a list": lambda text: _source(credentials=[text]),
    "signing key": lambda text: {"model": {"signing_key": text}},
    "password": lambda text: _source(password=text),
    "token": lambda text: {"platform": {"mlflow_token": text}},
    "secret store": lambda text: {"platform": {"secret_store": {"token": text}}},
}


@pytest.fixture(scope="module")
def compiler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compiler]:
    made = Compiler(tmp_path_factory.mktemp("secrets"))
    yield made
    made.close()


BASE = merge([Layer("good", GOOD), Layer("overrides", {"metadata": {"tier": "experimental"}})])


def compiled(compiler: Compiler, overrides: dict[str, Any]) -> Report:
    """Compile the good spec with overrides."""
    spec = compiler.root / "specs/fraud/mlproject.yaml"
    spec.parent.mkdir(parents=True, exist_ok=True)
    spec.write_text(json.dumps(merge([Layer("base", BASE), Layer("overrides", overrides)]), indent=1))
    return compiler.compile(spec)


def leaks(compiler: Compiler, overrides: dict[str, Any], secret: str) -> list[str]:
    """Return the formats in which a secret can be read after a compile that it stopped."""
    report = compiled(compiler, overrides)
    assert report.folders == {}, "a spec with a secret was compiled"
    return [name for name, text in said(report).items() if secret in text]


@pytest.mark.parametrize("kind", KINDS)
def test_what_looks_like_a_secret_is_refused_and_never_shown(compiler: Compiler, kind: str) -> None:
    text = KINDS[kind]
    shown = {place: leaks(compiler, make(text), _secret_part(text)) for place, make in ANYWHERE.items()}
    assert {place: formats for place, formats in shown.items() if formats} == {}


@pytest.mark.parametrize("place", AT_A_SECRETS_KEY)
def test_what_stands_at_the_key_of_a_secret_is_never_shown(compiler: Compiler, place: str) -> None:
    assert leaks(compiler, AT_A_SECRETS_KEY[place](SHORT), SHORT) == []


def test_without_a_secret_it_compiles(compiler: Compiler) -> None:
    assert compiled(compiler, {}).folders


def test_every_format_is_looked_at(compiler: Compiler) -> None:
    assert leaks(compiler, {"metadata": {"team": "Not A Team"}}, "Not A Team") == list(FORMATS)


def _secret_part(text: str) -> str:
    return _RANDOM if _RANDOM in text else text
