"""The statement about a generated folder, in in-toto's format: made of the folder alone, so that anyone can make it."""

import json

from compiler.emit.index import INDEX_NAME
from compiler.provenance.tree import Tree

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://mlproject.dev/generated/v1"


def statement_of(tree: Tree) -> bytes:
    """Return the statement: the digest of every index, which names every file and the inputs that it was made of."""
    said = {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": f"generated/{folder}/{INDEX_NAME}", "digest": {"sha256": digest}}
                    for folder, digest in sorted(tree.digests.items())],
        "predicateType": PREDICATE_TYPE,
        "predicate": {"compilers": list(tree.compilers),
                      "inputs": {folder: dict(sorted(index.inputs.items())) for folder, index in tree.indexes.items()},
                      "files": sum(len(index.files) for index in tree.indexes.values())},
    }
    return (json.dumps(said, indent=1, sort_keys=True) + "\n").encode()
