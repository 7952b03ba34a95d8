"""From artifacts to the files of one folder."""

from collections.abc import Sequence

from compiler.artifact.artifact import Artifact, Manifest, TextFile
from compiler.emit.names import check_files
from compiler.emit.yaml_writer import to_stream


def files_of(artifacts: Sequence[Artifact], order: Sequence[str] = ()) -> dict[str, bytes]:
    """Return the files of one folder by name: a concern's manifests in one, each text in its own.

    Inside a file, kinds stand in this order, the others after them, and objects of one kind as they were
    given. Two artifacts that claim one name are a ValueError: targets have to agree on theirs.
    """
    place = {kind: position for position, kind in enumerate(order)}
    concerns: dict[str, list[Manifest]] = {}
    texts: dict[str, TextFile] = {}
    for artifact in artifacts:
        if isinstance(artifact, Manifest):
            concerns.setdefault(artifact.concern, []).append(artifact)
        elif artifact.path in texts:
            raise ValueError(f"two artifacts are named {artifact.path!r}")
        else:
            texts[artifact.path] = artifact
    files = {path: texts[path].text.encode() for path in sorted(texts)}
    for concern in sorted(concerns):
        name = f"{concern}.yaml"
        if name in files:
            raise ValueError(f"two artifacts are named {name!r}")
        bodies = sorted((manifest.body for manifest in concerns[concern]),
                        key=lambda body: place.get(body.get("kind", ""), len(place)))
        files[name] = to_stream(bodies).encode()
    check_files(files)
    return files
