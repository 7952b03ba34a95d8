"""The pages of what a plan says is wrong: the law, why it is one, what breaks it and what keeps it."""

from collections.abc import Mapping

PAGES: Mapping[str, str] = {
    "change/bad-acknowledgement": """\
An acknowledgement names the list that it is for, who gave it, and why.

It holds for one exact list of findings. A list with one line more has another hash, and nobody has looked at it yet.

Bad:
    acknowledgements: [{changes: all, by: sam}]
Good:
    acknowledgements:
      - {changes: "sha256:...", by: sam, reason: the old threshold was measured on another split}
""",
}
