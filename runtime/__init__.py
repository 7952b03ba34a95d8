"""The code inside the workflow's containers."""
