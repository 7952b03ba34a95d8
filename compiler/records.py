"""`NamedTuple`, made in a tenth of the time that Python's own takes.

Python writes the source of each class's `__new__` and compiles it, and a cold compile meets a hundred
classes.  Here one `__new__` serves them all.  For the type checker it is `typing.NamedTuple`; what the
compiler uses of that is the same here, and a test holds the two against each other.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414, TID251
else:
    # Private, and in `collections` because named tuples are made of it there: a getter without a Python call.
    from collections import _tuplegetter

    class _Record(type):
        """The type of records: what a class annotates becomes the places of a tuple, in that order."""

        def __new__(cls, name: str, bases: tuple[type, ...], namespace: Mapping[str, Any]) -> type:
            record = super().__new__(cls, name, bases, {"__slots__": (), **namespace})
            record._fields = record.__match_args__ = tuple(record.__annotations__)
            record._field_defaults = {field: namespace[field] for field in record._fields if field in namespace}
            record._tail = tuple(record._field_defaults.values())
            for place, field in enumerate(record._fields):
                setattr(record, field, _tuplegetter(place, None))
            return record

    class NamedTuple(tuple, metaclass=_Record):
        """A tuple whose places have names: fields are annotated, and may have defaults."""

        def __new__(cls, *values: Any, **named: Any) -> Any:
            lacking = len(cls._fields) - len(values)
            if named or not 0 <= lacking <= len(cls._tail):
                values = cls._completed(values, named)
            elif lacking:
                values += cls._tail[-lacking:]
            return tuple.__new__(cls, values)

        @classmethod
        def _completed(cls, values: tuple[Any, ...], named: Mapping[str, Any]) -> list[Any]:
            later = cls._fields[len(values):]
            given = {**cls._field_defaults, **named}
            missing = [field for field in later if field not in given]
            if missing or len(values) > len(cls._fields) or not named.keys() <= {*later}:
                raise TypeError(f"{cls.__name__} has the fields {', '.join(cls._fields)}; it was called with "
                                f"{len(values)} values and {', '.join(named) or 'no names'}")
            return [*values, *(given[field] for field in later)]

        def _replace(self, **named: Any) -> Any:
            """Return the same with other values in some places."""
            return type(self)(**{**self._asdict(), **named})

        def _asdict(self) -> dict[str, Any]:
            """Return the values by field."""
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            values = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
            return f"{type(self).__name__}({values})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            """Return what a copy is made of."""
            return tuple(self)
