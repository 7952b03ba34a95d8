"""Read every source: at the revision that training uses, or what production reads now."""

import json

from runtime.data.sources import read_production, read_revision
from runtime.data.tables import write_table
from runtime.outcome import Context, Outcome

PRODUCTION = "production"


def run(context: Context) -> Outcome:
    """Write one table for each source, and where each came from."""
    origins = []
    for source in context.settings["sources"]:
        context.log.info("reading source %s", source["name"])
        is_production = context.settings.get("read") == PRODUCTION
        table = read_production(source, context.log) if is_production else read_revision(source)
        write_table(context.outputs["data"], source["name"], table.rows, table.origin.modified)
        origins.append(table.origin)
        context.log.info("read source %s", source["name"], extra={"rows": table.origin.rows,
                         "revision": table.origin.revision, "digest": table.origin.digest})
    lineage = {"sources": [origin.to_json() for origin in origins]}
    context.outputs["lineage"].write_text(json.dumps(lineage, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return Outcome({f"rows.{origin.name}": origin.rows for origin in origins}
                   | {"fallbacks": sum(origin.fallback_used for origin in origins)})
