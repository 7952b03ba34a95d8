"""The pages of codes that have no check file: `mlproject explain CODE` prints them.

A page starts with the law in one line; then why, then `Bad:` and `Good:`. A room with codes of its own
gets a module like `source_pages` here and a line below.
"""

from collections.abc import Mapping

from compiler.diagnostics.source_pages import SOURCE_PAGES

PAGES: Mapping[str, str] = {**SOURCE_PAGES}
