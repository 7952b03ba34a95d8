"""The Open Inference Protocol over gRPC, beside REST: the same models, limits and counters."""

import asyncio
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any, Final

import grpc
import grpc.aio

from runtime.serving.application import EXTENSIONS, NAME, VERSION, Application
from runtime.serving.catalogue import Refusal
from runtime.serving.datatypes import Array
from runtime.serving.grpc_messages import METHODS, SERVICE, message_types
from runtime.serving.grpc_tensors import fill, read_inputs, wanted_outputs
from runtime.serving.limits import Limits
from runtime.serving.model import Model

_CODES: Final = {400: grpc.StatusCode.INVALID_ARGUMENT, 404: grpc.StatusCode.NOT_FOUND,
                 413: grpc.StatusCode.RESOURCE_EXHAUSTED, 503: grpc.StatusCode.UNAVAILABLE}
_QUICK_ROWS: Final = 64
Handler = Callable[[Any, Any], Awaitable[Any]]


class GrpcServer:
    """Listens for gRPC."""

    def __init__(self, application: Application, limits: Limits) -> None:
        """Prepare; nothing listens yet."""
        self._application = application
        self._types = message_types()
        self._server = grpc.aio.server(options=[
            ("grpc.max_receive_message_length", limits.body_bytes), ("grpc.so_reuseport", 0),
            ("grpc.max_metadata_size", 16 << 10), ("grpc.max_concurrent_streams", 128),
            ("grpc.keepalive_time_ms", 60_000), ("grpc.http2.min_recv_ping_interval_without_data_ms", 10_000),
            ("grpc.max_connection_idle_ms", int(limits.idle_seconds * 1000))],
            maximum_concurrent_rpcs=application.most_in_flight)
        handlers = {method: self._handler(method) for method in METHODS}
        self._server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, handlers),))

    async def start(self, host: str, port: int) -> int:
        """Listen, and return the port."""
        found: int = self._server.add_insecure_port(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
        await self._server.start()
        return found

    async def stop(self, seconds: float) -> None:
        """End what was begun, and no longer than it may take."""
        await self._server.stop(seconds)

    def _handler(self, method: str) -> Any:
        answer: Handler = getattr(self, "_" + "".join(f"_{each.lower()}" if each.isupper() else each
                                                      for each in method)[1:])

        async def guarded(request: Any, context: Any) -> Any:
            try:
                return await answer(request, context)
            except Refusal as refusal:
                await context.abort(_CODES.get(refusal.fault.status, grpc.StatusCode.INTERNAL), refusal.text)

        return grpc.unary_unary_rpc_method_handler(
            guarded, request_deserializer=self._types[f"{method}Request"].FromString,
            response_serializer=lambda response: response.SerializeToString())

    async def _server_live(self, _request: Any, _context: Any) -> Any:
        return self._types["ServerLiveResponse"](live=True)

    async def _server_ready(self, _request: Any, _context: Any) -> Any:
        return self._types["ServerReadyResponse"](ready=self._application.is_ready)

    async def _model_ready(self, request: Any, _context: Any) -> Any:
        self._application.repository.find(request.name, request.version)
        return self._types["ModelReadyResponse"](ready=self._application.is_ready)

    async def _server_metadata(self, _request: Any, _context: Any) -> Any:
        return self._types["ServerMetadataResponse"](name=NAME, version=VERSION, extensions=EXTENSIONS)

    async def _model_metadata(self, request: Any, _context: Any) -> Any:
        model = self._application.repository.find(request.name, request.version)
        response = self._types["ModelMetadataResponse"](
            name=model.name, versions=list(self._application.repository.models[model.name]), platform="onnx_onnxv1")
        for ports, field in ((model.inputs, response.inputs), (model.outputs, response.outputs)):
            for port in ports:
                field.add(name=port.name, datatype=port.datatype, shape=port.shape)
        return response

    async def _model_infer(self, request: Any, _context: Any) -> Any:
        begin, metrics = perf_counter(), self._application.metrics
        metrics.in_flight += 1
        status = 500
        try:
            model = self._application.repository.find(request.model_name, request.model_version)
            wanted = wanted_outputs(model, request)
            arrays = await self._run(model, request)
            response = self._types["ModelInferResponse"](model_name=model.name, model_version=model.version,
                                                         id=request.id)
            fill(response, model, wanted, arrays, is_raw=bool(request.raw_input_contents))
            metrics.of_model(*model.key).count(dict(zip(model.output_names, arrays, strict=True)))
            status = 200
            return response
        except Refusal as refusal:
            status = refusal.fault.status
            raise
        finally:
            metrics.in_flight -= 1
            metrics.answered(status, perf_counter() - begin)

    async def _run(self, model: Model, request: Any) -> list[Array]:
        def work() -> list[Array]:
            return model.run(model.matrix(read_inputs(request)))

        if model.is_quick and len(request.inputs) and request.ByteSize() < _QUICK_ROWS << 9:
            return work()
        return await asyncio.get_running_loop().run_in_executor(None, work)
