"""What the first visitor would wait for, and every later run would pay again: done before anybody comes."""

from __future__ import annotations

import gc
import threading
from importlib import import_module
from pathlib import PurePosixPath
from pkgutil import walk_packages

from canvas.method.load import shipped
from templates.drawing import embedded_fonts


def warm() -> None:
    """Import what pages are made of, and let the collector pass over what stays for good. Call it once Streamlit runs.

    Streamlit collects garbage at the end of every run, of a fragment too, before its last words are sent. What the
    server holds all its life (code, content, the library of models) is most of what there is to look through.
    """
    # Streamlit itself imports it with the first component that it draws.
    import_module("pandas")
    # Only now: what is imported before Streamlit runs gets caches that warn of that.
    steps = import_module("views.steps")
    scripts = {step.page for step in steps.steps_of(shipped()) if isinstance(step.page, str)}
    pages = {PurePosixPath(page).with_suffix("").as_posix().replace("/", ".") for page in scripts}
    for module in walk_packages(steps.__path__, f"{steps.__name__}."):
        # Pages run for somebody who looks at them.
        if module.name.removeprefix("views.") not in pages:
            import_module(module.name)
    gc.collect()
    gc.freeze()
    # Takes seconds, and nobody has to wait for it who looks at no picture.
    threading.Thread(target=embedded_fonts.make_ready, name="fonts", daemon=True).start()
