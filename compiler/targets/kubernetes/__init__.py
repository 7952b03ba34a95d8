"""Pieces of Kubernetes objects that targets share."""
