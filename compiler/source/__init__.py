"""Text to data: the YAML reader, spans and field paths."""
