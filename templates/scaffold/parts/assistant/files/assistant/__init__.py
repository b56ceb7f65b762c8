"""Asking a ready-made model: the port, two ways to fill it, prompts, limits, and what happens when no answer comes."""
