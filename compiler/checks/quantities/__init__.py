"""Rules about quantities."""
