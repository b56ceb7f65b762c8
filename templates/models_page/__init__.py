"""The page on all maturity models, written from their content."""
