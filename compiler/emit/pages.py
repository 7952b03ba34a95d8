"""Pages of the codes that writing answers with."""

from collections.abc import Mapping

PAGES: Mapping[str, str] = {
    "emit/symlink": """Nothing is written through a link.

A link below the output folder could lead a compile, which runs in CI on anyone's pull request, to
any file of the machine. Replace the link by a real folder.""",
    "emit/not-a-file": """A file of ours has to stand where a folder, a pipe or a device is.

Move it out of the output folder and compile again.""",
    "emit/foreign-file": """The compiler writes over, and removes, only what its index says is its own.

A file that somebody else put into a generated folder is left as it is, and reported: whatever stands
there is applied to the cluster. Move it out, or delete it.""",
    "emit/locked": """One compile writes at a time.

Another one holds the lock for longer than we wait. Let it end, and run again.""",
    "emit/disk": """The disk said no: full, read-only, or failing.

Nothing was published: the folder is as it was. Make room or repair, and run again.""",
    "emit/leftover": """What an interrupted compile left behind could not be removed.

It does no harm and is removed by the next compile that can.""",
}
