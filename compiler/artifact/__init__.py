"""What targets yield and `emit` writes."""
