"""The live client of the browser: one socket per workshop and page, shared by all components that show live things.

Plain JS files without a build step; each component puts them in front of its own. No server code here: that is
`canvas/live/hub.py`, and the words both sides use are in `docs/live-protocol.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from canvas.store.access import Member
from views.colours import people_script


def joined(folder: Path, names: Iterable[str]) -> str:
    """Return the files of a folder as one text, each under a comment that names it (for the browser's debugger)."""
    return "\n".join(f"/* {folder.name}/{name} */\n{(folder / name).read_text(encoding='utf-8')}" for name in names)


_SCRIPTS = (
    "storage.js", "outbox.js", "connection.js", "steps.js", "room.js", "answers.js", "client.js", "dom.js", "people.js",
    "toast.js", "asking.js", "page_asks.js",
)  # fmt: skip
_HERE = Path(__file__).parent
LIVE_JS = people_script() + joined(_HERE, _SCRIPTS)
# For a component that is on pages of no workshop as well.
PAGE_ASKS_JS = joined(_HERE, ("page_asks.js",))


def seen_by(member: Member, seq: int) -> dict[str, Any]:
    """Return what every component is given to join in: who looks at which workshop, as it was at `seq`."""
    me = {"id": member.id, "role": member.role, "name": member.name}
    return {"workshop": member.workshop, "me": me, "live": "/live", "seq": seq}
