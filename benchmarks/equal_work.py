"""Write what we compiled as a Kapitan project and as a kustomize base with overlays, and tell whether output is equal.

  python benchmarks/equal_work.py write OURS FOLDER     FOLDER/kapitan and FOLDER/kustomize
  python benchmarks/equal_work.py same OURS THEIRS      exit 1 when the objects differ

Peers get no work of our choosing: they render the very objects that our compile writes.  It is a
process of its own, because a parent's memory counts as that of the processes it starts.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import yaml

SEPARATOR = "---\n"
BASE = "production"
"""The environment that the kustomize base holds; overlays patch the others."""


class Tree(NamedTuple):
    """The objects of every environment: their text by file, in the order of the file."""

    environments: Mapping[str, Mapping[str, Sequence[str]]]

    @property
    def files(self) -> list[str]:
        """Return the names of the files of any environment, sorted."""
        return sorted({name for files in self.environments.values() for name in files})


def read_tree(generated: Path) -> Tree:
    """Read `generated/<environment>/<project>/*.yaml` of one project."""
    return Tree({folder.name: {path.name: _texts(path) for path in sorted(folder.glob("*/*.yaml"))}
                 for folder in sorted(generated.iterdir()) if folder.is_dir()})


def _texts(path: Path) -> Sequence[str]:
    text = path.read_text(encoding="utf-8").removeprefix(SEPARATOR)
    return tuple(f"{part}\n" for part in text.removesuffix("\n").split(f"\n{SEPARATOR}"))


def objects_below(folder: Path) -> list[Any]:
    """Return every object in the YAML files below folder, in an order that does not depend on the files."""
    found = [item for path in sorted(folder.rglob("*.y*ml"))
             for item in yaml.load_all(path.read_text(encoding="utf-8"), yaml.CSafeLoader) if item]
    return sorted(found, key=_identity)


def _identity(item: Mapping[str, Any]) -> tuple[str, str, str, str]:
    metadata = item["metadata"]
    return item["apiVersion"], item["kind"], metadata.get("namespace", ""), metadata["name"]


def write_kapitan(tree: Tree, folder: Path) -> None:
    """Write one template a concern and one target an environment; what differs is a parameter of the target."""
    values: dict[tuple[str, ...], str] = {}
    templates = {name: "".join(_template(tree, name, values)) for name in tree.files}
    for name, text in templates.items():
        _write(folder / "templates" / name, text)
    compile_all = {"output_path": ".", "input_type": "jinja2", "input_paths": ["templates"]}
    _write(folder / "inventory/classes/common.yml", {"parameters": {"kapitan": {"compile": [compile_all]}}})
    for index, environment in enumerate(tree.environments):
        chosen = {key: variants[index] for variants, key in values.items()}
        parameters = {"environment": environment, "kapitan": {"vars": {"target": environment}}, "values": chosen}
        _write(folder / f"inventory/targets/{environment}.yml", {"classes": ["common"], "parameters": parameters})


def _template(tree: Tree, name: str, values: dict[tuple[str, ...], str]) -> Iterator[str]:
    yield "{% set p = inventory.parameters %}\n"
    for texts in zip_longest(*(files.get(name, ()) for files in tree.environments.values()), fillvalue=""):
        lines = [text.splitlines() for text in texts]
        if len({len(part) for part in lines}) == 1:
            yield SEPARATOR
            yield from (f"{_line(variants, values)}\n" for variants in zip(*lines, strict=True))
        else:
            yield from (f'{{% if p.environment == "{environment}" %}}\n{SEPARATOR}{_raw(text)}{{% endif %}}\n'
                        for environment, text in zip(tree.environments, texts, strict=True) if text)


def _line(variants: tuple[str, ...], values: dict[tuple[str, ...], str]) -> str:
    if len(set(variants)) == 1:
        return _raw(variants[0])
    before = _common(variants)
    after = _common([text[before:][::-1] for text in variants])
    middles = tuple(text[before:len(text) - after] for text in variants)
    key = values.setdefault(middles, f"value_{len(values)}")
    text = variants[0]
    return f"{_raw(text[:before])}{{{{ p[\"values\"].{key} }}}}{_raw(text[len(text) - after:])}"


def _common(texts: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False)))


def _raw(text: str) -> str:
    # Argo and Prometheus write `{{ }}` too.
    return re.sub(r"\{[{%#]", r'{{ "\g<0>" }}', text)


def write_kustomize(tree: Tree, folder: Path) -> None:
    """Write the objects of production as the base, and one overlay of JSON patches an environment."""
    base = tree.environments[BASE]
    for name, texts in base.items():
        _write(folder / "base" / name, SEPARATOR.join(texts))
    _write(folder / "base/kustomization.yaml", {"resources": sorted(base)})
    for environment, files in tree.environments.items():
        _overlay(folder / "overlays" / environment, base, files)


def _overlay(folder: Path, base: Mapping[str, Sequence[str]], files: Mapping[str, Sequence[str]]) -> None:
    patches, more = [], []
    for name in sorted({*base, *files}):
        for old, new in zip_longest(_parsed(base.get(name, ())), _parsed(files.get(name, ()))):
            if old is None:
                more.append(new)
            elif new is None or old["kind"] != new["kind"]:
                raise ValueError(f"{name} of {folder.name} lacks a {old['kind']}: teach overlays to delete")
            elif operations := list(_changes(old, new, "")):
                target = {"kind": old["kind"], "name": old["metadata"]["name"]}
                path = f"{old['kind']}-{old['metadata']['name']}.yaml".lower()
                _write(folder / path, operations)
                patches.append({"path": path, "target": target, "options": {"allowNameChange": True}})
    if more:
        _write(folder / "more.yaml", yaml.dump_all(more))
    resources = ["../../base", *(["more.yaml"] if more else [])]
    _write(folder / "kustomization.yaml", {"resources": resources, "patches": patches})


def _parsed(texts: Sequence[str]) -> list[Any]:
    return [yaml.load(text, yaml.CSafeLoader) for text in texts]


def _changes(old: Any, new: Any, pointer: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON patch operations that make new of old."""
    match old, new:
        case dict(), dict():
            for key in {**old, **new}:
                yield from _changed(old, new, key, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")
        case list(), list() if len(old) == len(new):
            for index, (before, after) in enumerate(zip(old, new, strict=True)):
                yield from _changes(before, after, f"{pointer}/{index}")
        case _ if old != new:
            yield {"op": "replace", "path": pointer, "value": new}


def _changed(old: Mapping[str, Any], new: Mapping[str, Any], key: str, pointer: str) -> Iterator[dict[str, Any]]:
    if key not in new:
        yield {"op": "remove", "path": pointer}
    elif key not in old:
        yield {"op": "add", "path": pointer, "value": new[key]}
    else:
        yield from _changes(old[key], new[key], pointer)


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
    path.write_text(text, encoding="utf-8")


def main(command: str, ours: str, other: str) -> int:
    """Write the projects of the peers, or compare two folders of objects."""
    if command == "same":
        return int(objects_below(Path(ours)) != objects_below(Path(other)))
    tree = read_tree(Path(ours))
    write_kapitan(tree, Path(other, "kapitan"))
    write_kustomize(tree, Path(other, "kustomize"))
    print(len(objects_below(Path(ours))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
