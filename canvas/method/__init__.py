"""The method as content: the shapes of canvases, facts, steps, tables and catalog, and how their files are read.

Holds no wording; that stands in `canvas/content`. Knows nothing of what a team has answered.
"""
