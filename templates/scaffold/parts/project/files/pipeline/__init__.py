"""The training pipeline: validate, split, train, evaluate, register. Each stage is one module and can run alone."""
