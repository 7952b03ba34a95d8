"""Arguments that several commands share."""

from argparse import ArgumentParser


def add_selection(parser: ArgumentParser) -> None:
    """Declare the arguments that choose specs and environments."""
    parser.add_argument("paths", nargs="*", metavar="SPEC",
                        help="spec files or folders; every spec of the repository when none is given")
    parser.add_argument("--env", action="append", default=[], metavar="NAME", help="only this environment (repeatable)")
    parser.add_argument("--select", action="append", default=[], metavar="PROJECT",
                        help="only this project, by name (repeatable)")
    parser.add_argument("--root", metavar="DIR", help="root of the repository; found from the specs when left out")
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")
    parser.add_argument("--format", default="text", choices=("text", "json", "sarif", "junit", "github"),
                        help="format of the diagnostics (default: text)")
