package mlproject.manifests.objects.namespace_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.objects.namespace

inside(namespace) := manifests.production([{"kind": "ConfigMap", "metadata": {"namespace": namespace}}])

test_a_namespace_passes if count(namespace.deny) == 0 with input as inside("credit")

test_none_is_denied if manifests.places(namespace.deny) == {[0, ["metadata"]]} with input as manifests.production([{"kind": "ConfigMap", "metadata": {}}])

test_default_is_denied if count(namespace.deny) == 1 with input as inside("default")

test_kube_system_is_denied if manifests.places(namespace.deny) == {[0, ["metadata", "namespace"]]} with input as inside("kube-system")

test_a_namespace_itself_is_in_none if count(namespace.deny) == 0 with input as manifests.production([{"kind": "Namespace", "metadata": {"name": "a"}}])
