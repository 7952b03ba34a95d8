"""External secrets: references in, references out."""

from compiler.ir.common import SecretKey
from compiler.ir.plan import ReleasePlan
from compiler.targets.secrets.external_secrets import TARGET
from tests.targets.plans import LAKE, full, minimal
from tests.targets.rendering import found, manifests

SIGNING = SecretKey("mlproject-signing-private-key", "mlproject/signing", "private-key", ("model", "signing_key"))


def with_keys(*keys: SecretKey) -> ReleasePlan:
    return full()._replace(secrets=full().secrets._replace(keys=keys))


def test_no_key_no_secret() -> None:
    assert manifests(TARGET, minimal()) == ()


def test_one_secret_holds_every_key_under_the_name_that_steps_use() -> None:
    secret = found(TARGET, with_keys(LAKE, SIGNING), "ExternalSecret")
    assert secret.identity[2:] == ("card-fraud-production", "card-fraud-secrets")
    assert secret.body["spec"] == {
        "refreshInterval": "1h0m0s",
        "secretStoreRef": {"name": "vault", "kind": "ClusterSecretStore"},
        "target": {"name": "card-fraud-secrets", "creationPolicy": "Owner", "deletionPolicy": "Retain"},
        "data": [
            {"secretKey": SIGNING.name, "remoteRef": {"key": "mlproject/signing", "property": "private-key"}},
            {"secretKey": LAKE.name, "remoteRef": {"key": "risk/lake", "property": "reader"}}]}


def test_the_order_of_keys_is_not_that_of_the_spec() -> None:
    assert found(TARGET, with_keys(LAKE, SIGNING), "ExternalSecret").body == found(
        TARGET, with_keys(SIGNING, LAKE), "ExternalSecret").body


def test_a_finding_points_at_the_reference() -> None:
    secret = found(TARGET, with_keys(LAKE, SIGNING), "ExternalSecret")
    assert secret.cause(("spec", "data", 0, "remoteRef", "key")) == ("model", "signing_key")
    assert secret.cause(("spec", "data", 1)) == LAKE.origin
    assert secret.cause(("spec", "secretStoreRef")) == ("platform", "secret_store")
