"""Models: fitted, kept in a form that holds no code, asked, and exported."""
