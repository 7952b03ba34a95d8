"""Edits of `mlproject.lock` that keep comments and layout, and the rules that a promotion is held to."""
