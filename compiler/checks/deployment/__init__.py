"""Rules about deployment."""
