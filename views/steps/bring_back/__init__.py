"""Bringing a changed workshop file back into the workshop that it came from."""
