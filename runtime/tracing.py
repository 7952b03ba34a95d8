"""One OpenTelemetry span for each step, where an endpoint is configured; nothing is imported elsewhere.

The variables are OpenTelemetry's own (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME,
OTEL_RESOURCE_ATTRIBUTES): https://opentelemetry.io/docs/specs/otel/protocol/exporter/.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


@contextmanager
def span(name: str, **attributes: str) -> Iterator[None]:
    """Export a span over the block, flushed before it ends; a block that raises marks its span as failed."""
    if not any(os.environ.get(variable) for variable in _ENDPOINTS):
        yield
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider()
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    try:
        with provider.get_tracer("mlproject.runtime").start_as_current_span(name, attributes=attributes):
            yield
    finally:
        provider.shutdown()
