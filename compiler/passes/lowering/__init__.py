"""The parts of lowering: one module for each part of a release plan."""
