"""Reads commits as data: no checkout, no hook, no filter, nothing of the repository's configuration is run."""
