"""How artifacts become files: one YAML writer, one index a folder, publication as one exchange."""
