"""What `make demo` does once everything is installed: from text to manifests, from data to a model that answers.

It compiles the example projects, trains and registers the employment model by the rendered workflow, serves what the
lock pins, asks it, lets production drift, and ends with a page of links and numbers.
"""

import sys
from time import perf_counter

from commands import PAGE, ROOT, prepare
from compiling import compile_examples
from drifting import watch
from page import write_page
from serving import ask
from training import train


def main() -> int:
    """Run the parts in their order; stop where one fails."""
    start = perf_counter()
    compiled = compile_examples()
    prepare()
    trained = train()
    answered = ask(trained)
    windows = watch(trained)
    write_page(compiled=compiled, trained=trained, answered=answered, windows=windows,
               seconds=perf_counter() - start)
    print(f"\nEverything on one page: {PAGE.relative_to(ROOT)}")
    print("The command is .venv/bin/mlproject; README.md goes on from here.")
    return 0 if answered.is_same and windows[-1].has_drifted and not windows[0].has_drifted else 1


if __name__ == "__main__":
    sys.exit(main())
