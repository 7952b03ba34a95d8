"""Put load on a model server and report what it withstands.

    {"url": "http://churn-predictor", "model": "churn", "concurrency": [1, 8, 64], "seconds": 10,
     "requests": null, "rows": 1, "inputs": null, "maximum_error_rate": 0.0,
     "limits": [{"concurrency": 8, "percentile": 95, "maximum_milliseconds": 20}]}

`inputs` is what to send, in the shape of the protocol; without it values are made up from what the
server says of its model. A limit that is broken ends the pipeline with `stop`.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from runtime.load_testing.connection import Answer, Connection, Target, request_bytes, target_of
from runtime.load_testing.driving import PERCENTILES, Load, drive
from runtime.load_testing.payload import body, payload
from runtime.locations import locate
from runtime.outcome import Context, Outcome, Refused, Unavailable

_WARM_UP = 20


def run(context: Context) -> Outcome:
    """Write the report; `stop` when the server is slower or fails more often than the settings allow."""
    settings = context.settings
    unknown = {limit["percentile"] for limit in settings.get("limits", ())} - set(PERCENTILES)
    if unknown:
        raise Refused(f"percentile {min(unknown)} is not measured, expected one of {', '.join(map(str, PERCENTILES))}")
    rows = asyncio.run(_measure(target_of(locate(settings["url"])), settings))
    broken = [*_errors(rows, settings.get("maximum_error_rate", 0.0)), *_slow(rows, settings.get("limits", ()))]
    report = {"url": settings["url"], "model": settings["model"], "loop": "closed", "loads": rows, "broken": broken}
    context.outputs["report"].write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for message in broken:
        context.log.error("%s", message)
    numbers = {f"{name}.c{row['concurrency']}": row[name] for row in rows
               for name in row if name not in ("concurrency", "failures")}
    return Outcome(numbers, "stop" if broken else "pass")


async def _measure(target: Target, settings: Mapping[str, Any]) -> list[dict[str, Any]]:
    model = f"/v2/models/{quote(settings['model'], safe='')}"
    asked = settings.get("inputs")
    content = body(asked) if asked else payload(
        json.loads((await _ask(target, request_bytes(target, "GET", model))).body),
        rows=settings.get("rows", 1), seed=settings.get("seed", 0))
    request = request_bytes(target, "POST", f"{model}/infer", content)
    await _ask(target, request)
    await drive(target, request, Load(1, 60.0, _WARM_UP))
    loads = [Load(concurrency, settings["seconds"], settings.get("requests"))
             for concurrency in settings["concurrency"]]
    return [(await drive(target, request, load)).to_json() for load in loads]


async def _ask(target: Target, request: bytes) -> Answer:
    """Return one answer; a server that does not take the request at all is not measured."""
    connection = Connection(target)
    try:
        answer = await connection.ask(request)
    except (OSError, EOFError) as failure:
        raise Unavailable(f"no server answers at {target.host}:{target.port}: {type(failure).__name__}") from failure
    finally:
        await connection.close()
    if answer.status >= 500:
        raise Unavailable(f"the server answers {answer.status}")
    if answer.status != 200:
        raise Refused(f"the server answers {answer.status}: {answer.body[:200].decode(errors='replace')}")
    return answer


def _errors(rows: Sequence[Mapping[str, Any]], maximum: float) -> list[str]:
    return [f"with {row['concurrency']} clients {row['failed']} of {row['requests']} requests failed, "
            f"allowed is a share of {maximum}" for row in rows if row["error_rate"] > maximum]


def _slow(rows: Sequence[Mapping[str, Any]], limits: Sequence[Mapping[str, Any]]) -> list[str]:
    broken = []
    for limit in limits:
        name, maximum = f"p{limit['percentile']}_milliseconds", limit["maximum_milliseconds"]
        broken += [f"with {row['concurrency']} clients p{limit['percentile']} is {row[name]:.1f} ms, at most "
                   f"{maximum} is allowed" for row in rows
                   if row["concurrency"] == limit["concurrency"] and row.get(name, float("inf")) > maximum]
    return broken
