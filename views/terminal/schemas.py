"""`make schemas`: write the JSON Schemas beside the content, where the first line of each YAML file names them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assessments.library.kinds import KINDS as ASSESSMENTS
from canvas.document.file import json_schema
from canvas.method.load import KINDS as CANVAS
from templates.scaffold.definitions import Part

ROOT = Path(__file__).parents[2]


def schema_files() -> Iterator[tuple[Path, str]]:
    """Yield each schema's path and text."""
    for room, kinds in (("canvas", CANVAS), ("assessments", ASSESSMENTS)):
        for kind in kinds:
            yield ROOT / f"{room}/content/schemas/{kind.name}.schema.json", _text(kind.schema())
    yield ROOT / "templates/scaffold/schemas/part.schema.json", _text(Part.model_json_schema())
    yield ROOT / "canvas/workshop.schema.json", _text(json_schema())


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    for path, text in schema_files():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
