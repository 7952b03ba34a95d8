"""Compile `mlproject.yaml` into the manifests that train, serve and watch a model."""

__version__ = "0.1.0"
