"""Scheduled prediction: the pinned model over the newest data."""
