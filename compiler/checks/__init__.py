"""Semantic rules: one file each, found by walking. Code, file path and page share one name."""
