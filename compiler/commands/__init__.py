"""The commands, one module each: `arguments` declares, `run` does and returns an exit code."""
