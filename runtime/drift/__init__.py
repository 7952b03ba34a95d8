"""Drift: what the training data looked like, and how far production's window is from it."""
