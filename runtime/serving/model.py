"""A model that is loaded: what it takes, what it gives, and one call that runs it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import orjson

from runtime.features import ColumnError, FittedTransform
from runtime.serving.catalogue import Refusal
from runtime.serving.datatypes import BYTES, OF_COLUMN, OF_ONNX, Array
from runtime.serving.tensors import Tensor

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

INPUT = "input"
LABEL = "label"
PROBABILITIES = "probabilities"
PREDICTION = "prediction"


class Port(NamedTuple):
    """An input or an output as the metadata says it; -1 is a dimension of any size."""

    name: str
    datatype: str
    shape: tuple[int, ...]


class Model:
    """One version of one model."""

    def __init__(self, name: str, version: str, session: "InferenceSession", *, digest: str, is_quick: bool = True,
                 transform: FittedTransform | None = None, classes: Sequence[Any] | None = None,
                 most_rows: int = 100_000) -> None:
        """Prepare what is the same for every request."""
        self.name, self.version, self.digest, self.is_quick = name, version, digest, is_quick
        self.session, self.transform = session, transform
        self.provider = session.get_providers()[0]
        self.most_rows = most_rows
        self.width = width_of(session)
        kinds = {output.name: output.type for output in session.get_outputs()}
        self._classes = class_array(classes) if kinds.get(LABEL) == "tensor(int64)" else None
        self.outputs = tuple(self._output(output) for output in session.get_outputs())
        self.output_names = [output.name for output in self.outputs]
        self.columns = dict(transform.columns) if transform else {}
        self.inputs = (Port(INPUT, "FP32", (-1, self.width or -1)),)
        self.key = (name, version)
        head = {"model_name": name, "model_version": version}
        self.json_prefix = orjson.dumps(head)[:-1] + b',"outputs":['
        self.json_prefix_with_id = orjson.dumps(head)[:-1] + b',"id":'
        self.output_heads = [orjson.dumps({"name": output.name, "datatype": output.datatype})[:-1] + b',"shape":['
                             for output in self.outputs]
        self.raw_inputs = tuple(Port(column, OF_COLUMN[kind], (-1,)) for column, kind in self.columns.items())

    def matrix(self, tensors: Sequence[Tensor]) -> Array:
        """Return the features of the rows that were sent: the tensor `input`, or raw columns."""
        if len(tensors) == 1 and tensors[0].name == INPUT:
            return self._features(tensors[0])
        return self._transformed(self._raw_columns(tensors))

    def run(self, matrix: Array) -> list[Array]:
        """Return the outputs for the rows of a matrix."""
        try:
            found: list[Array] = self.session.run(self.output_names, {INPUT: matrix})
        except Exception as failure:
            # ONNX Runtime has one error for everything; the model was tried before it was served, so it is the values.
            raise Refusal("inference") from failure
        if self._classes is not None and LABEL in self.output_names:
            place = self.output_names.index(LABEL)
            found[place] = self._classes[found[place]]
        return found

    def from_rows(self, columns: Mapping[str, Array]) -> Array:
        """Return the features of raw columns."""
        for name in self.columns:
            if name not in columns:
                raise Refusal("no-column", name=name)
        return self._transformed(columns)

    def check_rows(self, rows: int, place: str) -> None:
        """Refuse no rows and too many."""
        if rows == 0:
            raise Refusal("no-rows", place)
        if rows > self.most_rows:
            raise Refusal("many-rows", place, found=rows, wanted=self.most_rows)

    def _features(self, tensor: Tensor) -> Array:
        if tensor.datatype != "FP32":
            raise Refusal("datatype", "inputs[0].datatype")
        if len(tensor.shape) != 2:
            raise Refusal("rank", "inputs[0].shape", found=len(tensor.shape), wanted=2)
        rows, width = tensor.shape
        if width != self.width and (self.width or not width):
            raise Refusal("width", "inputs[0].shape", found=width, wanted=self.width)
        self.check_rows(rows, "inputs[0]")
        if tensor.values.dtype != np.float32:
            raise Refusal("value", "inputs[0].data")
        return tensor.values.reshape(tensor.shape)

    def _raw_columns(self, tensors: Sequence[Tensor]) -> dict[str, Array]:
        columns: dict[str, Array] = {}
        rows = tensors[0].shape[0]
        for index, tensor in enumerate(tensors):
            if tensor.name not in self.columns:
                raise Refusal("unknown-input", f"inputs[{index}].name")
            if tensor.name in columns:
                raise Refusal("twice", f"inputs[{index}].name")
            if len(tensor.shape) not in (1, 2) or tensor.shape[1:] not in ((), (1,)):
                raise Refusal("rank", f"inputs[{index}].shape", found=len(tensor.shape), wanted=1)
            if tensor.shape[0] != rows:
                raise Refusal("rows", f"inputs[{index}].shape", found=tensor.shape[0], wanted=rows)
            columns[tensor.name] = tensor.values
        for name in self.columns:
            if name not in columns:
                raise Refusal("no-column", name=name)
        self.check_rows(rows, "inputs[0]")
        return columns

    def _transformed(self, columns: Mapping[str, Array]) -> Array:
        if self.transform is None:
            raise Refusal("unknown-input", "inputs[0].name")
        try:
            return self.transform.apply(columns)
        except ColumnError as failure:
            raise Refusal("column", name=self._guilty(columns)) from failure

    def _guilty(self, columns: Mapping[str, Array]) -> str:
        """Return the name of the column whose values do not fit its type."""
        from runtime.features.columns import read_column

        for name, kind in self.columns.items():
            try:
                read_column(name, kind, columns[name])
            except ColumnError:
                return name
        return next(iter(self.columns))

    def _output(self, output: Any) -> Port:
        datatype = OF_ONNX[output.type]
        if output.name == LABEL and self._classes is not None:
            datatype = BYTES if self._classes.dtype == object else "INT64"
        return Port(output.name, datatype, tuple(size if isinstance(size, int) else -1 for size in output.shape))


def width_of(session: "InferenceSession") -> int:
    """Return how many features the model takes, 0 for any number; refuse a model of another form."""
    inputs = [(given.name, given.type, len(given.shape)) for given in session.get_inputs()]
    if inputs != [(INPUT, "tensor(float)", 2)]:
        raise ValueError("the model does not take one float32 tensor `input` of two dimensions")
    unknown = [output.name for output in session.get_outputs() if output.type not in OF_ONNX]
    if unknown:
        raise ValueError("the model gives something else than tensors of numbers or texts")
    width = session.get_inputs()[0].shape[1]
    return width if isinstance(width, int) and width > 0 else 0


def class_array(classes: Sequence[Any] | None) -> Array | None:
    """Return the labels by number; None where the numbers are the labels."""
    if not classes or list(classes) == list(range(len(classes))):
        return None
    if all(type(label) is int for label in classes):
        return np.array(classes, dtype=np.int64)
    array = np.empty(len(classes), dtype=object)
    array[:] = [str(label) for label in classes]
    return array
