"""Rules about production."""
