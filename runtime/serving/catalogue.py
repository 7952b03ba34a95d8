"""Everything that a client may be told when its request is refused.

A fixed catalogue: the text never repeats what a client sent, and nothing of the inside of the server.
What varies are places (`inputs[0].data`), whole numbers, and names that the model itself has.
"""

from typing import Final, NamedTuple


class Fault(NamedTuple):
    """One kind of refusal: its HTTP status and its text."""

    status: int
    text: str


CATALOGUE: Final = {
    "http": Fault(400, "the request is not HTTP/1.1"),
    "json": Fault(400, "the body is not JSON in UTF-8, or is nested too deeply"),
    "object": Fault(400, "{place} is not an object"),
    "list": Fault(400, "{place} is not a list"),
    "text": Fault(400, "{place} is not a string"),
    "missing": Fault(400, "{place} is missing"),
    "empty": Fault(400, "{place} is empty"),
    "datatype": Fault(400, "{place} is no datatype that is taken here: see the metadata of the model"),
    "shape": Fault(400, "{place} is not a list of whole numbers from 0 up"),
    "rank": Fault(400, "{place} has {found} dimensions, expected {wanted}"),
    "width": Fault(400, "{place} has {found} features, the model takes {wanted}"),
    "rows": Fault(400, "{place} has {found} rows, expected {wanted}"),
    "no-rows": Fault(400, "{place} has no rows"),
    "many-rows": Fault(413, "{place} has {found} rows, at most {wanted} are taken"),
    "count": Fault(400, "{place} holds {found} values, its shape says {wanted}"),
    "nesting": Fault(400, "{place} is not nested as its shape says"),
    "value": Fault(400, "{place} holds a value that is not of its datatype"),
    "range": Fault(400, "{place} holds a number that its datatype cannot hold"),
    "unknown-input": Fault(400, "{place} is no input of the model: see its metadata"),
    "twice": Fault(400, "{place} names an input or an output for the second time"),
    "no-column": Fault(400, "column `{name}` of the model is missing"),
    "column": Fault(400, "column `{name}` of the model holds what its type does not"),
    "unknown-output": Fault(400, "{place} is no output of the model: see its metadata"),
    "binary-size": Fault(400, "{place} is not the number of bytes that its shape and datatype need"),
    "binary-rest": Fault(400, "the body has {found} bytes that belong to no input"),
    "binary-header": Fault(400, "inference-header-content-length is not the length of the JSON in the body"),
    "binary-and-data": Fault(400, "{place} has both data and binary_data_size"),
    "parameter": Fault(400, "{place} is not of the type that the protocol says"),
    "length": Fault(400, "content-length and transfer-encoding do not say how long the body is"),
    "encoding": Fault(415, "content-encoding and transfer-encoding other than identity and chunked are not taken"),
    "path": Fault(404, "there is nothing here: see /v2"),
    "model": Fault(404, "there is no model of this name"),
    "version": Fault(404, "the model has no such version"),
    "method": Fault(405, "this path does not take this method"),
    "slow": Fault(408, "the request did not arrive in time"),
    "large": Fault(413, "the body is larger than {wanted} bytes"),
    "long-path": Fault(414, "the path is too long"),
    "headers": Fault(431, "the headers are too large"),
    "expectation": Fault(417, "an expectation other than 100-continue is not met"),
    "inference": Fault(400, "the model refuses these values"),
    "busy": Fault(503, "too many requests wait: try again"),
    "stopping": Fault(503, "the server is stopping: try again elsewhere"),
    "internal": Fault(500, "an error of the server, which its log tells"),
}


class Refusal(Exception):  # noqa: N818 - an answer, not an error of ours
    """A request is refused; `fault` is its entry in the catalogue, `text` what the client reads."""

    def __init__(self, code: str, place: str = "", *, name: str = "", found: int = 0, wanted: int = 0) -> None:
        """Take the entry of the catalogue and what varies in its text."""
        self.code = code
        self.fault = CATALOGUE[code]
        self.text = self.fault.text.format(place=place, name=name, found=found, wanted=wanted)
        super().__init__(self.text)
