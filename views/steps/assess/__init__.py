"""Assess: practices with their evidence, blind rounds, measures, models, the roadmap."""
