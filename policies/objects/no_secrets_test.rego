package mlproject.manifests.objects.no_secrets_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.objects.no_secrets

config(values) := manifests.production([{"kind": "ConfigMap", "data": values}])

test_settings_pass if count(no_secrets.deny) == 0 with input as config({"plan.json": "{\"seed\": 7}", "level": "info"})

test_a_secret_is_denied if manifests.places(no_secrets.deny) == {[0, ["stringData"]]} with input as manifests.production([{"kind": "Secret", "stringData": {"a": "b"}}])

test_an_empty_secret_passes if count(no_secrets.deny) == 0 with input as manifests.production([{"kind": "Secret"}])

test_a_password_in_a_config_map_is_denied if manifests.places(no_secrets.deny) == {[0, ["data", "password"]]} with input as config({"password": "hunter2hunter2"})

test_a_private_key_in_a_config_map_is_denied if count(no_secrets.deny) == 1 with input as config({"a.pem": "-----BEGIN RSA PRIVATE KEY-----"})
