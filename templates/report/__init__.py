"""The report of a workshop as Markdown and PDF, and the blank canvas to print."""
