"""Looking back: the past of a workshop, earlier texts, and how scores went over time."""
