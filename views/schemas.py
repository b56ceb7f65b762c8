"""`make schemas`: write the JSON Schemas beside the content, where the first line of each YAML file names them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assessments.library.load import json_schemas as assessment_schemas
from canvas.document.file import json_schema
from canvas.method.canvases import Agenda, BlockDefinition, CanvasHead, CatalogEntry, FactSection, SlotList
from canvas.method.steps import (
    AdvisorDefinition,
    CarryList,
    FindingList,
    Forms,
    Glossary,
    QuantityList,
    StepDefinition,
    TableDefinition,
)
from templates.scaffold.definitions import Part

ROOT = Path(__file__).parents[1]
_CANVAS = {
    "canvas-head": CanvasHead,
    "block": BlockDefinition,
    "facts": FactSection,
    "slots": SlotList,
    "catalog": CatalogEntry,
    "agenda": Agenda,
    "step": StepDefinition,
    "table": TableDefinition,
    "advisor": AdvisorDefinition,
    "findings": FindingList,
    "quantities": QuantityList,
    "carries": CarryList,
    "forms": Forms,
    "glossary": Glossary,
}


def schema_files() -> Iterator[tuple[Path, str]]:
    """Yield each schema's path and text."""
    for name, model in _CANVAS.items():
        yield ROOT / f"canvas/content/schemas/{name}.schema.json", _text(model.model_json_schema())
    for name, schema in assessment_schemas().items():
        yield ROOT / f"assessments/content/schemas/{name}.schema.json", _text(schema)
    yield ROOT / "templates/scaffold/schemas/part.schema.json", _text(Part.model_json_schema())
    yield ROOT / "canvas/workshop.schema.json", _text(json_schema())


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    for path, text in schema_files():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
