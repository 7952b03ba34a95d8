"""What goes back to a client: a status, a body, and what its headers say of it."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import NamedTuple

import orjson

from runtime.serving.catalogue import Refusal
from runtime.serving.datatypes import Array

JSON = b"application/json"


class Answer(NamedTuple):
    """One answer; `outputs` are predictions that are still to be counted, by name, for a model of `model`."""

    status: int
    body: bytes
    content_type: bytes = JSON
    headers: bytes = b""
    model: tuple[str, str] | None = None
    outputs: Mapping[str, Array] | None = None


class Asked(NamedTuple):
    """A request that was read: the rows to run, and what makes the answer of their outputs."""

    matrix: Array
    finish: Callable[[list[Array]], Answer]


def json_answer(body: object, status: int = 200) -> Answer:
    """Return an answer with a JSON body."""
    return Answer(status, orjson.dumps(body))


def refusal_answer(refusal: Refusal) -> Answer:
    """Return the answer that says why a request is refused."""
    status = refusal.fault.status
    headers = b"retry-after: 1\r\n" if status == 503 else b""
    return Answer(status, orjson.dumps({"error": refusal.text}), headers=headers)


_HEADS = {status.value: b"HTTP/1.1 %d %s\r\ncontent-type: " % (status.value, status.phrase.encode())
          for status in HTTPStatus}
_LENGTH = b"\r\ncontent-length: "
_END = b"\r\n\r\n"
_JSON_HEAD = _HEADS[200] + JSON + _LENGTH


def wire(answer: Answer, *, is_last: bool, has_body: bool) -> bytes:
    """Return the answer as it is sent; `is_last` says that the connection ends with it."""
    body = answer.body if has_body else b""
    length = str(len(answer.body)).encode()
    if answer.status == 200 and not is_last and answer.content_type is JSON and not answer.headers:
        return b"".join((_JSON_HEAD, length, _END, body))
    close = b"\r\nconnection: close" if is_last else b""
    extra = b"\r\n" + answer.headers[:-2] if answer.headers else b""
    return b"".join((_HEADS[answer.status], answer.content_type, _LENGTH, length, extra, close, _END, body))
