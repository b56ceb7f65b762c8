"""What the answers of a team amount to: facts with their defaults, ranked options, advisors, findings, quantities.

Only reads the document; what it says is shown by pages and outputs and is never stored.
"""
