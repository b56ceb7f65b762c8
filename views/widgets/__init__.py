"""Inputs and small pieces that several pages are made of: fields that lose nothing, choices, rows, pictures."""
