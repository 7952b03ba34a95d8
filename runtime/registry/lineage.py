"""Say where a registered model came from, from the registry alone: `python -m runtime lineage MODEL@ALIAS`.

Which commit, which data, which parameters, which gates, which signature: the tags of the version
answer, so that neither the run nor the artifact store need to be there any more.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from runtime.contract import EXIT_ENVIRONMENT, EXIT_OK, EXIT_REFUSED, EXIT_USAGE
from runtime.outcome import Refused, Unavailable
from runtime.registry.looking_up import Found, look_up

_UNKNOWN = "not recorded"


def main(argv: Sequence[str]) -> int:
    """Print the lineage; return the exit code."""
    options = _parser().parse_args(argv)
    name, at, alias = options.model.partition("@")
    if not at:
        name, slash, version = options.model.rpartition("/")
        alias = ""
        if not (slash and name and version.isdecimal()):
            return _say(f"`{options.model}` is neither MODEL@ALIAS nor MODEL/VERSION", EXIT_USAGE)
    else:
        version = ""
    try:
        found = look_up(options.registry, name, alias=alias, version=version)
    except Refused as failure:
        return _say(str(failure), EXIT_REFUSED)
    except (Unavailable, OSError) as failure:
        return _say(str(failure), EXIT_ENVIRONMENT)
    except ImportError as missing:
        return _say(f"the registry's client is not installed here ({missing.name}): "
                    "pip install mlproject-compiler[train]", EXIT_ENVIRONMENT)
    as_json = json.dumps(as_object(found), indent=1, sort_keys=True) + "\n"
    sys.stdout.write(as_json if options.format == "json" else as_text(found))
    return EXIT_OK


def as_object(found: Found) -> dict[str, Any]:
    """Return the lineage as plain data."""
    return {"model": found.name, "version": found.version, "aliases": list(found.aliases),
            "registered": _time(found), **found.record}


def as_text(found: Found) -> str:
    """Return the lineage for a person."""
    return "".join(f"{line}\n" for line in _lines(found))


def _lines(found: Found) -> Iterator[str]:
    record = found.record
    named = "".join(f" @{alias}" for alias in found.aliases)
    yield f"{found.name} version {found.version}{named}, registered {_time(found)}"
    made = " ".join(f"{name} {record[name]}" for name in ("project", "environment", "run") if record.get(name))
    yield from _answer("made by", made)
    yield from _answer("commit", record.get("revision"))
    yield from _answer("image", record.get("image"))
    yield from _answer("data", *(_source(source) for source in record.get("sources", ())))
    yield from _answer("parameters", *_training(record.get("training", {})))
    yield from _answer("metrics", *(f"{name} {_short(value)}" for name, value in
                                    sorted(record.get("metrics", {}).items())))
    gates = record.get("gates", ())
    yield from _answer("gates", *([record["verdict"]] if record.get("verdict") else []),
                       *(line for gate in gates for line in _gate(gate)))
    yield from _answer("signature", *_signature(record))


def _answer(question: str, *answers: str | None) -> Iterator[str]:
    said = [answer for answer in answers if answer] or [_UNKNOWN]
    for place, answer in enumerate(said):
        yield f"  {question if place == 0 else '':<11} {_plain(answer)}"


def _source(source: Mapping[str, Any]) -> str:
    revision = f" at {source['revision']}" if source.get("revision") else ""
    stood_in = ", the last good revision stood in" if source.get("fallback_used") else ""
    return (f"{source['name']}: {source.get('rows', '?')} rows of {source['uri']} ({source.get('with', 'none')}"
            f"{revision}{stood_in}), content {source['digest']}")


def _training(training: Mapping[str, Any]) -> Iterator[str]:
    if not training:
        return
    what = training.get("algorithm") or training.get("entry_point")
    yield f"{training.get('framework')} {what}, {training.get('task')} of {training.get('target')}"
    yield from (f"{name} = {json.dumps(value)}" for name, value in sorted(training.get("parameters", {}).items()))
    yield f"seed = {training.get('seed')}"
    yield from (f"{name} {version}" for name, version in sorted(training.get("libraries", {}).items()))


def _gate(gate: Mapping[str, Any]) -> Iterator[str]:
    yield f"{gate['outcome']:<4} {gate['name']} ({gate['mode']})"
    for number in gate.get("numbers", ()):
        limit = f" {number['relation']} {_short(number['limit'])}" if number.get("relation") else ""
        yield f"       {number['name']}: {_short(number['value'])}{limit}"


def _signature(record: Mapping[str, Any]) -> Iterator[str]:
    if not record.get("digest"):
        return
    yield f"key {record['key']}" if record.get("key") else "none: the model is not signed"
    yield f"digest {record['digest']}"
    if record.get("uri"):
        yield f"files {record['uri']}"


def _short(value: float | None) -> str:
    return "no value" if value is None else f"{value:.6g}"


def _time(found: Found) -> str:
    return datetime.fromtimestamp(found.registered_at / 1000, UTC).isoformat(timespec="seconds")


def _plain(text: str) -> str:
    """Return text without control characters: whoever may write a tag does not write to this terminal."""
    return "".join(character if character.isprintable() else "�" for character in text)


def _say(message: str, code: int) -> int:
    sys.stderr.write(f"mlproject: {_plain(message)}\n")
    return code


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m runtime lineage", allow_abbrev=False, description=__doc__.splitlines()[0])
    parser.add_argument("model", metavar="MODEL@ALIAS", help="a registered model and an alias, or MODEL/VERSION")
    parser.add_argument("--registry", required=True, metavar="URI", help="the tracking server, or sqlite:///FILE")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    return parser
