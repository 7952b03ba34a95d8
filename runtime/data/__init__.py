"""Tables: where they are, how they are read, at which revision, and how they pass from step to step."""
