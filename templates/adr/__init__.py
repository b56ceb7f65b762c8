"""Decision records: one Markdown file for each recorded decision, and their index."""
