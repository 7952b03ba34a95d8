"""Pin a model for an environment, unless the chain, the gates, the soak time, the signature or a freeze says no.

  mlproject promote churn --to dev --from-version version.json     what a run registered
  mlproject promote churn --to dev --from-registry churn@candidate what the registry has
  mlproject promote churn --to staging                             what serves where staging takes its models from
  mlproject promote churn --to production --pull-request           as a branch and a request, for others to approve

Edits specs/.../mlproject.lock and what of generated/ follows from it: one commit, so that one revert brings back
model, manifests and monitors together.
"""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from compiler.commands.console import USAGE, Console
from compiler.commands.promoting import add_delivery, deliver

if TYPE_CHECKING:
    from compiler.diagnostics.diagnostic import Diagnostic
    from compiler.promotion.changing import Edit
    from compiler.promotion.project import Project

_SAID = ("version", "uri", "digest", "run", "revision")


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("project", metavar="PROJECT", help="name of the project")
    parser.add_argument("--to", required=True, metavar="ENV", help="environment that shall serve the model")
    parser.add_argument("--from-version", metavar="FILE", help="JSON that the step `register` wrote")
    parser.add_argument("--from-registry", metavar="MODEL@ALIAS", help="registered model, or MODEL/VERSION")
    parser.add_argument("--registry", metavar="URI", help="where it is registered (default: that of the spec)")
    parser.add_argument("--version", metavar="VERSION", help="version in the registry")
    parser.add_argument("--uri", metavar="URI", help="folder of the model's files")
    parser.add_argument("--digest", metavar="DIGEST", help="digest of the model's manifest: sha256:...")
    parser.add_argument("--run", metavar="RUN", help="run that made it")
    parser.add_argument("--revision", metavar="COMMIT", help="commit of the spec that made it")
    parser.add_argument("--data", action="append", default=[], metavar="SOURCE=REVISION",
                        help="revision of a data source that it learned from (repeatable)")
    parser.add_argument("--verdict", metavar="FILE", help="JSON that the step `gates` wrote of it")
    parser.add_argument("--keys", action="append", default=[], metavar="PEM",
                        help="public key that is trusted, or a folder of them (default: keys/ of the repository)")
    add_delivery(parser)


def run(options: Namespace, console: Console) -> int:
    """Promote, or say why not."""
    said, problem = _said(options)
    if problem:
        console.say(f"mlproject: {problem}\n  help: mlproject promote --help\n")
        return USAGE

    def make(project: "Project") -> "tuple[Edit | None, tuple[Diagnostic, ...]]":
        from compiler.promotion.project import no_environment
        from compiler.promotion.promoting import Surroundings, Wanted, promotion
        from compiler.promotion.signature import trusted_keys

        target = project.within(options.to)
        if target is None:
            return None, (no_environment(project, options.to),)
        keys = trusted_keys(project.root, options.keys)
        keys = trusted_keys(project.root, options.keys)
        wanted = Wanted(options.to, options.from_version, options.from_registry, options.registry, said, keys,
                        options.commit)
        return promotion(project, target, wanted, Surroundings(console.now, console.variables))

    return deliver(options, console, f"promote/{options.project}/{options.to}", make)


def _said(options: Namespace) -> tuple[dict[str, Any], str]:
    said: dict[str, Any] = {key: getattr(options, key) for key in _SAID if getattr(options, key)}
    data = [pair.partition("=") for pair in options.data]
    if any(not (name and equals and revision) for name, equals, revision in data):
        return {}, "--data is SOURCE=REVISION"
    said |= {"data": {name: revision for name, _, revision in data}} if data else {}
    whole = [name for name in ("from_version", "from_registry") if getattr(options, name)]
    if whole and (said or options.verdict or len(whole) > 1):
        return {}, f"--{whole[0].replace('_', '-')} says it all: give nothing of the model beside it"
    if said and set(said) != {"version"} and not {"version", "uri", "digest"} <= set(said):
        return {}, "a model is named by --version, --uri and --digest together"
    if options.verdict:
        from compiler.edit.verdicts import read_verdict

        verdict, problem = read_verdict(options.verdict)
        return said | {"gates": verdict}, problem
    return said, ""
