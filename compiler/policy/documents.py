"""The policies on paper: the list of a repository's policies, a page each, and the pages under docs/."""

import os
from collections.abc import Mapping, Sequence

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.interface import LIBRARY, STAGES, Pack, Policy
from compiler.policy.metadata import Metadata, metadata_of
from compiler.policy.packs import POLICIES, built_in_folder, read_pack_with_tests, read_packs
from compiler.policy.preflight import inspect, sort_files
from compiler.records import NamedTuple

FOLDER = "docs/policies"
INDEX = "index.md"
_WRITTEN = "<!-- Written by `mlproject policy docs --write` from the METADATA of the policy. -->\n"


class Listed(NamedTuple):
    """One policy and what it says of itself."""

    policy: Policy
    metadata: Metadata


def list_policies(packs: Sequence[Pack]) -> tuple[tuple[Listed, ...], tuple[Diagnostic, ...]]:
    """Return the policies of the packs by code, and what is wrong with them."""
    ordered = sort_files(packs)
    faults = [*ordered.faults]
    listed = []
    for stage in STAGES:
        policies, wrong = inspect(ordered.files[stage], ordered.files[LIBRARY])
        faults += wrong
        for policy in policies:
            metadata = metadata_of(policy)
            if isinstance(metadata, Metadata):
                listed.append(Listed(policy, metadata))
            else:
                faults.append(metadata)
    return tuple(sorted(listed, key=lambda one: one.policy.code)), tuple(dict.fromkeys(faults))


def page_of_policy(code: str, root: str = ".") -> str | None:
    """Return what `explain` prints of a policy of the repository at root, or None when it has no such policy."""
    if "/" not in code:
        return None
    for one in list_policies(read_packs(root).packs)[0]:
        if one.policy.code == code:
            control = f"\n\nControl: {one.metadata.control}" if one.metadata.control else ""
            help = f"\n\nHelp: {one.metadata.help}" if one.metadata.help else ""
            return (f"{one.metadata.title}\n\n{_wrapped(one.metadata.description)}{help}{control}\n\n"
                    f"Policy of the {one.policy.stage} stage, severity {one.metadata.severity}: {one.policy.file}")
    return None


def policy_pages() -> Mapping[str, str]:
    """Return the text of every page of the built-in pack, by file name below docs/policies/."""
    pack = read_pack_with_tests(built_in_folder(), POLICIES)
    listed, _ = list_policies([pack])
    pages = {f"{one.policy.code.replace('/', '-')}.md": _page(one, pack) for one in listed}
    return {**pages, INDEX: _index(listed)}


def stale_pages(folder: str) -> tuple[str, ...]:
    """Return the pages below folder that are missing, differ, or belong to no policy."""
    pages = policy_pages()
    present = {name for name in os.listdir(folder) if name.endswith(".md")} if os.path.isdir(folder) else set()
    foreign = {name for name in present - pages.keys() if _is_ours(os.path.join(folder, name))}
    return tuple(sorted(foreign | {name for name in pages if _text(os.path.join(folder, name)) != pages[name]}))


def write_pages(folder: str) -> tuple[str, ...]:
    """Bring the pages below folder up to date, and return those that changed or were removed."""
    stale = stale_pages(folder)
    pages = policy_pages()
    os.makedirs(folder, exist_ok=True)
    for name in stale:
        path = os.path.join(folder, name)
        if name in pages:
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write(pages[name])
        else:
            os.remove(path)
    return stale


def _page(one: Listed, pack: Pack) -> str:
    policy, metadata = one
    tests = pack.files.get(policy.file.removesuffix(".rego") + "_test.rego", "")
    cases = [line.partition(" if")[0].partition("[")[0] for line in tests.split("\n") if line.startswith("test_")]
    sentences = "\n".join(f"- {name.removeprefix('test_').replace('_', ' ')}" for name in cases)
    control = f"| control | {metadata.control} |\n" if metadata.control else ""
    help = f"\n## What to do\n\n{_wrapped(_sentence(metadata.help))}\n" if metadata.help else ""
    source = pack.files[policy.file].partition("\nimport rego.v1\n")[2].strip()
    return (f"{_WRITTEN}# {metadata.title}\n\n`{policy.code}`\n\n| | |\n|---|---|\n| stage | {policy.stage} |\n"
            f"| severity | {metadata.severity} |\n{control}| package | `{policy.package}` |\n"
            f"| file | `{policy.file}` |\n\n{_wrapped(metadata.description)}\n{help}\n"
            f"## Cases\n\nHeld by its tests:\n\n{sentences}\n\n## Rule\n\n```rego\n{source}\n```\n")


def _index(listed: Sequence[Listed]) -> str:
    rows = "\n".join(f"| [`{one.policy.code}`]({one.policy.code.replace('/', '-')}.md) | {one.metadata.title} | "
                     f"{one.policy.stage} | {one.metadata.severity} |" for one in listed)
    return (f"{_WRITTEN}# The built-in policies\n\n{len(listed)} policies. How to write one, and what it is given: "
            f"[README.md](README.md).\n\n| code | law | stage | severity |\n|---|---|---|---|\n{rows}\n")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _wrapped(text: str) -> str:
    from textwrap import wrap

    return "\n".join(wrap(" ".join(text.split()), 110, break_on_hyphens=False, break_long_words=False))


def _text(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except OSError:
        return None


def _is_ours(path: str) -> bool:
    return (_text(path) or "").startswith(_WRITTEN)
