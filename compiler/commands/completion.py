"""Print the completion script of a shell.

  bash:  eval "$(mlproject completion bash)"
  zsh:   eval "$(mlproject completion zsh)"
  fish:  mlproject completion fish | source
"""

from argparse import ArgumentParser, Namespace
from importlib import import_module

from compiler.commands import COMMANDS
from compiler.commands.console import OK, Console


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def run(options: Namespace, console: Console) -> int:
    """Print the script."""
    console.out({"bash": _bash, "zsh": _zsh, "fish": _fish}[options.shell](_options()))
    return OK


def _options() -> dict[str, list[str]]:
    found = {}
    for name in COMMANDS:
        parser = ArgumentParser(add_help=True)
        import_module(f"compiler.commands.{name.replace('-', '_')}").arguments(parser)
        found[name] = sorted(word for action in parser._actions for word in action.option_strings if word[:2] == "--")
    return found


def _bash(options: dict[str, list[str]]) -> str:
    cases = "".join(f"    {name}) words='{' '.join(words)}';;\n" for name, words in options.items())
    return f"""_mlproject() {{
  local words='{' '.join(options)}'
  if [ "$COMP_CWORD" -gt 1 ]; then
    case "${{COMP_WORDS[1]}}" in
{cases}    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
  [ "$COMP_CWORD" -gt 1 ] && COMPREPLY+=($(compgen -f -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o filenames -F _mlproject mlproject
"""


def _zsh(options: dict[str, list[str]]) -> str:
    return "autoload -U +X bashcompinit && bashcompinit\n" + _bash(options)


def _fish(options: dict[str, list[str]]) -> str:
    lines = [f"complete -c mlproject -n __fish_use_subcommand -f -a {name}" for name in options]
    lines += [f"complete -c mlproject -n '__fish_seen_subcommand_from {name}' -l {word[2:]}"
              for name, words in options.items() for word in words]
    return "\n".join(lines) + "\n"
