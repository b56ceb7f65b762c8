"""The stand-in: no model at all, so that everything runs without key, network and bill. Same question, same answer.

It looks for the fact of the prompt (a line that begins with a dash) that shares most words with the question, and says
the sentence that the prompt has in double quotes when none fits. So a prompt that lacks a fact does worse here as well.
"""

from __future__ import annotations

import re

from assistant.model import Answer, Usage

# Words that say nothing about what is asked; those of three letters and fewer are left out anyway.
_EMPTY = frozenset({"does", "from", "have", "long", "much", "that", "there", "this", "what", "when", "which", "with"})
_NO_ANSWER = "The prompt has no fact for this, and no sentence in double quotes."


class StandIn:
    """Fills the port `Model` with sentences of the prompt."""

    name = "stand-in"
    stand_in = True

    def ask(self, prompt: str, question: str) -> Answer:
        asked = _words(question)
        facts = [line[2:].strip() for line in prompt.splitlines() if line.startswith("- ")]
        best = max(facts, key=lambda fact: len(asked & _words(fact)), default="")
        text = best if len(asked & _words(best)) >= 2 else _refusal(prompt)
        return Answer(text, Usage(len(prompt.split()) + len(question.split()), len(text.split())))


def _words(text: str) -> set[str]:
    """Return the words that carry meaning, without the endings of a plural."""
    return {word.removesuffix("s") for word in re.findall(r"\w{4,}", text.lower()) if word not in _EMPTY}


def _refusal(prompt: str) -> str:
    quoted = re.search(r'"([^"\n]+)"', prompt)
    return quoted[1] if quoted else _NO_ANSWER
