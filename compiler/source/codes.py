"""The codes of what the reader says, and which of them mean that a file is unsafe."""

TOO_LARGE = "source/too-large"
NOT_UTF8 = "source/not-utf8"
BYTE_ORDER_MARK = "source/byte-order-mark"
CHARACTER = "source/character"
NOT_NFC = "source/not-nfc"
TOO_DEEP = "source/too-deep"
TOO_MANY_NODES = "source/too-many-nodes"
TOO_MANY_PROBLEMS = "source/too-many-problems"
MULTIPLE_DOCUMENTS = "source/multiple-documents"
DIRECTIVE = "source/directive"
ANCHOR = "source/anchor"
ALIAS = "source/alias"
MERGE_KEY = "source/merge-key"
TAG = "source/tag"
DUPLICATE_KEY = "source/duplicate-key"
NON_STRING_KEY = "source/non-string-key"
NOT_FINITE = "source/not-finite"
NUMBER_RANGE = "source/number-range"
SYNTAX = "source/syntax"
MISSING = "source/missing"
NO_SPEC = "source/no-spec"
LINK = "source/link"
OUTSIDE = "source/outside"
NOT_A_FILE = "source/not-a-file"
UNREADABLE = "source/unreadable"

# Two readers may disagree on such a file, or reading it may cost or touch too much: exit code 2.
UNSAFE: frozenset[str] = frozenset({
    TOO_LARGE, NOT_UTF8, BYTE_ORDER_MARK, CHARACTER, NOT_NFC, TOO_DEEP, TOO_MANY_NODES, MULTIPLE_DOCUMENTS,
    DIRECTIVE, ANCHOR, ALIAS, MERGE_KEY, TAG, DUPLICATE_KEY, NON_STRING_KEY, LINK, OUTSIDE, NOT_A_FILE,
})

# The command named what is not there: wrong use, exit code 2 as well.
WRONG_USE: frozenset[str] = frozenset({MISSING, NO_SPEC})

# The machine failed, not the spec: exit code 4.
ENVIRONMENT: frozenset[str] = frozenset({UNREADABLE})
