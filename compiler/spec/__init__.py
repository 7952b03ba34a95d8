"""The spec as written and as resolved: its types, its units, its layers."""
