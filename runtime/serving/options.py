"""What the server is told: arguments, and for each a variable of the environment that the manifests set."""

import os
import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from runtime import trusted_keys
from runtime.serving.limits import Limits
from runtime.serving.loading import Source, Trust
from runtime.serving.server import Timing

_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")

VARIABLES = {
    "MLPROJECT_MODEL_FOLDER": "folder of the model",
    "MLPROJECT_MODEL_NAME": "its name",
    "MLPROJECT_MODEL_VERSION": "its version (default: 1)",
    "MLPROJECT_MODEL_DIGEST": "the digest that it must have",
    "MLPROJECT_MODEL_SIGNATURE": "`required` (default) or `optional`",
    trusted_keys.VARIABLE: "PEM public keys whose signature counts",
    "MLPROJECT_PORT": "where REST listens (default: 8080)",
    "MLPROJECT_GRPC_PORT": "where gRPC listens (default: nowhere)",
    "MLPROJECT_PROTOCOL": "protocol that callers are told of; v1 and v2 are always both served",
    "MLPROJECT_LATENCY_MILLISECONDS": "latency objectives, of which each becomes the end of a bucket",
}
"""Every variable that is read."""


class Options(NamedTuple):
    """Everything that the server is told."""

    sources: tuple[Source, ...]
    trust: Trust
    host: str
    port: int
    grpc_port: int
    """-1: gRPC listens nowhere."""
    device: str
    threads: int
    batch_rows: int
    most_in_flight: int
    objectives_milliseconds: tuple[int, ...]
    limits: Limits
    timing: Timing


class OptionError(Exception):
    """The arguments or the environment do not say what to serve; the message is for a person."""


def read_options(argv: Sequence[str], environment: Mapping[str, str] = os.environ) -> Options:
    """Return the options; raise OptionError for what contradicts itself."""
    given = _parser().parse_args(argv)
    sources = _sources(given, environment)
    required = environment.get("MLPROJECT_MODEL_SIGNATURE", "required")
    if required not in ("required", "optional"):
        raise OptionError(f"MLPROJECT_MODEL_SIGNATURE is `{required}`, expected `required` or `optional`")
    keys = _keys(given.trust, environment.get(trusted_keys.VARIABLE, ""))
    must_be_signed = required == "required" and not given.unsigned
    if must_be_signed and not keys:
        raise OptionError("nobody is trusted to sign: name a public key with --trust or "
                          f"{trusted_keys.VARIABLE}")
    protocol = environment.get("MLPROJECT_PROTOCOL", "v2")
    if protocol not in ("v1", "v2"):
        raise OptionError(f"MLPROJECT_PROTOCOL is `{protocol}`, expected `v1` or `v2`")
    return Options(
        sources, Trust(keys, must_be_signed), given.host,
        given.port if given.port is not None else _number(environment, "MLPROJECT_PORT", 8080),
        given.grpc_port if given.grpc_port is not None else _number(environment, "MLPROJECT_GRPC_PORT", -1),
        given.device, given.threads, given.batch_rows, given.max_in_flight, _objectives(environment),
        Limits(body_bytes=given.max_body_mib << 20, buffered_bytes=max(128, 4 * given.max_body_mib) << 20,
               connections=given.max_connections, head_seconds=given.head_seconds,
               request_seconds=given.request_seconds, idle_seconds=given.idle_seconds),
        Timing(given.linger_seconds, given.drain_seconds))


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m runtime serve", allow_abbrev=False, description="Serve models: Open Inference Protocol V2 "
        "over REST and gRPC, V1 over REST, metrics for Prometheus.",
        epilog="variables: " + "; ".join(f"{name}: {meaning}" for name, meaning in VARIABLES.items()))
    add = parser.add_argument
    add("--model", action="append", default=[], metavar="NAME[:VERSION]=FOLDER", help="a model to serve (repeatable)")
    add("--trust", action="append", default=[], type=Path, metavar="FILE", help="a public key, PEM (repeatable)")
    add("--digest", metavar="DIGEST", help="the digest that the one model must have: sha256:...")
    add("--unsigned", action="store_true", help="serve a model without a signature too")
    add("--host", default="0.0.0.0", help="address to listen at (default: all)")
    add("--port", type=_port, metavar="PORT", help="where REST listens (default: 8080)")
    add("--grpc-port", type=_port, metavar="PORT", help="where gRPC listens (default: nowhere)")
    add("--device", default="auto", choices=("auto", "cpu", "cuda"), help="where models run (default: auto)")
    add("--threads", type=_positive, default=1, metavar="N", help="threads of one inference (default: 1)")
    add("--batch-rows", type=_positive, default=0, metavar="N", help="answer what waits together, N rows at most")
    add("--max-body-mib", type=_positive, default=16, metavar="N", help="largest body (default: 16)")
    add("--max-in-flight", type=_positive, default=64, metavar="N",
        help="requests that may wait for their answer; more get 503 (default: 64)")
    add("--max-connections", type=_positive, default=2048, metavar="N", help="open connections (default: 2048)")
    for flag, default, meaning in (
            ("head", 10.0, "for the head of a request"), ("request", 30.0, "for the whole request"),
            ("idle", 75.0, "between two requests"), ("linger", 5.0, "of answering on after SIGTERM"),
            ("drain", 30.0, "for what was begun when the server ends")):
        add(f"--{flag}-seconds", type=float, default=default, metavar="S", help=f"{meaning} (default: {default:g})")
    return parser


def _sources(given: Namespace, environment: Mapping[str, str]) -> tuple[Source, ...]:
    digest = given.digest or environment.get("MLPROJECT_MODEL_DIGEST") or None
    if digest is not None and not _DIGEST.fullmatch(digest):
        raise OptionError("the digest is no digest, expected sha256: and 64 hexadecimal digits")
    if not given.model:
        name, folder = (environment.get(f"MLPROJECT_MODEL_{each}", "") for each in ("NAME", "FOLDER"))
        if not folder:
            raise OptionError("nothing to serve: name a model with --model or MLPROJECT_MODEL_FOLDER")
        version = environment.get("MLPROJECT_MODEL_VERSION") or "1"
        return (_source(name or "model", version, folder, digest),)
    if digest is not None and len(given.model) > 1:
        raise OptionError("one digest cannot be that of several models")
    found = tuple(_parsed(text, digest) for text in given.model)
    if len({(source.name, source.version) for source in found}) != len(found):
        raise OptionError("two models have one name and one version")
    return found


def _parsed(text: str, digest: str | None) -> Source:
    name, separator, folder = text.partition("=")
    if not separator:
        raise OptionError(f"`{text}` is not NAME=FOLDER or NAME:VERSION=FOLDER")
    name, _, version = name.partition(":")
    return _source(name, version or "1", folder, digest)


def _source(name: str, version: str, folder: str, digest: str | None) -> Source:
    for word, meaning in ((name, "name"), (version, "version")):
        if not _NAME.fullmatch(word):
            raise OptionError(f"`{word}` is no {meaning} of a model: letters, digits, `.`, `_`, `-`")
    return Source(name, version, Path(folder), digest)


def _keys(files: Sequence[Path], text: str) -> tuple[str, ...]:
    found = trusted_keys.pem_texts(text)
    for file in files:
        try:
            found.append(file.read_text(encoding="ascii"))
        except (OSError, UnicodeDecodeError) as failure:
            raise OptionError(f"the public key {file} cannot be read") from failure
    return tuple(found)


def _objectives(environment: Mapping[str, str]) -> tuple[int, ...]:
    text = environment.get("MLPROJECT_LATENCY_MILLISECONDS", "")
    try:
        return tuple(sorted({int(word) for word in text.split(",") if word}))
    except ValueError as failure:
        raise OptionError("MLPROJECT_LATENCY_MILLISECONDS is not a list of whole numbers") from failure


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name)
    if not text:
        return default
    try:
        return _port(text)
    except ArgumentTypeError as failure:
        raise OptionError(f"{name} is no port") from failure


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise ArgumentTypeError("expected a port, 0 to 65535")
    return int(text)


def _positive(text: str) -> int:
    if not text.isdecimal() or len(text) > 9 or int(text) < 1:
        raise ArgumentTypeError("expected a whole number from 1 up")
    return int(text)
