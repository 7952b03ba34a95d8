"""A business rule compares columns of the contract, or a column and a number.

The rule is read, never run as a program: `COLUMN OPERATOR COLUMN-OR-NUMBER`, with one of
`<`, `<=`, `>`, `>=`, `==`, `!=`.

    {name: settled, assert: settled_at after booked_at}    # wrong
    {name: settled, assert: settled_at >= booked_at}       # right
"""

import re
from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.diagnostics.suggest import suggest
from compiler.spec.resolved import ResolvedProject

CODE = "references/rule-columns"
_RULE = re.compile(r"([A-Za-z_][A-Za-z0-9_.-]*)\s*(<=|>=|==|!=|<|>)\s*([A-Za-z_][A-Za-z0-9_.-]*|-?[0-9]+(?:\.[0-9]+)?)")


def rule_columns(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield rules that cannot be read, and columns that they invent."""
    for place, source in enumerate(project.spec["data"]["sources"]):
        contract = source.get("contract", {})
        for index, rule in enumerate(contract.get("rules", ())):
            at = ("data", "sources", place, "contract", "rules", index, "assert")
            match = _RULE.fullmatch(rule["assert"].strip())
            if match is None:
                yield error(CODE, f"rule `{rule['name']}` is not a comparison", at=at,
                            help="write it as COLUMN OPERATOR COLUMN-OR-NUMBER, such as settled_at >= booked_at")
                continue
            for column in (match[1], match[3]):
                if not _is_known(column, tuple(contract["columns"])):
                    meant = suggest(column, tuple(contract["columns"]))
                    yield error(CODE, f"rule `{rule['name']}` compares `{column}`, which is no column", at=at,
                                help=f"did you mean `{meant}`?" if meant else "add it to the contract")


def _is_known(operand: str, columns: tuple[str, ...]) -> bool:
    return operand in columns or operand[0] in "-0123456789"


CHECK = Check(CODE, rule_columns)
