package mlproject.manifests.containers.ports_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.containers.ports

test_a_high_port_passes if count(ports.deny) == 0 with input as manifests.production([manifests.deployment({"ports": [{"containerPort": 8080}]})])

test_a_low_port_is_denied if manifests.places(ports.deny) == {[0, ["spec", "template", "spec", "containers", 0, "ports", 0, "containerPort"]]} with input as manifests.production([manifests.deployment({"ports": [{"containerPort": 80}]})])

test_a_host_port_is_denied if manifests.places(ports.deny) == {[0, ["spec", "template", "spec", "containers", 0, "ports", 0, "hostPort"]]} with input as manifests.production([manifests.deployment({"ports": [{"containerPort": 8080, "hostPort": 8080}]})])
