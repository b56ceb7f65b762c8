"""What the first visitor would wait for, and every later run would pay again: done before anybody comes."""

from __future__ import annotations

import gc
from importlib import import_module
from pathlib import PurePosixPath
from pkgutil import walk_packages

from views import steps


def warm() -> None:
    """Import what pages are made of, and let the collector pass over everything that stays for good.

    Streamlit collects garbage at the end of every run, of a fragment too, before its last words are sent. What the
    server holds all its life (code, content, the library of models) is most of what there is to look through.
    """
    # Streamlit itself imports it with the first component that it draws.
    import_module("pandas")
    pages = {PurePosixPath(page).with_suffix("").as_posix().replace("/", ".") for page in _page_scripts()}
    for module in walk_packages(steps.__path__, f"{steps.__name__}."):
        if module.name.removeprefix("views.") not in pages:
            import_module(module.name)
    gc.collect()
    gc.freeze()


def _page_scripts() -> tuple[str, ...]:
    start = steps.START.page
    return (*steps.OWN_PAGES.values(), *([start] if isinstance(start, str) else []))
