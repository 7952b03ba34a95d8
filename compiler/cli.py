"""The command line: arguments, exit codes, printing."""

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from compiler import __version__
from compiler.commands import COMMANDS
from compiler.commands.console import BUG, ENVIRONMENT, OK, USAGE

if TYPE_CHECKING:
    from argparse import HelpFormatter

_WIDTH = 110
_USAGE = "usage: mlproject COMMAND [OPTIONS]\n\nThe GitOps compiler for machine learning.\n\n"
_WORKFLOWS = """
Common workflows:
  mlproject init --repository .          lay out a new GitOps repository
  mlproject init churn                   create specs/churn/mlproject.yaml
  mlproject check                        check every spec of the repository
  mlproject compile                      write generated/
  mlproject compile --check              exit 3 when generated/ is out of date (CI)
  mlproject explain serving/canary-weights
  mlproject explain specs/churn production deployment.scaling.minimum

Exit codes: 0 clean, 1 the spec or a policy says no, 2 wrong use or unsafe input,
            3 out of date, 4 the environment failed, 70 a bug of ours.
"""


class Terminal:
    """Standard output and standard error; colours and progress only where a person looks."""

    @property
    def variables(self) -> Mapping[str, str]:
        """Return the environment variables."""
        return os.environ

    @property
    def now(self) -> int:
        """Return the time in seconds since 1970. Nothing that is compiled depends on it."""
        import time

        return int(time.time())

    @property
    def has_colour(self) -> bool:
        """Tell whether messages may be coloured."""
        return sys.stderr.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"

    @property
    def is_terminal(self) -> bool:
        """Tell whether a person watches: a terminal, and not that of a CI job."""
        return sys.stderr.isatty() and "CI" not in os.environ and os.environ.get("TERM") != "dumb"

    def standard_input(self) -> bytes:
        """Read standard input to its end."""
        return sys.stdin.buffer.read()

    def out(self, text: str) -> None:
        """Write what was asked for to standard output."""
        _write(sys.stdout, text)

    def say(self, text: str) -> None:
        """Write a message for a person to standard error."""
        _write(sys.stderr, text)

    def progress(self, text: str) -> None:
        """Show what is being done on a terminal, and nothing in a log."""
        if sys.stderr.isatty() and "CI" not in os.environ:
            _write(sys.stderr, f"\r\x1b[2K{text}" if text else "\r\x1b[2K")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    # One command makes little garbage in cycles; looking for it would be a tenth of a compile.
    gc.set_threshold(200_000)
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _dispatch(arguments, Terminal())
    except BrokenPipeError:
        # The reader went away (`mlproject ... | head`): not our failure, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        _write(sys.stderr, "\nmlproject: interrupted; generated/ is as it was\n")
        return 130
    finally:
        # The process ends here: what is still alive need not be looked through once more.
        gc.freeze()


def _dispatch(arguments: list[str], terminal: Terminal) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        terminal.out(_help())
        return OK if arguments else USAGE
    if arguments[0] == "--version":
        terminal.out(f"mlproject {__version__}\n")
        return OK
    if arguments[0] not in COMMANDS:
        return _unknown(arguments[0], terminal)
    return _run(arguments, terminal)


def _run(arguments: list[str], terminal: Terminal) -> int:
    from compiler.imports import hasten

    hasten()
    from argparse import ArgumentParser

    from compiler.registry import BrokenPluginError

    name = arguments[0]
    command = import_module(f"compiler.commands.{name.replace('-', '_')}")
    parser = ArgumentParser(prog=f"mlproject {name}", description=command.__doc__, allow_abbrev=False,
                            formatter_class=_formatter)
    command.arguments(parser)
    parser.add_argument("--debug", action="store_true", help="show the trace of an internal error")
    options = parser.parse_args(arguments[1:])
    try:
        code: int = command.run(options, terminal)
        return code
    except BrokenPluginError as failure:
        terminal.say(f"mlproject: {failure}\n  help: repair or uninstall the distribution that brings it\n")
        return USAGE
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except OSError as failure:
        if options.debug:
            raise
        terminal.say(f"mlproject: {failure.filename or 'system'}: {failure.strerror or failure}\n")
        return ENVIRONMENT
    except Exception as failure:
        return _bug(failure, options.debug, terminal)


def _formatter(prog: str) -> "HelpFormatter":
    """Return argparse's formatter at a fixed width: asking the terminal imports every archive format there is."""
    from argparse import RawDescriptionHelpFormatter

    return RawDescriptionHelpFormatter(prog, width=_WIDTH)


def _bug(failure: Exception, is_debugging: bool, terminal: Terminal) -> int:
    if is_debugging:
        raise failure
    import traceback

    place = traceback.extract_tb(failure.__traceback__)[-1]
    terminal.say(f"mlproject: internal error: {type(failure).__name__} in {os.path.basename(place.filename)}:"
                 f"{place.lineno}\n  help: this is a bug of the compiler, nothing was written; run again with --debug "
                 "and report what it prints\n")
    return BUG


def _unknown(name: str, terminal: Terminal) -> int:
    from compiler.diagnostics.suggest import suggest

    meant = suggest(name, tuple(COMMANDS))
    hint = f"did you mean `{meant}`?" if meant else "see `mlproject --help`"
    terminal.say(f"mlproject: there is no command `{name[:40]}`\n  help: {hint}\n")
    return USAGE


def _help() -> str:
    width = max(map(len, COMMANDS))
    rows = "".join(f"  {name:<{width}}  {text}\n" for name, text in COMMANDS.items())
    return f"{_USAGE}Commands:\n{rows}{_WORKFLOWS}"


def _write(stream: object, text: str) -> None:
    """Write text whatever the locale: a name that the terminal cannot show is no reason to fail."""
    stream.buffer.write(text.encode("utf-8"))  # type: ignore[attr-defined]
    stream.buffer.flush()  # type: ignore[attr-defined]
