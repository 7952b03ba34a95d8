package mlproject.spec.dataset.approved_storage_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.dataset.approved_storage

test_approved_bucket_passes if count(approved_storage.deny) == 0 with input as projects.production({})
	with data.approved.storage as {"pii": {"s3://risk-lake/": "approved"}}

test_public_data_may_be_anywhere if count(approved_storage.deny) == 0 with data.approved.storage as {"pii": {}}
	with input as projects.with_source({"classification": "public"})

test_other_bucket_is_denied if projects.paths(approved_storage.deny) == {["data", "sources", 0, "uri"]} with input as projects.production({})
	with data.approved.storage as {"pii": {"s3://risk-lake-copy/": "approved"}}

test_a_classification_without_approved_storage_is_denied if projects.paths(approved_storage.deny) == {["data", "sources", 0, "uri"]} with data.approved.storage as {"phi": {}}
	with input as projects.with_source({"classification": "phi"})
