"""A proposal beside its base: both compiled from Git objects, compared, and judged by what the base says."""
