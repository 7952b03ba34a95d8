"""What the user's cluster serves: definitions of custom kinds, read once and kept as strict schemas."""
