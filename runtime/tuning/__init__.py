"""The search for better parameters: which ones each trial tries, and which of them were best."""
