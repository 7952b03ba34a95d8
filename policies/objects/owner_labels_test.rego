package mlproject.manifests.objects.owner_labels_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.objects.owner_labels

labelled(labels) := manifests.production([{"kind": "ConfigMap", "metadata": {"labels": labels}}])

test_both_labels_pass if count(owner_labels.deny) == 0 with input as labelled({"mlproject.dev/team": "risk", "app.kubernetes.io/part-of": "credit"})

test_a_missing_team_is_denied if manifests.messages(owner_labels.deny) == {"label mlproject.dev/team is missing"} with input as labelled({"app.kubernetes.io/part-of": "credit"})

test_no_labels_are_two_findings if manifests.places(owner_labels.deny) == {[0, ["metadata", "labels"]]} with input as manifests.production([{"kind": "ConfigMap", "metadata": {}}])
