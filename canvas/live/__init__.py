"""Everybody at once: who is connected to this process, and how each change reaches their screens."""
