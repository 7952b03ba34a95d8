"""The protocol over gRPC: the same answers, and the same refusals, as over REST."""

import grpc
import numpy as np
import pytest

from runtime.serving.grpc_messages import METHODS, SERVICE, message_types

TYPES = message_types()
ROW = [1.0, 2.0, 0.5]


@pytest.fixture(scope="module")
def call(server):
    channel = grpc.insecure_channel(f"127.0.0.1:{server.grpc_port}")
    calls = {
        method: channel.unary_unary(
            f"/{SERVICE}/{method}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=TYPES[f"{method}Response"].FromString,
        )
        for method in METHODS
    }

    def ask(method, request=None):
        return calls[method](request if request is not None else TYPES[f"{method}Request"](), timeout=20)

    yield ask
    channel.close()


def request(name="sums", **tensor):
    made = TYPES["ModelInferRequest"](model_name=name, id="seven")
    given = {"name": "input", "datatype": "FP32", "shape": [1, 3]} | tensor
    contents = given.pop("contents", {"fp32_contents": ROW})
    made.inputs.add(**given).contents.MergeFrom(TYPES["InferTensorContents"](**contents))
    return made


def raw(content, **tensor):
    made = request(**tensor)
    made.inputs[0].ClearField("contents")
    made.raw_input_contents.append(content)
    return made


def test_health_and_metadata(call):
    assert call("ServerLive").live
    assert call("ServerReady").ready
    assert call("ModelReady", TYPES["ModelReadyRequest"](name="plain", version="2")).ready
    assert call("ServerMetadata").name == "mlproject"
    found = call("ModelMetadata", TYPES["ModelMetadataRequest"](name="plain"))
    assert list(found.versions) == ["2", "10"]
    assert [(each.name, each.datatype, list(each.shape)) for each in found.inputs] == [("input", "FP32", [-1, 3])]


def test_contents_are_answered_with_contents_and_raw_bytes_with_raw_bytes(call, server):
    typed = call("ModelInfer", request())
    assert (typed.id, list(typed.outputs[0].contents.fp32_contents)) == ("seven", [3.5])
    answer = call("ModelInfer", raw(np.array(ROW, "<f4").tobytes()))
    assert np.frombuffer(answer.raw_output_contents[0], "<f4").tolist() == [3.5]
    body = {"inputs": [{"name": "input", "datatype": "FP32", "shape": [1, 3], "data": ROW}]}
    assert server.post("/v2/models/sums/infer", body).json["outputs"][0]["data"] == [3.5]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        pytest.param(request("other"), "NOT_FOUND", id="no such model"),
        pytest.param(TYPES["ModelInferRequest"](model_name="sums"), "INVALID_ARGUMENT", id="no inputs"),
        pytest.param(request(shape=[-1, 3]), "INVALID_ARGUMENT", id="a negative shape"),
        pytest.param(request(shape=[1, 4]), "INVALID_ARGUMENT", id="another shape"),
        pytest.param(request(shape=[2**62, 4]), "INVALID_ARGUMENT", id="a shape that overflows"),
        pytest.param(request(datatype="FP64"), "INVALID_ARGUMENT", id="another datatype"),
        pytest.param(request(datatype="FP99"), "INVALID_ARGUMENT", id="no datatype"),
        pytest.param(request(datatype="FP16"), "INVALID_ARGUMENT", id="a datatype without contents"),
        pytest.param(request(contents={}), "INVALID_ARGUMENT", id="no contents"),
        pytest.param(
            request(contents={"fp32_contents": ROW, "int_contents": [1]}), "INVALID_ARGUMENT", id="two contents"
        ),
        pytest.param(raw(b"\0" * 11), "INVALID_ARGUMENT", id="a byte less"),
        pytest.param(raw(b"\0" * 12, datatype="BYTES"), "INVALID_ARGUMENT", id="other bytes"),
        pytest.param(raw(b"\0" * (2 << 20)), "RESOURCE_EXHAUSTED", id="too large"),
    ],
)
def test_refusals(call, message, code):
    with pytest.raises(grpc.RpcError) as refused:
        call("ModelInfer", message)
    assert refused.value.code().name == code
    assert list(call("ModelInfer", request()).outputs[0].contents.fp32_contents) == [3.5]


def test_what_is_no_message_is_refused(call, server):
    with grpc.insecure_channel(f"127.0.0.1:{server.grpc_port}") as channel:
        with pytest.raises(grpc.RpcError):
            channel.unary_unary(f"/{SERVICE}/ModelInfer")(b"\xff\xff\xff", timeout=20)
        with pytest.raises(grpc.RpcError) as unknown:
            channel.unary_unary(f"/{SERVICE}/RepositoryModelLoad")(b"", timeout=20)
    assert unknown.value.code().name == "UNIMPLEMENTED"
    assert call("ServerLive").live
