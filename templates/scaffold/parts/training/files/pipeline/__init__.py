"""The training pipeline: validate, split, train, evaluate, register. Each stage is one module and can run alone.

This file is imported before everything else, so it is the place for settings that libraries read when they are loaded.
"""

import os

# MLflow reports usage to its makers unless told otherwise; nothing in this project does.
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("DO_NOT_TRACK", "true")

# MLflow asks for git when it is loaded; the container has none, and needs none.
os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")

# Threads that wait must sleep: spinning made training thirty times slower on a machine with other work to do.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
