"""Golden questions: what a prompt and a model must answer before they may serve."""
