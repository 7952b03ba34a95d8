"""Arguments that several commands share."""

from argparse import ArgumentParser, ArgumentTypeError


def add_selection(parser: ArgumentParser) -> None:
    """Declare the arguments that choose specs and environments."""
    parser.add_argument("paths", nargs="*", metavar="SPEC",
                        help="spec files or folders; every spec of the repository when none is given")
    parser.add_argument("--env", action="append", default=[], metavar="NAME", help="only this environment (repeatable)")
    parser.add_argument("--select", action="append", default=[], metavar="PROJECT",
                        help="only this project, by name (repeatable)")
    parser.add_argument("--changed-since", metavar="REV",
                        help="only specs whose inputs differ from where this revision and HEAD parted")
    parser.add_argument("--root", metavar="DIR", help="root of the repository; found from the specs when left out")
    add_date(parser)
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")
    parser.add_argument("--format", default="text", choices=("text", "json", "sarif", "junit", "github"),
                        help="format of the diagnostics (default: text)")


def add_date(parser: ArgumentParser) -> None:
    """Declare the day on which waivers are judged: the compiler has no clock."""
    parser.add_argument("--date", type=_day, metavar="DAY",
                        help="day on which waivers are judged, YYYY-MM-DD (default: that of the last commit)")


def _day(text: str) -> str:
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    is_day = (len(year), len(month), len(day)) == (4, 2, 2) and (year + month + day).isdecimal()
    if not is_day or not 1 <= int(month) <= 12 or not 1 <= int(day) <= 31:
        raise ArgumentTypeError("expected a day such as 2026-11-30")
    return text
