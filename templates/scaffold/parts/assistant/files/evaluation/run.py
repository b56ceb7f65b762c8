"""Ask every golden question, write reports/evaluation.*, and let the gate judge: `make evaluate`, `make accept`.

Ends with 0 only when the gate lets the prompt through. `--accept` records the result as the one to beat.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from assistant.connect import connect
from assistant.model import Answer, Model, ModelFailed, Usage
from assistant.prompts import Prompt, load_prompt
from assistant.settings import ConfigError, Settings
from evaluation.checks import shortcomings
from evaluation.gate import Verdict, judge
from evaluation.questions import Question, load_questions
from evaluation.report import write_report
from evaluation.result import Evaluation, Judged, as_json, load_accepted


def evaluate(settings: Settings, model: Model) -> tuple[Evaluation, Verdict]:
    """Ask all golden questions, write the reports and return the result with its verdict. Raises `ConfigError`."""
    prompt = load_prompt(settings.prompt_file)
    accepted = load_accepted(settings.accepted_file)
    questions = load_questions(settings.questions_file)
    asked = [_asked(question, prompt, model) for question in questions]
    result = Evaluation(
        prompt=prompt.name,
        prompt_version=prompt.version,
        prompt_digest=prompt.digest,
        model=model.name,
        stand_in=model.stand_in,
        tokens=sum(answer.usage.total for answer, _ in asked),
        questions=tuple(judged for _, judged in asked),
    )
    verdict = judge(result, accepted, settings.gate)
    answers = {judged.id: answer.text for answer, judged in asked}
    write_report(result, verdict, answers, settings.reports)
    return result, verdict


def _asked(question: Question, prompt: Prompt, model: Model) -> tuple[Answer, Judged]:
    """Return the answer and how it is judged. No answer is a wrong one."""
    try:
        answer = model.ask(prompt.text, question.ask)
        wrong = shortcomings(answer.text, question.expect, prompt)
    except ModelFailed as error:
        answer, wrong = Answer("", Usage(0, 0)), (f"no answer: {error}",)
    judged = Judged(id=question.id, digest=question.digest, critical=question.critical, shortcomings=wrong)
    return answer, judged


def accept(settings: Settings, result: Evaluation) -> str:
    """Record a result that passed as the one to beat. Raises `ConfigError` when the stand-in would replace a model."""
    before = load_accepted(settings.accepted_file)
    if before is not None and result.stand_in and not before.stand_in:
        raise ConfigError(f"What {before.model} reached is accepted; the stand-in cannot replace it.")
    settings.accepted_file.write_text(as_json(result), encoding="utf-8")
    return f"Accepted: prompt {result.prompt} version {result.prompt_version} with {result.model}. Commit the file."


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate with the project's settings and return the exit code."""
    parser = argparse.ArgumentParser(description="Ask the golden questions.")
    parser.add_argument("--accept", action="store_true", help="record the result when the gate lets it through")
    wanted = parser.parse_args(arguments)
    try:
        settings = Settings.load()
        model = connect(settings)
        if model.stand_in:
            print("Model: the stand-in, no real model. README.md says how to connect one.")
        result, verdict = evaluate(settings, model)
        print(*verdict.reasons, sep="\n")
        if not verdict.passed:
            print("The gate stops this prompt; reports/evaluation.md has the answers.", file=sys.stderr)
            return 1
        print(accept(settings, result) if wanted.accept else "The gate lets this prompt through.")
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
