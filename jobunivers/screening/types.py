"""Words of the screening."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from jobunivers.shared.data_types import Code, Codes, Minutes, Text, Texts, Weeks


class Route(StrEnum):
    """Why somebody is offered more: needs (A), points within capacity (B), time (C), or chance."""

    NEEDS = "needs"
    POINTS = "points"
    TIME = "time"
    RANDOM = "random"


QUEUE_ORDER = (
    Route.NEEDS,
    Route.TIME,
    Route.POINTS,
    Route.RANDOM,
)  # who asked comes first, chance last


class FlagStatus(StrEnum):
    """Open until a person has decided."""

    OPEN = "open"
    DECIDED = "decided"


class Choice(StrEnum):
    """What a caseworker can decide on a flag; there is no default."""

    OFFER_NOW = "offer_now"
    OFFER_LATER = "offer_later"
    STANDARD_OFFER = "standard_offer"
    OTHER_SUPPORT = "other_support"


class Reason(StrEnum):
    """Reason codes of a review."""

    ALREADY_SORTED = "already_sorted"
    CITIZEN_DECLINED = "citizen_declined"
    CITIZEN_ASKED = "citizen_asked"
    ANSWERS_WRONG_OR_OLD = "answers_wrong_or_old"
    LIFE_EVENT = "life_event"
    HEALTH_NOT_CAPTURED = "health_not_captured"
    LOCAL_JOB_MARKET = "local_job_market"
    OTHER_SCHEME_FITS = "other_scheme_fits"
    LANGUAGE_OR_DIGITAL_BARRIER = "language_or_digital_barrier"
    DUPLICATE_CONTACT = "duplicate_contact"
    CAPACITY = "capacity"
    MODEL_SEEMS_WRONG = "model_seems_wrong"
    OTHER = "other"


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    SCALE = "scale"
    LANGUAGE = "language"
    MULTI = "multi"
    OCCUPATIONS = "occupations"
    GRID = "grid"


@dataclass(frozen=True)
class Typist:
    """Who types in for the citizen, with her: a member of staff ("caseworker") or her helper
    ("helper").
    """

    user_id: UUID
    name: str
    role: str


@dataclass(frozen=True)
class TypedBy:
    """So many answers were typed in by this person on this day. `name` is empty when the account is
    gone.
    """

    name: str
    on: date
    count: int


START = "start"  # landmark of the first round
EARLIER = "earlier"  # branch of a later round: everything that is not asked again
ONE_TAP = frozenset({Kind.SINGLE, Kind.SCALE, Kind.LANGUAGE})
Answers = Mapping[
    str, Any
]  # question -> answer, only what was answered (a code, a list of codes, or item -> code)


@dataclass(frozen=True)
class Question:
    """A question without words. `ask_when`/`skip_when`: other question -> answers that call for it
    or make it needless.
    """

    key: str
    kind: Kind
    route: str
    branch: str  # "" = core
    answers: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    most: int | None = None
    alone: str | None = None  # in a multi question: the answer that excludes the others
    ask_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    skip_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_health(self) -> bool:
        return self.branch == "health"

    @property
    def is_one_tap(self) -> bool:
        return self.kind in ONE_TAP


@dataclass(frozen=True)
class QuestionText:
    """A question's words in one language; `wording` is the hash that tells versions apart."""

    ask: str
    why: str
    who: str
    hint: str
    answers: Mapping[str, str]
    items: Mapping[str, str]
    wording: str


@dataclass(frozen=True)
class Questionnaire:
    """The questions of one landmark in order; `version` is the hash of keys and words."""

    landmark: str
    minutes: int
    questions: tuple[Question, ...]
    version: str

    @property
    def core(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if not question.branch)

    def branch(self, name: str) -> tuple[Question, ...]:
        """The questions of a branch."""
        return tuple(question for question in self.questions if question.branch == name)

    def find(self, key: str) -> Question | None:
        """The question with that key."""
        return next((question for question in self.questions if question.key == key), None)


@dataclass(frozen=True)
class Round:
    """A time at which the questions come again, in whole weeks out of work. `points`: whether its
    answers may order places.
    """

    landmark: Code  # name of the round, for ever
    from_week: Weeks  # first whole week out of work in which it is open
    until_week: Weeks  # the last one
    questions: Codes  # what is asked again (questions.yaml)
    minutes: Minutes  # what it takes
    points: bool  # false: its answers never order places


@dataclass(frozen=True)
class Rounds:
    """The rounds after the first one, in time. Whoever answered within `fresh_days` is left alone;
    `invite_weeks`: how long one is told of it.
    """

    fresh_days: int
    invite_weeks: int
    after_start: tuple[Round, ...]


@dataclass(frozen=True)
class ModuleRule:
    """These answers to this question let a lesson module be suggested, with a reason in each
    language.
    """

    question: Code  # never one about health
    answers: Codes  # any of these
    module: Code  # of content/learning
    reason: Texts  # one sentence: "Because you ..."


@dataclass(frozen=True)
class NeedRule:
    """Route A: these answers to this question are a wish for help. `raises=False` only goes along
    with another one.
    """

    code: Code  # the need; its words stand under `reasons` of texts.*.yaml
    question: Code  # of questions.yaml
    answers: Codes  # any of these
    raises: bool  # false: only goes along with another need
    offer: Code  # the kind of meeting that the caseworker's form suggests


@dataclass(frozen=True)
class ScoreLine:
    """One line of a score: this answer to this factor counts so many points; 10 points = 1 on the
    log-odds scale.
    """

    factor: Code  # a question, or `demand`
    answer: Code  # of that question
    points: Annotated[int, Field(ge=-50, le=50)]  # 10 points = 1 on the log-odds scale
    direction: Literal["more", "less"]  # towards an offer, or against
    source: Text  # published evidence
    strength: Text  # how much it bears
    date: date  # when the line was set
    halve_from_week: Weeks | None = None  # from this week on it counts half


@dataclass(frozen=True)
class ScoreVersion:
    """A versioned set of lines with the limits of the unclear zone."""

    version: str
    date: date
    lines: tuple[ScoreLine, ...]
    ageing_per_week: int
    missing_limit: int
    within_points: int
    contradictions: tuple[Mapping[str, str], ...]

    @property
    def factors(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.factor for line in self.lines))


@dataclass(frozen=True)
class Scored:
    """Points of each factor that counted, with the answers they rest on, so that anybody can
    compute them again.
    """

    version: str
    inputs: Mapping[str, Any]
    weeks: int
    points: Mapping[str, float]
    missing: tuple[str, ...]

    @property
    def total(self) -> float:
        return sum(self.points.values())


@dataclass(frozen=True)
class Candidate:
    """Somebody who could get one of the places of route B or a random one."""

    citizen_id: UUID
    screening_id: UUID
    points: float
    waiting_weeks: int
    is_unclear: bool = False


@dataclass(frozen=True)
class Drawn:
    """The outcome of a week's draw: who is offered a place by points, who by chance, who is too
    close to call.
    """

    by_points: tuple[Candidate, ...]
    by_chance: tuple[Candidate, ...]
    unclear: tuple[Candidate, ...]
    capacity: int
    ranks: Mapping[UUID, int]


@dataclass(frozen=True)
class DecisionLine:
    """A decision as home and lists show it."""

    review_id: UUID
    choice: Choice
    decided_at: datetime
    is_new: bool


@dataclass(frozen=True)
class ToAnswer:
    """A screening that waits for the citizen: not begun, or where she stopped."""

    begun: bool
    done: int
    total: int
    next_question: str | None
    minutes: int
    landmark: str = "start"

    @property
    def is_again(self) -> bool:
        """She has answered before: the question is what has changed."""
        return self.landmark != START


@dataclass(frozen=True)
class QueueRow:
    """A flag in the caseworker's queue."""

    flag_id: UUID
    citizen_id: UUID
    name: str
    route: Route
    reasons: tuple[str, ...]
    raised_at: datetime
    has_unread_reply: bool
    status: FlagStatus
