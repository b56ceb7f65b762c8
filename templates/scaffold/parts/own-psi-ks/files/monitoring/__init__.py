"""Watching the model at work: what inputs and predictions looked like in training, and whether they still do."""
