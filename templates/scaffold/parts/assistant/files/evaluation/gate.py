"""Whether a prompt and model may serve: the demands of config/project.yaml as a verdict with reasons. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.settings import Gate
from evaluation.result import Evaluation, share_of


@dataclass(frozen=True)
class Reason:
    """One demand, whether it is met, and the figures behind it."""

    met: bool
    text: str

    def __str__(self) -> str:
        return f"{'met' if self.met else 'NOT met'}: {self.text}"


@dataclass(frozen=True)
class Verdict:
    """All demands; a single one that is not met stops the prompt."""

    reasons: tuple[Reason, ...]

    @property
    def passed(self) -> bool:
        return all(reason.met for reason in self.reasons)


def judge(found: Evaluation, accepted: Evaluation | None, gate: Gate) -> Verdict:
    """Judge an evaluation by the threshold, by the critical questions, and against what was accepted before."""
    return Verdict(tuple(_reasons(found, accepted, gate)))


def _reasons(found: Evaluation, accepted: Evaluation | None, gate: Gate) -> Iterator[Reason]:
    share = f"{found.share:.1%} of {len(found.questions)} questions passed"
    yield Reason(found.share >= gate.threshold, f"{share}; the threshold is {gate.threshold:.1%}")
    critical = [question.id for question in found.questions if question.critical and not question.passed]
    yield Reason(not critical, f"critical questions that failed: {', '.join(critical) or 'none'}")
    if accepted is None:
        yield Reason(True, "nothing was accepted before, so there is nothing to be worse than")
    elif found.stand_in != accepted.stand_in:
        yield Reason(True, "not compared: the stand-in and a real model tell nothing about each other")
    else:
        yield _against(found, accepted, gate)


def _against(found: Evaluation, accepted: Evaluation, gate: Gate) -> Reason:
    """Compare on the questions that both were asked: others, easy ones for instance, must not hide a loss."""
    before = {question.digest: question for question in accepted.questions}
    same = tuple(question for question in found.questions if question.digest in before)
    if not same:
        mend = "delete evaluation/accepted.json in a reviewed change to begin anew"
        return Reason(False, f"no question is the same as in the accepted evaluation; {mend}")
    now, then = share_of(same), share_of(tuple(before[question.digest] for question in same))
    figures = f"{now:.1%} now, {then:.1%} accepted, on the {len(same)} questions that both were asked"
    if gate.against_accepted == "better" and not found.asks_the_same(accepted):
        return Reason(now > then, f"better than what was accepted: {figures}")
    return Reason(now >= then, f"not worse than what was accepted: {figures}")
