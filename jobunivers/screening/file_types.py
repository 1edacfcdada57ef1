"""What the files of content/screening/ hold, one dataclass a file or a row; whatever the rules use
as it stands in a file is described in `types.py`.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from jobunivers.screening.types import Kind, Round, ScoreLine
from jobunivers.shared.data_types import Code, Codes, Count, Days, MaybeCodes, Minutes, Text, Weeks


@dataclass(frozen=True)
class QuestionRow:
    """A question without words. A changed wording is a new key."""

    kind: Kind  # how it is answered
    route: Literal["A", "points", "match", "A-health"]  # what its answers are for
    answers: MaybeCodes = ()  # codes that can be answered; they hang on them for ever
    items: MaybeCodes = ()  # lines of a grid
    most: Annotated[int, Field(ge=1, le=10)] | None = None  # so many answers at most
    alone: Code | None = None  # the answer that excludes the others
    ask_when: dict[Code, Codes] = field(
        default_factory=dict
    )  # asked only after one of these answers
    skip_when: dict[Code, Codes] = field(
        default_factory=dict
    )  # not asked after one of these answers


@dataclass(frozen=True)
class QuestionSheet:
    """The questionnaire without words."""

    landmark: Literal["start"]  # the first round
    minutes: Minutes  # what it takes
    core: Codes  # questions for everybody, in order
    branches: dict[Code, Codes]  # questions for those who go on; `health` is sealed
    questions: dict[Code, QuestionRow]  # every question by its key


@dataclass(frozen=True)
class RoundSheet:
    """When the questions come again while somebody is out of work."""

    fresh_days: Days  # whoever has answered within so many days is left alone
    invite_weeks: Weeks  # so long after its first week a round is told about once
    rounds: tuple[Round, ...]  # in the order of time


@dataclass(frozen=True)
class Unclear:
    """When points say too little to order somebody by them."""

    missing: Count  # so many answers that count are missing
    within_points: Count  # so close to the last place
    contradictions: tuple[dict[Code, Code], ...]  # answers that do not go together


@dataclass(frozen=True)
class ScoreSheet:
    """A version of the score; old versions stay, so that logged points can be computed again."""

    version: Code  # as in the name of the file
    date: date  # when it was set
    ageing_per_week: Annotated[int, Field(ge=0, le=100)]  # points for each week of waiting
    unclear: Unclear  # the zone in which a person decides the order
    lines: Annotated[tuple[ScoreLine, ...], Field(min_length=1)]  # what counts


@dataclass(frozen=True)
class QuestionWords:
    """The words of a question in one language."""

    ask: Text  # the question
    why: Text  # why we ask
    hint: str = ""  # how to answer
    answers: dict[Code, Text] = field(default_factory=dict)  # each answer's words
    items: dict[Code, Text] = field(default_factory=dict)  # each line's words


@dataclass(frozen=True)
class BranchWords:
    """A voluntary part of the questionnaire."""

    title: Text  # its heading
    text: Text  # what it is about


@dataclass(frozen=True)
class ReasonWords:
    """Why somebody is offered help."""

    you: Text  # said to the citizen
    staff: Text  # said to the caseworker


@dataclass(frozen=True)
class FactorWords:
    """A factor of the score on the page that explains it."""

    name: Text  # what it is
    more: Text  # which answers count towards an offer
    less: str = ""  # which count against


@dataclass(frozen=True)
class DecisionWords:
    """A decision as the citizen reads it."""

    title: Text  # the subject of the message
    body: Text  # %(kind)s and %(day)s are filled in


@dataclass(frozen=True)
class WordSheet:
    """All words of the questionnaire in one language."""

    who: Text  # who sees an answer
    who_health: Text  # who sees an answer about health
    branches: dict[Code, BranchWords]  # by branch
    questions: dict[Code, QuestionWords]  # by question
    reasons: dict[Code, ReasonWords]  # by need or factor
    counter: dict[Code, Text]  # reasons against, for staff
    factors: dict[Code, FactorWords]  # by factor
    decisions: dict[Code, DecisionWords]  # by decision
    because: dict[Code, Text]  # why the offer is not given, said to the citizen
