"""The semantic plan between two release plans: what retrains, what moves traffic, what is loosened."""
