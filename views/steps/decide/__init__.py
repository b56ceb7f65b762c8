"""Deciding: a choice for each slot with its reason, its records, and decisions that no slot asks for."""
