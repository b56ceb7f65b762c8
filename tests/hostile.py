"""Texts that look like markup, code or another script, and a workshop full of them. Outputs show them literally."""

from __future__ import annotations

from canvas.document.workshop import Decision, Note, Requirement, Risk, Workshop

HOSTILE = (
    '#import "/etc/passwd": *',
    "#panic() #eval(1)",
    "{{7*7}} {% raw %} ${HOME}",
    "<script>alert(1)</script>",
    "&lt;b&gt; &amp; &copy; &#92;",
    '"; drop table notes --',
    "\\N \\G \\L \\n C:\\temp",
    "$x$ and $$y$$",
    "| a | b |",
    "`code` ``` fence",
    "*bold* _it_ **b** ~~s~~ [link](http://a.b) ![i](c)",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "--- === +++",
    ":tada: @someone #12",
    "%%{init}%% fa:fa-car click n1 end",
    "]]> --> <!-- x",
)
OTHER_SCRIPTS = ("中文字", "مرحبا بالعالم", "🚀 rocket", "עברית", "Ünïcödé ß")

# One slot for each text that is drawn.
SLOTS = (
    "data.storage", "data.validation", "data.versioning", "features.store", "experiments.framework",
    "experiments.tracking", "pipeline.orchestrator", "metadata.store", "registry.models", "deployment.packaging",
    "pipeline.ci", "foundations.repository", "foundations.environment", "serving.runtime", "monitoring.metrics",
    "monitoring.drift",
)  # fmt: skip


def hostile_workshop(texts: tuple[str, ...] = HOSTILE) -> Workshop:
    """Return a workshop in which every field that people fill holds one of the texts, and every text is a note."""
    return Workshop(
        title=_pick(texts, 0),
        team=_pick(texts, 3),
        date="2026-11-20",
        requirements=(
            Requirement(id="prediction-target", value=_pick(texts, 3), source=_pick(texts, 4), state="decided"),
        ),
        canvases={"stack-canvas": {"data": tuple(_note(index, text) for index, text in enumerate(texts))}},
        risks=(Risk(id="r1", text=_pick(texts, 5), mitigation=_pick(texts, 6), owner=_pick(texts, 7)),),
        decisions=tuple(_decision(index, slot, _pick(texts, index)) for index, slot in enumerate(SLOTS)),
    )


def _pick(texts: tuple[str, ...], index: int) -> str:
    return texts[index % len(texts)]


def _note(index: int, text: str) -> Note:
    return Note(id=f"n{index}", kind="risk", text=text, source=text)


def _decision(index: int, slot: str, text: str) -> Decision:
    return Decision(
        number=index + 1,
        slot=slot,
        status="accepted",
        choice=f"other: {text}",
        options=("none-yet", f"other: {text} {text}"),
        because=text,
        drivers=("n0", "prediction-target"),
        decided_on="2026-11-20",
    )
