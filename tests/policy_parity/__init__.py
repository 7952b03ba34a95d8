"""The same packs and inputs through the embedded engine and a real OPA server."""
