"""What an author sees in an editor: completion, hover text and an error for a typo."""

from collections.abc import Iterator

import pytest

from tests.editor.language_server import LanguageServer, document_with_schema
from tests.judges import require
from tests.repositories import ROOT

SCHEMA = ROOT / "specs/schema/mlproject.schema.json"
HEAD = (
    "apiVersion: mlproject.dev/v1alpha1\nkind: MLProject\n"
    "metadata: {name: a, team: b}\ndata: {sources: [{name: a, uri: b}]}\n"
)


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    with LanguageServer([str(require("yaml-language-server")), "--stdio"]) as running:
        yield running


def test_a_good_spec_has_no_error(server: LanguageServer) -> None:
    for spec in sorted(ROOT.glob("specs/*/mlproject.yaml")):
        assert (
            server.open(f"file:///good/{spec.parent.name}.yaml", document_with_schema(SCHEMA, spec.read_text())) == []
        )


def test_a_typo_is_an_error_at_its_place(server: LanguageServer) -> None:
    text = document_with_schema(SCHEMA, HEAD + "deployment:\n  scalin: {minimum: 1}\n")
    found = server.open("file:///typo.yaml", text)
    assert [(error["range"]["start"]["line"], error["range"]["start"]["character"]) for error in found] == [(6, 2)]
    assert "scalin is not allowed" in found[0]["message"]


def test_a_key_is_completed(server: LanguageServer) -> None:
    uri = "file:///completion.yaml"
    server.open(uri, document_with_schema(SCHEMA, HEAD + "deployment:\n  sca\n"))
    answer = server.ask(
        "textDocument/completion", {"textDocument": {"uri": uri}, "position": {"line": 6, "character": 5}}
    )
    assert "scaling" in [item["label"] for item in answer["items"]]


def test_the_kinds_of_gates_are_completed(server: LanguageServer) -> None:
    uri = "file:///gates.yaml"
    server.open(uri, document_with_schema(SCHEMA, HEAD + "validation:\n  gates:\n    - kind: \n"))
    answer = server.ask(
        "textDocument/completion", {"textDocument": {"uri": uri}, "position": {"line": 7, "character": 12}}
    )
    assert {"metric", "fairness", "champion"} <= {item["label"] for item in answer["items"]}


def test_hover_says_what_a_key_means(server: LanguageServer) -> None:
    uri = "file:///hover.yaml"
    server.open(uri, document_with_schema(SCHEMA, HEAD + "deployment:\n  scaling: {minimum: 1}\n"))
    answer = server.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 6, "character": 4}})
    assert "How many replicas serve." in str(answer["contents"])
