"""Print the JSON Schema of mlproject.yaml, with every installed plug-in's parameters, for your editor."""

from argparse import ArgumentParser, Namespace

from compiler.commands.console import OK, Console


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("document", nargs="?", default="project", choices=("project", "lock", "organisation"),
                        help="which document's schema (default: project)")


def run(options: Namespace, console: Console) -> int:
    """Print the schema."""
    import json

    from compiler.export import document_schema, json_schema
    from compiler.registry import discover

    registry = discover()
    project = options.document == "project"
    schema = json_schema(registry.find, registry.names) if project else document_schema(options.document)
    console.out(json.dumps(schema, indent=1, ensure_ascii=False) + "\n")
    return OK
