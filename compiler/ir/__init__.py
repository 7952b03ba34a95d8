"""The release plan: what a project asks for, in no tool's words. Immutable, each node with its origin."""
