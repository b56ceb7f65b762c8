"""Workshops and facts made from a few answers, for the tests of advice."""

from canvas.advice.examples import facts_with, workshop_with

__all__ = ["facts_with", "workshop_with"]
