"""What a check of a document finds: its place there, what is wrong, and how to mend it."""

from __future__ import annotations

Path = tuple[str | int, ...]
Found = tuple[Path, str, str]
