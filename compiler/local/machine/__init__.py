"""Processes, files and time: what the engine decides is done here."""
