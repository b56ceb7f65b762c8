"""`python -m templates.models_page.catalogue`: write docs/models.md from the content; it says nothing else.

Counts and arranges what the models hold. The words of the page are in `models.md.j2`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assessments.library.load import shipped
from assessments.shapes.left_out import leaving_items, left_of
from assessments.shapes.library import Library
from assessments.shapes.measures import ClusterDefinition
from assessments.shapes.model import Band, CriterionDefinition, ModelDefinition
from canvas.method.omissions import OmissionRule
from templates.markdown_text import own_pages

PAGE = Path(__file__).parents[2] / "docs" / "models.md"


def models_page(library: Library) -> str:
    """Return the page on all models of a library, as Markdown."""
    models = [_model(model, library) for model in library.models.values()]
    page = own_pages(Path(__file__).parent, trim=False).get_template("models.md.j2")
    rules = [_rule(rule, library) for rule in library.omissions.values()]
    return page.render(models=models, practices=library.practices, measures=library.measures, rules=rules)


def _model(model: ModelDefinition, library: Library) -> dict[str, Any]:
    return {
        **{name: getattr(model, name) for name in ("id", "title", "edition", "summary", "rule", "method")},
        "anchor": "".join(c for c in model.title.lower().replace(" ", "-") if c.isalnum() or c == "-"),
        "kind": "official" if model.official else "derived",
        "gate": "yes" if model.can_gate else "no",
        "source": model.source.title,
        "url": model.source.url,
        "license": model.license,
        "attribution": model.attribution,
        "criteria": len(model.criteria),
        "optional": sum(criterion.optional for criterion in model.criteria),
        "statements": len(_statements(model.criteria)),
        "golden": len(model.golden),
        "columns": [column.title for column in model.columns],
        "rows": list(_rows(model)),
        "leaves": list(_leaves(model, library)),
        "bands": [_band(band) for band in model.bands],
        "clusters": [_cluster(cluster) for cluster in model.clusters],
        "compared": list(dict.fromkeys(item for cluster in model.clusters for item in cluster.reach)),
    }


def _rule(rule: OmissionRule, library: Library) -> dict[str, Any]:
    practices = sum(rule.id in practice.omitted_by for practice in library.practices.values())
    return {"title": rule.title, "because": rule.because, "practices": practices}


def _leaves(model: ModelDefinition, library: Library) -> Iterator[dict[str, Any]]:
    """Yield what each rule takes out of a model: all of it, with the reason, or a number of criteria."""
    for rule in library.omissions.values():
        _, left = left_of(model, [rule], leaving_items([rule], library.practices.values()))
        if left is not None:
            [omitted] = left.omitted
            yield {
                "rule": rule.title,
                "reason": left.reason,
                "criteria": omitted.criteria,
                "sections": omitted.sections,
            }


def _rows(model: ModelDefinition) -> Iterator[dict[str, Any]]:
    for section in model.sections:
        own = [criterion for criterion in model.criteria if criterion.section == section.id]
        columns = [[c for c in own if c.column == column.id] for column in model.columns]
        by_column = [len(_statements(column)) for column in columns]
        yield {"title": section.title, "by_column": by_column, "total": len(_statements(own))}


def _statements(criteria: Iterable[CriterionDefinition]) -> set[str]:
    """Return the ids of the groups, and of the criteria outside of groups."""
    return {criterion.group or criterion.id for criterion in criteria}


def _band(band: Band) -> dict[str, str]:
    if band.at is not None:
        return {"range": f"{band.at:g}", "label": band.label, "meaning": band.meaning}
    top = "" if band.up_to is None else f", up to {band.up_to:g}"
    return {"range": f"above {band.above:g}{top}", "label": band.label, "meaning": band.meaning}


def _cluster(cluster: ClusterDefinition) -> dict[str, Any]:
    return {
        "name": cluster.name,
        "report": cluster.report,
        "url": cluster.source.url,
        "share": "" if cluster.share is None else f"{cluster.share:.0%}",
        "note": cluster.note or "",
        "reach": {item: values.model_dump(exclude_none=True) for item, values in cluster.reach.items()},
    }


if __name__ == "__main__":
    PAGE.write_text(models_page(shipped()), encoding="utf-8")
    print(PAGE.name)
