"""The kinds of judging content: where their files stand in a folder, and the shape of each."""

from __future__ import annotations

from typing import Any

from assessments.library.golden import failing_cases
from assessments.shapes.answers import AnswerList
from assessments.shapes.measures import MeasureDefinition
from assessments.shapes.model import ModelDefinition
from assessments.shapes.practice import PracticeDefinition
from assessments.shapes.rules import EvidenceRule, SuggestionList
from assessments.shapes.tool_names import ToolNameList
from canvas.reading.read import META, Kind

PRACTICE = Kind("practice", "practices/*.yaml", PracticeDefinition, named_by_file=True)
MEASURE = Kind("measure", "measures/*.yaml", MeasureDefinition, named_by_file=True)
MODEL = Kind("model", "models/*.yaml", ModelDefinition, examples=failing_cases, named_by_file=True)
EARLIER = Kind("model", "models/earlier/*.yaml", ModelDefinition, examples=failing_cases)
EVIDENCE = Kind("evidence", "evidence.yaml", EvidenceRule)
SUGGESTIONS = Kind("suggestions", "suggestions/*.yaml", SuggestionList, named_by_file=True)
ANSWERS = Kind("answers", "answers.yaml", AnswerList)
TOOL_NAMES = Kind("tool-names", "tool-names.yaml", ToolNameList)
# What a pack may bring, in the order in which it is told.
OF_A_PACK: tuple[Kind[Any], ...] = (PRACTICE, MEASURE, MODEL, EARLIER)
KINDS: tuple[Kind[Any], ...] = (PRACTICE, MEASURE, MODEL, EVIDENCE, SUGGESTIONS, TOOL_NAMES, ANSWERS, META)
