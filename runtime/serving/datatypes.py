"""Datatypes of the protocol, and what each is in JSON, in binary and in ONNX Runtime."""

from typing import Any, Final

import numpy as np

Array = np.ndarray[Any, Any]

NUMPY: Final[dict[str, np.dtype[Any]]] = {
    "BOOL": np.dtype(np.bool_),
    "INT8": np.dtype("<i1"), "INT16": np.dtype("<i2"), "INT32": np.dtype("<i4"), "INT64": np.dtype("<i8"),
    "UINT8": np.dtype("<u1"), "UINT16": np.dtype("<u2"), "UINT32": np.dtype("<u4"), "UINT64": np.dtype("<u8"),
    "FP16": np.dtype("<f2"), "FP32": np.dtype("<f4"), "FP64": np.dtype("<f8"),
}
"""Every datatype of fixed size; BYTES is the one without."""
BYTES: Final = "BYTES"
OF_ONNX: Final = {"tensor(float)": "FP32", "tensor(double)": "FP64", "tensor(int64)": "INT64",
                  "tensor(int32)": "INT32", "tensor(bool)": "BOOL", "tensor(string)": BYTES}
OF_COLUMN: Final = {
    "int8": "INT8", "int16": "INT16", "int32": "INT32", "int64": "INT64", "float32": "FP32", "float64": "FP64",
    "bool": "BOOL", "string": BYTES, "category": BYTES, "date": BYTES, "timestamp": BYTES}
"""Datatype under which a raw column is announced; another one that holds its values is taken as well."""
TYPES: Final[dict[str, frozenset[type]]] = {
    **{name: frozenset((int,)) for name in NUMPY if "INT" in name},
    **{name: frozenset((int, float)) for name in ("FP16", "FP32", "FP64")},
    "BOOL": frozenset((bool,)), BYTES: frozenset((str,))}
"""Types of the JSON values of a datatype."""
