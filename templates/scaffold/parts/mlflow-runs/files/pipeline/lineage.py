"""Where a model comes from: hashes of data and configuration, the code's commit, the environment.

Reads only; the record is written by pipeline/tracking.py.
"""

from __future__ import annotations

import hashlib
import platform
import subprocess  # only to ask git for the commit
from importlib.metadata import version
from pathlib import Path

from pipeline.settings import Settings

RECORDED = ("mlflow-skinny", "numpy", "pandas", "scikit-learn", "skops")


def lineage(settings: Settings) -> dict[str, str]:
    """Return everything that, taken together, lets somebody rebuild the model."""
    packages = " ".join(f"{name}=={version(name)}" for name in RECORDED)
    return {
        "data_file": settings.data.path,
        "data_sha256": file_hash(settings.data_file),
        "data_sample": str(settings.data.sample).lower(),
        "schema_sha256": file_hash(settings.schema_file),
        "config_sha256": file_hash(settings.root / "config" / "project.yaml"),
        "code_commit": commit(settings.root),
        "python": platform.python_version(),
        "packages": packages,
    }


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def commit(root: Path) -> str:
    """Return the git commit of the code, marked when files were changed since, or 'not in git'."""
    try:
        head = _git(root, "rev-parse", "HEAD")
        return f"{head}-changed" if _git(root, "status", "--porcelain") else head
    except (OSError, subprocess.CalledProcessError):
        return "not in git"


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
