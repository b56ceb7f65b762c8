"""Write a project as a folder or a zip file. All or nothing: a folder appears complete, or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from canvas import __version__
from templates.errors import ScaffoldError
from templates.scaffold.project import MANIFEST, RECORD_FOLDER, GeneratedFile, Project
from templates.scaffold.render import FORMAT, archive
from templates.signature import MARK


def write_project(project: Project, directory: Path) -> Path:
    """Write the project into `directory`: new, empty, or an earlier project of ours in which no file was edited.

    Files that are not ours stay. Raises `ScaffoldError`, leaving everything as it was, in any other case.
    """
    target = directory.resolve()
    try:
        if target.is_dir() and any(target.iterdir()):
            _replace(project, target)
        else:
            _create(project, target)
    except OSError as error:
        raise ScaffoldError(f"{directory} cannot be written: {error.strerror or error}.") from error
    return target


def zip_project(project: Project) -> bytes:
    """Return the project as a zip file with one folder, named after it. The same project gives the same bytes."""
    files = ((f"{project.slug}/{file.path}", file.content, file.executable) for file in project.files)
    return archive(files, comment=MARK)


def _create(project: Project, target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise ScaffoldError(f"{target} is a file. Choose a folder that is new or empty.")
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = _staged(project, target.parent)
    try:
        # The rename replaces an empty folder, and fails if somebody filled it meanwhile.
        os.replace(staged, target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _replace(project: Project, target: Path) -> None:
    before = _recorded_hashes(target)
    _refuse_edits(project, target, before)
    staged = _staged(project, target.parent)
    try:
        for file in project.files:
            place = target / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(staged / file.path, place)
        for gone in set(before) - {file.path for file in project.files}:
            (target / gone).unlink(missing_ok=True)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _staged(project: Project, parent: Path) -> Path:
    """Write everything into a temporary folder beside the target, so that a rename can bring it in."""
    folder = Path(tempfile.mkdtemp(prefix=f".{project.slug}-", dir=parent))
    try:
        for file in project.files:
            _write(file, folder)
        folder.chmod(0o755)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _write(file: GeneratedFile, folder: Path) -> None:
    place = folder / file.path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(file.content)
    place.chmod(0o755 if file.executable else 0o644)


def _recorded_hashes(target: Path) -> dict[str, str]:
    """Return path -> hash of what an earlier generation wrote here."""
    manifest = target / MANIFEST
    if not manifest.is_file():
        raise ScaffoldError(f"{target} is not empty and not a project of ours. Choose a folder that is new or empty.")
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
        _refuse_newer(content, target)
        return {str(entry["path"]): str(entry["sha256"]) for entry in content["files"]}
    except (ValueError, KeyError, TypeError):
        what = f"{manifest} is damaged, so nobody can tell what was edited."
        raise ScaffoldError(f"{what} Restore it, or choose a new folder.") from None


def _refuse_newer(manifest: dict[str, object], target: Path) -> None:
    """Refuse what a later version has made: nobody here knows what its manifest means."""
    shape = manifest["format"]
    if not isinstance(shape, int) or shape < 1:
        raise ValueError(f"format {shape!r}")
    if shape > FORMAT:
        version = manifest.get("version")
        made_with = f"version {str(version)[:40]}" if version else "a later version"
        what = f"{target} was made with {made_with}; this is version {__version__}, which cannot read it."
        raise ScaffoldError(f"{what} Use {made_with}, or choose a new folder.")


def _refuse_edits(project: Project, target: Path, before: dict[str, str]) -> None:
    wanted = {file.path for file in project.files if not file.path.startswith(f"{RECORD_FOLDER}/")}
    edited = sorted(path for path, known in before.items() if _differs(target, path, known))
    foreign = sorted(path for path in wanted - set(before) if (target / path).exists())
    if edited or foreign:
        shown = ", ".join([*edited, *foreign][:5])
        what = f"{target} has files that writing would overwrite or that were changed: {shown}."
        raise ScaffoldError(f"{what} Choose a new folder and take over what you need.")


def _differs(target: Path, path: str, known: str) -> bool:
    """Return whether a recorded file was edited, or would be reached through a link that leads elsewhere."""
    place = target / path
    if not place.resolve().is_relative_to(target.resolve()) or place.is_symlink():
        return True
    return place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() != known
