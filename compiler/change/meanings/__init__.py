"""One family of meanings a file: `FAMILY` finds what a change means in the words of whoever answers for it."""
