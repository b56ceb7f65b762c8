"""An evaluation as JSON for programs and as a page for people. Judges nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from evaluation.gate import Verdict
from evaluation.result import Evaluation


def write_report(result: Evaluation, verdict: Verdict, answers: Mapping[str, str], folder: Path) -> None:
    """Write evaluation.json and evaluation.md into `folder`, answers included: the questions are the team's own."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {
        **result.model_dump(mode="json"),
        "share": result.share,
        "passed": verdict.passed,
        "reasons": [{"met": reason.met, "text": reason.text} for reason in verdict.reasons],
        "answers": dict(answers),
    }
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (folder / "evaluation.json").write_text(text + "\n", encoding="utf-8")
    page = "\n".join(_page(result, verdict, answers))
    (folder / "evaluation.md").write_text(page + "\n", encoding="utf-8")


def _page(result: Evaluation, verdict: Verdict, answers: Mapping[str, str]) -> Iterator[str]:
    yield "# Evaluation"
    yield ""
    yield f"Prompt {result.prompt} version {result.prompt_version} ({result.prompt_digest}), model {result.model}."
    if result.stand_in:
        yield "The stand-in answered: this says that the project works, and nothing about a real model."
    yield ""
    yield f"**The gate {'lets it through' if verdict.passed else 'stops it'}.**"
    yield ""
    yield from (f"- {reason}" for reason in verdict.reasons)
    yield ""
    yield "| Question | Passed | What is wrong | Answer |"
    yield "|---|---|---|---|"
    for question in result.questions:
        wrong, answer = _cell("; ".join(question.shortcomings)), _cell(answers.get(question.id, ""))
        yield f"| {question.id} | {'yes' if question.passed else 'no'} | {wrong} | {answer} |"


def _cell(text: str) -> str:
    """Return text that stays inside its cell and is read literally."""
    line = " ".join(text.split())
    return "".join(f"\\{char}" if char in "\\|`*_<>[]" else char for char in line)
