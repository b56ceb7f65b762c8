"""The log of a live workshop: events and their fold, what an op may change, undo, and bringing the past back.

Pure: no clock, no database, no network.
"""
