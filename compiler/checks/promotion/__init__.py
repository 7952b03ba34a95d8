"""Rules about promotion."""
