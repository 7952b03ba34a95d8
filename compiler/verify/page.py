"""The form of a page that `explain` prints."""

from textwrap import fill, indent


def page(law: str, why: str, *, bad: str, good: str) -> str:
    """Return a page: the law in one line, why it is one, what breaks it, what keeps it."""
    return (f"{law}\n\n{fill(why, 110)}\n\n"
            f"Bad:\n{indent(bad, '    ')}\nGood:\n{indent(good, '    ')}\n")
