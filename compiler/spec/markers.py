"""Marks on the types of the spec, which pydantic reads when it builds a validator or a JSON Schema."""

from typing import Any

from compiler.records import NamedTuple

_MOST = 10_000
"""No quantity that is written as a number is as large: its thousandths stay whole numbers that are exact."""


class Text(NamedTuple):
    """A string of at most `maximum` characters that matches `pattern`; `expected` completes `expected ...`.

    The length stands beside the pattern: a counted repetition inside it costs the regex engine dearly.
    """

    pattern: str
    expected: str
    examples: tuple[str, ...] = ()
    maximum: int = 300

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        return _expecting(self.expected, {"type": "str", "strict": True, "pattern": f"^(?:{self.pattern})$",
                                          "max_length": self.maximum})

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "string", "pattern": f"^(?:{self.pattern})$", "maxLength": self.maximum}
        return schema | ({"examples": list(self.examples)} if self.examples else {})


class Quantity(NamedTuple):
    """A Kubernetes quantity: a number, or a string with a unit that matches `pattern`."""

    pattern: str
    expected: str
    examples: tuple[str | int, ...] = ()

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        text = {"type": "str", "strict": True, "pattern": f"^(?:{self.pattern})$"}
        bounds = {"strict": True, "gt": 0, "lt": _MOST}
        whole, number = {"type": "int"} | bounds, {"type": "float", "allow_inf_nan": False} | bounds
        return _expecting(self.expected, {"type": "union", "choices": [text, whole, number]})

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "pattern": f"^(?:{self.pattern})$"},
                          {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": _MOST}],
                "examples": list(self.examples)}


class Number(NamedTuple):
    """A finite number from `minimum` to `maximum`, both included; integers stay integers."""

    minimum: float | None = None
    maximum: float | None = None

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        bounds = {key: value for key, value in (("ge", self.minimum), ("le", self.maximum)) if value is not None}
        choices = [{"type": "int", "strict": True} | bounds,
                   {"type": "float", "strict": True, "allow_inf_nan": False} | bounds]
        return _expecting(self._expected(), {"type": "union", "choices": choices})

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        bounds = {"minimum": self.minimum, "maximum": self.maximum}
        return {"type": "number"} | {key: value for key, value in bounds.items() if value is not None}

    def _expected(self) -> str:
        match self.minimum, self.maximum:
            case None, None:
                return "a number"
            case minimum, None:
                return f"a number of at least {minimum:g}"
            case None, maximum:
                return f"a number of at most {maximum:g}"
            case minimum, maximum:
                return f"a number from {minimum:g} to {maximum:g}"


class Count(NamedTuple):
    """A whole number from `minimum` to `maximum`, both included."""

    minimum: int = 0
    maximum: int | None = None

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        schema = {"type": "int", "strict": True, "ge": self.minimum}
        upper = "" if self.maximum is None else f" and at most {self.maximum}"
        if self.maximum is not None:
            schema["le"] = self.maximum
        return _expecting(f"a whole number of at least {self.minimum}{upper}", schema)

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        bounds: dict[str, Any] = {"type": "integer", "minimum": self.minimum}
        return bounds if self.maximum is None else bounds | {"maximum": self.maximum}


class Scalar(NamedTuple):
    """A string, a finite number or a boolean, kept as it is."""

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        choices = [{"type": "bool", "strict": True}, {"type": "int", "strict": True},
                   {"type": "float", "strict": True, "allow_inf_nan": False}, {"type": "str", "strict": True}]
        return _expecting("a string, a number or a boolean", {"type": "union", "choices": choices})

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"]}


class Envelope(NamedTuple):
    """A mapping whose member `key` names a plug-in of `room`; the plug-in types the rest."""

    room: str
    key: str

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        return {"type": "dict", "keys_schema": {"type": "str", "strict": True}, "values_schema": {"type": "any"}}

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        return {"type": "object", "x-room": self.room}


def _expecting(expected: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "custom-error", "schema": schema, "custom_error_type": "expected",
            "custom_error_message": f"expected {expected}"}
