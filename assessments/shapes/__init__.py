"""The shapes of judging: practices, models, measures, results. Nothing is read or worked out here."""
