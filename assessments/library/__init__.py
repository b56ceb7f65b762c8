"""What judges: practices, measures and models, read from content and packs, checked, carried over when they change."""
