"""The verbs of the compile: pure functions between the nouns."""
