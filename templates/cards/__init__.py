"""The model card and the datasheet of a workshop as Markdown files."""

from templates.cards.cards import datasheet, model_card

__all__ = ["datasheet", "model_card"]
