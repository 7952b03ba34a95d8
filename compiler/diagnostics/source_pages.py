"""The pages of what the reader refuses: the law, why it is one, what breaks it and what keeps it."""

from collections.abc import Mapping

SOURCE_PAGES: Mapping[str, str] = {
    "source/too-large": """\
A file holds at most 1 MiB.

A spec of a thousand lines is 40 KB. What is larger is data that came into the spec by mistake, and it would
be read again on every commit.

Bad:
    a list of 100,000 customers under `data:`
Good:
    data:
      sources: [{name: customers, uri: "s3://lake/customers/"}]
""",
    "source/not-utf8": """\
A file is UTF-8.

In any other encoding the reviewer, the compiler and the cluster each see another text.

Bad:
    `description: Zürich` saved as Latin-1 or as UTF-16
Good:
    description: Zürich
""",
    "source/byte-order-mark": """\
A file starts with its text, not with a byte order mark.

Some readers take the mark for a part of the first key, which then has no name that anyone can type.

Bad:
    a file that an editor saved as "UTF-8 with BOM"
Good:
    apiVersion: mlproject.dev/v1alpha1
""",
    "source/character": """\
A file holds no control, direction, zero-width or separator characters, not even as escapes.

They make a reviewer read another text than the machine: a direction control can show `cpu: 1` for what is
`cpu: 64`, and an escape sequence can repaint a terminal. Emoji that are joined with a zero-width joiner
fall under the same law.

Bad:
    owner: "risk\\u202e"
Good:
    owner: "risk"
""",
    "source/not-nfc": """\
Text is in Unicode normal form C.

`é` can be one character or two. Both look the same and are different names to every machine.

Bad:
    owner: "Rene\\u0301"
Good:
    owner: "René"
""",
    "source/too-deep": """\
Values are nested at most 32 deep.

No field of the language is deeper than ten. Deep nesting is how a small file exhausts a parser.

Bad:
    a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
Good:
    a: [[1]]
""",
    "source/too-many-nodes": """\
A file holds at most 50,000 keys and values.

It is a limit of time and memory: a spec is compiled on every commit of anyone.

Bad:
    a list of 60,000 numbers
Good:
    the list in a file of the project's data, and its address in the spec
""",
    "source/too-many-problems": """\
Reading stops after 50 problems.

They most likely have one cause, such as a binary file or a broken indentation. Mend the first ones.

Bad:
    a text with a control character in each of its lines
Good:
    the same text, saved by an editor
""",
    "source/multiple-documents": """\
A file holds one document.

Some readers take the first document and some the last, so a second one can hide from the review or from the
cluster.

Bad:
    name: fraud
    ---
    name: other
Good:
    name: fraud
""",
    "source/directive": """\
A file has no directives (`%YAML`, `%TAG`).

They change what the rest of the file means. Every file here is YAML 1.2.

Bad:
    %YAML 1.1
    ---
    name: fraud
Good:
    name: fraud
""",
    "source/anchor": """\
A file has no anchors (`&name`).

Reuse in this language comes from the defaults of the organisation, where `mlproject explain` can show where
a value came from. An anchor is only half of an alias, and aliases can blow a small file up to gigabytes.

Bad:
    cpu: &size 4
Good:
    cpu: 4
""",
    "source/alias": """\
A file has no aliases (`*name`).

A few nested aliases make a file of one kilobyte a document of gigabytes, and a change of the anchor changes
lines that no diff shows.

Bad:
    a: &size 4
    b: *size
Good:
    a: 4
    b: 4
""",
    "source/merge-key": """\
A file has no merge keys (`<<`).

YAML 1.2 has none, so readers disagree on what the mapping holds. Defaults and environments do the same work
under a documented precedence.

Bad:
    resources:
      <<: {cpu: 4}
Good:
    resources:
      cpu: 4
""",
    "source/tag": """\
A file has no tags (`!name`, `!!type`).

A tag asks the reader to build something else than plain data; in some readers that runs code.

Bad:
    version: !!str 1.0
Good:
    version: "1.0"
""",
    "source/duplicate-key": """\
A mapping holds a key once.

Some readers keep the first value and some the last. The reviewer sees the one, the cluster gets the other.

Bad:
    cpu: 1
    cpu: 64
Good:
    cpu: 64
""",
    "source/non-string-key": """\
A key is a text.

`1`, `true` and `null` are not texts in YAML, and JSON, which every later tool reads, has no other keys.

Bad:
    labels:
      1: fraud
Good:
    labels:
      "1": fraud
""",
    "source/not-finite": """\
A number is finite.

Nothing is below, above or equal to `.nan`, so a gate that compares with it never closes; and JSON cannot
hold it.

Bad:
    maximum: .nan
Good:
    maximum: 0.2
""",
    "source/number-range": """\
An integer is at most 2^53 from zero, and a float is in the range of 64 bits.

Beyond it JSON readers round in silence: 9007199254740993 becomes 9007199254740992 somewhere between the
commit and the cluster.

Bad:
    account: 9007199254740993
Good:
    account: "9007199254740993"
""",
    "source/syntax": """\
A file is YAML 1.2.

Texts that hold `: `, ` #`, or that start with `*`, `&`, `!`, `%`, `@`, a backquote, a bracket or a brace are
quoted. Lines are indented with spaces. A cron line starts with `*`, so it is always quoted.

Bad:
    schedule: */5 * * * *
Good:
    schedule: "*/5 * * * *"
""",
    "source/missing": """\
A file that is named exists.

Bad:
    mlproject compile specs/fruad
Good:
    mlproject compile specs/fraud
""",
    "source/no-spec": """\
A folder that is named holds a `mlproject.yaml`, itself or in a folder below.

Compiling nothing and calling it a success would hide a path that was moved.

Bad:
    mlproject compile docs
Good:
    mlproject compile specs
""",
    "source/link": """\
A file is itself, not a symbolic link, and neither is a folder on the way to it.

What a link leads to can change between the review and the compile, or lie outside the repository.

Bad:
    specs/fraud/mlproject.yaml -> ../../../shared/mlproject.yaml
Good:
    specs/fraud/mlproject.yaml
""",
    "source/outside": """\
A path leads to a file inside the repository.

A spec that anyone can propose must not make the compiler read, and quote, the files of its machine.

Bad:
    ../../etc/passwd
Good:
    policies/data/budgets.yaml
""",
    "source/not-a-file": """\
A file is a regular file.

A device or a pipe may never end, and opening it may do something.

Bad:
    mlproject compile /dev/zero
Good:
    mlproject compile specs/fraud/mlproject.yaml
""",
    "source/unreadable": """\
A file that is named can be read.

The machine refused: permissions, or a broken disk. The spec is not to blame, so the exit code is 4.

Bad:
    a spec with the mode 0200
Good:
    a spec with the mode 0644
""",
}
