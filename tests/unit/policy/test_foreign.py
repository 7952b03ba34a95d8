"""`policy check`: foreign manifests, many documents a file, findings at their lines."""

import pytest

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy import embedded
from compiler.policy.foreign import Checked, ForeignManifest, check_manifests, read_manifests
from tests.unit.policy.packs import pack, policy, reading

BODY = """\
deny contains {"message": "replicas", "manifest": index, "place": ["spec", "replicas"]} if {
\tsome index, body in input.manifests
\tbody.spec.replicas > 1
}
"""
PACK = pack({"policies/noun/rule.rego": policy(BODY, package="mlproject.manifests.noun.rule")})
TWO = b"""\
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: b
spec:
  replicas: 3
"""


def checked(files: dict[str, bytes]) -> Checked:
    judge = embedded.start(reading(PACK))
    try:
        return check_manifests(files, judge)
    finally:
        judge.close()


def test_a_finding_stands_at_its_line() -> None:
    (found,) = checked({"deploy.yaml": TWO}).diagnostics
    assert found.span is not None
    assert (found.code, found.message) == ("noun/rule", "Deployment `b`: replicas")
    assert (found.span.file, found.span.line, found.span.column) == ("deploy.yaml", 10, 13)
    assert found.path == ("spec", "replicas")


def test_what_is_missing_stands_at_its_nearest_ancestor() -> None:
    *_, deployment = read_manifests(TWO, "deploy.yaml")
    assert isinstance(deployment, ForeignManifest)
    assert deployment.document == 2
    assert deployment.locate(("spec", "template", "spec")).line == 10


def test_files_are_judged_together_and_in_order() -> None:
    result = checked({"b.yaml": TWO, "a.yaml": TWO})
    assert [one.span.file for one in result.diagnostics if one.span] == ["a.yaml", "b.yaml"]
    assert len(result.manifests) == 4


def test_a_list_of_kubectl_is_its_items() -> None:
    text = b'{"apiVersion": "v1", "kind": "List", "items": [' \
        b'{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "x"},\n "spec": {"replicas": 2}}]}'
    (found,) = checked({"list.json": text}).diagnostics
    assert found.span is not None
    assert found.span.line == 2


def test_values_are_read_like_json_does() -> None:
    text = b"apiVersion: v1\nkind: ConfigMap\ndata: {a: no, b: 012, c: '1', d: 2024-01-31, e: 1.5, f: null, g: true}\n"
    (manifest,) = read_manifests(text, "a.yaml")
    assert isinstance(manifest, ForeignManifest)
    assert manifest.body["data"] == {"a": "no", "b": 12, "c": "1", "d": "2024-01-31", "e": 1.5, "f": None, "g": True}


def test_anchors_are_read_and_empty_documents_passed_over() -> None:
    text = b"---\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {labels: &l {a: b}}\ndata: *l\n---\n"
    (manifest,) = read_manifests(text, "a.yaml")
    assert isinstance(manifest, ForeignManifest)
    assert manifest.body["data"] == {"a": "b"}


BOMB = b"a: &a [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + n, 98 + n, b", ".join([b"*%c" % (97 + n)] * 10)) for n in range(8))


@pytest.mark.parametrize(("text", "message"), [
    pytest.param(b"a: [", "not YAML", id="broken YAML"),
    pytest.param(b"kind: {{ .Values.kind }}\n", "keys are texts", id="a template of Helm"),
    pytest.param(b"\xff\xfe", "not UTF-8", id="another encoding"),
    pytest.param(b"just text\n", "document 1 is not a Kubernetes object", id="a text"),
    pytest.param(b"kind: A\n---\napiVersion: v1\n", "document 2 is not", id="an object without kind"),
    pytest.param(b"apiVersion: v1\nkind: A\nmetadata: 1\n", "not a Kubernetes object", id="metadata that is none"),
    pytest.param(b"a: &a {b: *a}\n", "deep", id="an object that holds itself"),
    pytest.param(BOMB, "more than", id="a few lines that are a billion values"),
    pytest.param(b"a: {<<: {b: 1}}\n", "merge keys", id="a merge key"),
    pytest.param(b"? {a: b}\n: 1\n", "keys are texts", id="a key that is a mapping"),
    pytest.param(b"", "no Kubernetes object", id="an empty file"),
])
def test_what_cannot_be_judged_is_refused(text: bytes, message: str) -> None:
    result = checked({"a.yaml": text})
    assert {found.code for found in result.diagnostics} == {"policy/unreadable-manifest"}
    assert message in " ".join(found.message for found in result.diagnostics)


def test_one_bad_file_does_not_hide_the_findings_of_another() -> None:
    found = checked({"a.yaml": b"a: [", "b.yaml": TWO}).diagnostics
    assert [one.code for one in found] == ["policy/unreadable-manifest", "noun/rule"]


def test_no_file_at_all_is_refused() -> None:
    (found,) = checked({}).diagnostics
    assert isinstance(found, Diagnostic)
    assert found.code == "policy/unreadable-manifest"
