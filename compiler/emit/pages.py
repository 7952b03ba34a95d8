"""The pages of what emit says: the law, why it is one, what breaks it and what keeps it."""

from collections.abc import Mapping

PAGES: Mapping[str, str] = {
    "emit/symlink": """\
No part of a path below generated/, nor generated/ itself, is a symbolic link.

A link that came with a pull request would lead the compiler to write, or to remove, files outside of
generated/: a hook of Git, another team's production.

Bad:
    generated/production/fraud -> ../../.git/hooks
Good:
    generated/production/fraud is a folder
""",
    "emit/not-a-file": """\
What stands where a file or a folder of the output belongs is a regular file or a folder.

A pipe or a device would make whoever reads it wait, or never end; a file in the place of a folder is
somebody's work in the wrong place.

Bad:
    generated/production is a file
Good:
    generated/production is a folder, or is not there yet
""",
    "emit/foreign-file": """\
A project's folder holds only what the compiler wrote: what its index.json names.

Everything in there is applied to the cluster, and a file that no spec asked for is reviewed as if one had.
The compiler never removes it and never writes over it. As a warning: it is left as it is. As an error: a file
of ours has to stand in its place, and nothing was written.

Bad:
    generated/production/fraud/quick-fix.yaml, written by hand
Good:
    what it says, in the spec; or the file in a folder of its own
""",
    "emit/locked": """\
One compile at a time writes to generated/.

Another one, of an editor or of a hook, holds the lock for longer than 30 seconds. The lock is gone with the
process that holds it: there is no file to delete.

Bad:
    two jobs of CI on one checkout
Good:
    one checkout for each job
""",
    "emit/disk": """\
The folder of the output can be read and written.

The disk is full or fails, or this user may not write there. Folders that were not yet exchanged are as they
were; none is half written.

Bad:
    generated/ belongs to root, because a container wrote it
Good:
    generated/ belongs to whoever compiles
""",
    "emit/leftover": """\
What is no longer published is removed.

The new tree is complete; the old one, beside it under a name that starts with `.mlproject-stage-`, could not
be removed. The next compile does it.

Bad:
    generated/production/.mlproject-stage-fraud is committed
Good:
    compile again, then commit
""",
}
