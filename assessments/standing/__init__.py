"""Where a workshop stands: every model scored, what evidence backs, how far assessors are apart, as data and text."""
