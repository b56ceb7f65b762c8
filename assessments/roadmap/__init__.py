"""What to do next: the way to the targets, what each step does to every model, and phases that have room for it."""
