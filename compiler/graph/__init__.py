"""Drawings of a pipeline: Mermaid for pages that render it, SVG for everything else."""
