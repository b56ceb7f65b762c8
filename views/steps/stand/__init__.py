"""The page "Where we stand": what it shows, and what can be asked of it."""
