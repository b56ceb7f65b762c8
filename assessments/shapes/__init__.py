"""The shapes of judging: practices, models, measures, results. Nothing is worked out here."""
