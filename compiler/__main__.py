"""`python -m compiler` is `mlproject`."""

import sys

from compiler.cli import main

sys.exit(main())
