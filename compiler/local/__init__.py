"""Runs a rendered Argo Workflow on this machine: the same YAML, no cluster."""
