"""The workshop document: what a team fills in, the rules inside it, its links to the method, and its file.

Nothing here advises, stores or changes anything.
"""
