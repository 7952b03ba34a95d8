"""What the compiler has to say: diagnostics, their order, and the formats they print in."""
