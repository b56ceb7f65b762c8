"""What is done before the first visitor comes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# In a process of its own, because it changes what the collector of the whole process looks at.
PROGRAM = """
import gc, sys
from views.warm import warm
warm()
print(gc.get_freeze_count() > 100_000, "pandas" in sys.modules)
pages = {"views.steps.start", "views.steps.take_home", "views.steps.decide.decide"}
print(sorted(pages & sys.modules.keys()), "views.steps.decide.decide_data" in sys.modules)
"""


def test_what_stays_for_good_is_loaded_and_not_looked_through_after_each_run() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=120)
    # The pages themselves are scripts that run for somebody who looks at them.
    assert done.stdout.splitlines() == ["True True", "[] True"], done.stderr
