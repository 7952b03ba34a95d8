package mlproject.manifests.containers.plaintext_secret_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.containers.plaintext_secret

env(list) := manifests.production([manifests.deployment({"env": list})])

test_plain_settings_pass if count(plaintext_secret.deny) == 0 with input as env([{"name": "LOG_LEVEL", "value": "info"}])

test_references_pass if count(plaintext_secret.deny) == 0 with input as env([{"name": "API_TOKEN", "valueFrom": {"secretKeyRef": {"name": "a", "key": "b"}}}])

test_paths_to_secrets_pass if count(plaintext_secret.deny) == 0 with input as env([{"name": "TOKEN_FILE", "value": "/var/run/token"}])

test_a_password_is_denied if manifests.places(plaintext_secret.deny) == {[0, ["spec", "template", "spec", "containers", 0, "env", 0, "value"]]} with input as env([{"name": "DB_PASSWORD", "value": "hunter2hunter2"}])

test_a_key_by_its_form_is_denied if count(plaintext_secret.deny) == 1 with input as env([{"name": "X", "value": "AKIAABCDEFGHIJKLMNOP"}])
