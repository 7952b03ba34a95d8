"""Print the bill of materials of a project in an environment: CycloneDX 1.6, as JSON.

  mlproject sbom churn --env production > churn.cdx.json
"""

from argparse import ArgumentParser, Namespace

from compiler.commands.console import OK, Console


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("project", metavar="PROJECT", help="name of the project")
    parser.add_argument("--env", required=True, metavar="ENV", help="environment of the project")
    parser.add_argument("--root", metavar="DIR", help="root of the repository (default: found from here)")


def run(options: Namespace, console: Console) -> int:
    """Print the bill, or say why there is none."""
    import json

    from compiler.commands.packing import open_target

    opened, code = open_target(options, console)
    if opened is None:
        return code
    from compiler.provenance.bill import bill_of

    project, target = opened
    one = next(one for one in project.report.rendered if one.project.environment == target.environment)
    bill = bill_of(one, project.report.folders[f"{target.environment}/{target.name}"])
    console.out(json.dumps(bill, indent=1, ensure_ascii=False) + "\n")
    return OK
