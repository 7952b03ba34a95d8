"""The messages of the Open Inference Protocol over gRPC, made when the program starts.

What the wire needs of a message are the names, numbers and types of its fields, which the protocol
fixes: https://github.com/kserve/open-inference-protocol (grpc_predict_v2.proto, package `inference`).
They stand here as a table, so there is no generated code to keep in step with a compiler's version.
"""

from typing import Any, Final

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

PACKAGE: Final = "inference"
SERVICE: Final = "inference.GRPCInferenceService"
METHODS: Final = ("ServerLive", "ServerReady", "ModelReady", "ServerMetadata", "ModelMetadata", "ModelInfer")

# Each field: name, number, type; `*` is repeated, a capital letter a message, `map` one to InferParameter.
_TENSOR: Final = (("name", 1, "string"), ("datatype", 2, "string"), ("shape", 3, "*int64"), ("parameters", 4, "map"),
                  ("contents", 5, "InferTensorContents"))
_METADATA: Final = (("name", 1, "string"), ("datatype", 2, "string"), ("shape", 3, "*int64"))
_NAMED: Final = (("name", 1, "string"), ("version", 2, "string"))
_MODEL_METADATA: Final = "ModelMetadataResponse.TensorMetadata"
MESSAGES: Final[dict[str, tuple[tuple[str, int, str], ...]]] = {
    "ServerLiveRequest": (),
    "ServerLiveResponse": (("live", 1, "bool"),),
    "ServerReadyRequest": (),
    "ServerReadyResponse": (("ready", 1, "bool"),),
    "ModelReadyRequest": _NAMED,
    "ModelReadyResponse": (("ready", 1, "bool"),),
    "ServerMetadataRequest": (),
    "ServerMetadataResponse": (("name", 1, "string"), ("version", 2, "string"), ("extensions", 3, "*string")),
    "ModelMetadataRequest": _NAMED,
    "ModelMetadataResponse": (("name", 1, "string"), ("versions", 2, "*string"), ("platform", 3, "string"),
                              ("inputs", 4, f"*{_MODEL_METADATA}"), ("outputs", 5, f"*{_MODEL_METADATA}")),
    _MODEL_METADATA: _METADATA,
    "InferParameter": (("bool_param", 1, "bool"), ("int64_param", 2, "int64"), ("string_param", 3, "string")),
    "InferTensorContents": (
        ("bool_contents", 1, "*bool"), ("int_contents", 2, "*int32"), ("int64_contents", 3, "*int64"),
        ("uint_contents", 4, "*uint32"), ("uint64_contents", 5, "*uint64"), ("fp32_contents", 6, "*float"),
        ("fp64_contents", 7, "*double"), ("bytes_contents", 8, "*bytes")),
    "ModelInferRequest": (
        ("model_name", 1, "string"), ("model_version", 2, "string"), ("id", 3, "string"), ("parameters", 4, "map"),
        ("inputs", 5, "*ModelInferRequest.InferInputTensor"),
        ("outputs", 6, "*ModelInferRequest.InferRequestedOutputTensor"), ("raw_input_contents", 7, "*bytes")),
    "ModelInferRequest.InferInputTensor": _TENSOR,
    "ModelInferRequest.InferRequestedOutputTensor": (("name", 1, "string"), ("parameters", 2, "map")),
    "ModelInferResponse": (
        ("model_name", 1, "string"), ("model_version", 2, "string"), ("id", 3, "string"), ("parameters", 4, "map"),
        ("outputs", 5, "*ModelInferResponse.InferOutputTensor"), ("raw_output_contents", 6, "*bytes")),
    "ModelInferResponse.InferOutputTensor": _TENSOR,
}
_ONE_OF: Final = {"InferParameter": "parameter_choice"}


def _file() -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto(name="mlproject/inference.proto", package=PACKAGE, syntax="proto3")
    made: dict[str, Any] = {}
    # An outer message comes before those inside it.
    for name in sorted(MESSAGES):
        outer, _, inner = name.rpartition(".")
        message = made[outer].nested_type.add(name=inner) if outer else file.message_type.add(name=name)
        made[name] = message
        if name in _ONE_OF:
            message.oneof_decl.add(name=_ONE_OF[name])
        for field, number, kind in MESSAGES[name]:
            _add_field(message, name, (field, number, kind))
    service = file.service.add(name=SERVICE.rpartition(".")[2])
    for method in METHODS:
        service.method.add(name=method, input_type=f".{PACKAGE}.{method}Request",
                           output_type=f".{PACKAGE}.{method}Response")
    return file


def _add_field(message: Any, owner: str, field: tuple[str, int, str]) -> None:
    name, number, kind = field
    types = descriptor_pb2.FieldDescriptorProto
    if kind == "map":
        entry = message.nested_type.add(name=f"{name.title()}Entry")
        entry.options.map_entry = True
        entry.field.add(name="key", number=1, type=types.TYPE_STRING, label=types.LABEL_OPTIONAL)
        entry.field.add(name="value", number=2, type=types.TYPE_MESSAGE, label=types.LABEL_OPTIONAL,
                        type_name=f".{PACKAGE}.InferParameter")
        kind = f"*{owner}.{entry.name}"
    word = kind.removeprefix("*")
    made = message.field.add(name=name, number=number,
                             label=types.LABEL_REPEATED if kind != word else types.LABEL_OPTIONAL)
    if word[0].isupper():
        made.type, made.type_name = types.TYPE_MESSAGE, f".{PACKAGE}.{word}"
    else:
        made.type = getattr(types, f"TYPE_{word.upper()}")
    if owner in _ONE_OF:
        made.oneof_index = 0


def message_types() -> dict[str, Any]:
    """Return the class of each message, by name."""
    # A pool of its own: another library of the process may have the same protocol in the common one.
    pool = descriptor_pool.DescriptorPool()
    pool.Add(_file())
    return {name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{PACKAGE}.{name}"))
            for name in MESSAGES}
