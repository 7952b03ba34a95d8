"""Projects and repositories to start from."""
