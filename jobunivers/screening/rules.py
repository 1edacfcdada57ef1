"""Decisions of the screening as pure functions: what is asked next, who says she needs help, how
places are drawn.

Law and evidence: docs/screening.md and docs/model-card.md. Nothing here decides about a person:
rules raise, people review.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from jobunivers.screening.types import (
    QUEUE_ORDER,
    START,
    Answers,
    Candidate,
    Choice,
    Drawn,
    Kind,
    ModuleRule,
    NeedRule,
    Question,
    Questionnaire,
    Reason,
    Round,
    Rounds,
    Route,
    Scored,
    ScoreLine,
    ScoreVersion,
)

# Never inputs of a score, whatever a score file says (forskelsbehandlingsloven §§ 1 and 3; GDPR
# article 9; screening E.2).
FORBIDDEN_FACTORS = frozenset(
    [
        "age",
        "sex",
        "gender",
        "origin",
        "citizenship",
        "birth_country",
        "religion",
        "locale",
        "language",
        "lang",
        "name",
        "address",
        "postcode",
        "marital_status",
        "children",
        "family",
        "criminal_record",
        "union",
        "sanctions",
        "clicks",
        "free_text",
        "func1",
        "func2",
        "func3",
        "search2w",
    ]
)
# Answers that never count, whatever a score file says: education that is not recognised yet leads to
# help with recognition (route A), and stands for where somebody comes from.
WITHOUT_POINTS = frozenset({("training", "abroad")})
DEMAND = "demand"  # the only factor that is not an answer but is looked up from one (goal_occ)
NO_FULL_OFFER = frozenset({Choice.STANDARD_OFFER, Choice.OTHER_SUPPORT})
WISH_IS_MET = frozenset({Reason.CITIZEN_DECLINED, Reason.ALREADY_SORTED, Reason.DUPLICATE_CONTACT})
LATER = timedelta(days=28)
PLACE = 1000  # thousandths of a place
CHANCE_WEEKS = 4  # the longest that chance waits for a free place, however small a team is
MOST_CARRIED = 2 * PLACE
NEEDS_COUNT = timedelta(days=7)  # wishes of so long ago take places of this week


# --- the questionnaire
# ------------------------------------------------------------------------------


def is_asked(question: Question, answers: Answers) -> bool:
    """True when this question makes sense after the answers given so far."""
    if any(_has_one_of(answers.get(key), wanted) for key, wanted in question.skip_when.items()):
        return False
    return not question.ask_when or any(
        _has_one_of(answers.get(key), wanted) for key, wanted in question.ask_when.items()
    )


def _has_one_of(answer: Any, wanted: Iterable[str]) -> bool:
    if isinstance(answer, Mapping):
        given = set(answer.values())
    elif isinstance(answer, list | tuple):
        given = set(answer)
    else:
        given = {answer}
    return bool(given & set(wanted))


def asked(questions: Iterable[Question], answers: Answers) -> list[Question]:
    """The questions that make sense, in order."""
    return [question for question in questions if is_asked(question, answers)]


def next_open(questionnaire: Questionnaire, answers: Answers, touched: Iterable[str]) -> str | None:
    """Key of the first core question neither answered nor skipped; None when all are done. This is
    where a person resumes.
    """
    seen = set(touched)
    return next(
        (
            question.key
            for question in asked(questionnaire.core, answers)
            if question.key not in seen
        ),
        None,
    )


def neighbours(
    question: Question, questionnaire: Questionnaire, answers: Answers
) -> tuple[str | None, str | None, int, int]:
    """(previous key, next key, number, total) of a question among those of its branch that make
    sense.
    """
    row = asked(
        questionnaire.branch(question.branch) if question.branch else questionnaire.core, answers
    )
    keys = [item.key for item in row]
    place = keys.index(question.key) if question.key in keys else 0
    before = keys[place - 1] if place > 0 else None
    after = keys[place + 1] if place + 1 < len(keys) else None
    return before, after, place + 1, len(keys)


def read_answer(
    question: Question, values: Sequence[str], grid: Mapping[str, str], known: Iterable[str]
) -> Any | None:
    """What was posted as a stored answer, or None when it is empty or not one of the offered
    answers.

    `values` are the ticked or tapped codes, `grid` item -> code, `known` the codes of occupations.
    """
    if question.kind is Kind.GRID:
        kept = {item: code for item, code in grid.items() if code}
        return (
            kept
            if kept
            and set(kept) <= set(question.items)
            and set(kept.values()) <= set(question.answers)
            else None
        )
    allowed = set(known) if question.kind is Kind.OCCUPATIONS else set(question.answers)
    chosen = list(dict.fromkeys(values))
    if not chosen or not set(chosen) <= allowed or (question.most and len(chosen) > question.most):
        return None
    if question.is_one_tap:
        return chosen[0] if len(chosen) == 1 else None
    return [question.alone] if question.alone in chosen else chosen


def round_due(
    rounds: Rounds, *, weeks: int, latest: str | None, finished_on: date | None, today: date
) -> str | None:
    """Landmark of the questionnaire that waits for her; None when nothing does.

    `weeks` out of work, `latest` the landmark of her newest questionnaire of this spell,
    `finished_on` when she finished it. The first round
    comes in any week; an open questionnaire goes on until a later round opens; fresh answers are
    left alone.
    """
    if latest is None or (latest == START and finished_on is None):
        return START
    now = next(
        (one.landmark for one in rounds.after_start if one.from_week <= weeks <= one.until_week),
        None,
    )
    if finished_on is None:
        return now or latest
    is_fresh = (today - finished_on).days < rounds.fresh_days
    return None if now == latest or is_fresh else now


def started_between(one: Round, *, invite_weeks: int, today: date) -> tuple[date, date]:
    """First and last day on which a spell began whose people are told of this round now."""
    last = today - timedelta(weeks=one.from_week)
    return last - timedelta(weeks=invite_weeks) + timedelta(days=1), last


def standing(earlier: Answers, now: Answers, skipped: Iterable[str]) -> dict[str, Any]:
    """What holds after several rounds: the newest answer to each question; what she skipped this
    time holds no longer.
    """
    passed = set(skipped)
    return {key: value for key, value in {**earlier, **now}.items() if key not in passed}


def may_open_health(*, has_right: bool, agreed_on: date | None, today: date) -> bool:
    """Staff opens the questions about health with the right to them, and on the day on which she
    said yes; another day she is asked again.
    """
    return has_right and agreed_on == today


# --- route A: needs
# ------------------------------------------------------------------------------


def needs(answers: Answers, rules: Iterable[NeedRule]) -> list[NeedRule]:
    """The rules that the answers meet, in the order of the file."""
    return [rule for rule in rules if _has_one_of(answers.get(rule.question), rule.answers)]


def reasons_to_raise(answers: Answers, rules: Iterable[NeedRule]) -> list[str]:
    """Codes of the needs when at least one of them raises a flag by itself, else none."""
    met = needs(answers, rules)
    return [rule.code for rule in met] if any(rule.raises for rule in met) else []


def modules_for(answers: Answers, rules: Iterable[ModuleRule]) -> list[ModuleRule]:
    """The rules whose lesson modules these answers suggest to the citizen herself, in the order of
    the file.
    """
    return [rule for rule in rules if _has_one_of(answers.get(rule.question), rule.answers)]


# --- route B: points, for ordering offers only
# -----------------------------------------------------------------------------


def inputs_of(answers: Answers, demand: str | None, version: ScoreVersion) -> dict[str, Any]:
    """What the score may look at: answers to its factors, and local demand for the occupations
    sought. Nothing else gets in.
    """
    allowed = set(version.factors) - FORBIDDEN_FACTORS
    found = {key: value for key, value in answers.items() if key in allowed}
    if demand is not None and DEMAND in allowed:
        found[DEMAND] = demand
    return found


def score(
    inputs: Mapping[str, Any], *, weeks: int, version: ScoreVersion, expected: Iterable[str] = ()
) -> Scored:
    """Points by factor. `weeks` out of work; some lines count half from a week on. Missing answers
    count 0 and are listed.
    """
    points = {
        line.factor: _points(line, weeks)
        for line in version.lines
        if _has_one_of(inputs.get(line.factor), [line.answer])
    }
    missing = tuple(
        factor for factor in expected if factor in version.factors and factor not in inputs
    )
    return Scored(version.version, dict(inputs), weeks, points, missing)


def _points(line: ScoreLine, weeks: int) -> float:
    return (
        line.points / 2
        if line.halve_from_week is not None and weeks >= line.halve_from_week
        else line.points
    )


def factors_expected(
    questionnaire: Questionnaire, answers: Answers, version: ScoreVersion
) -> list[str]:
    """Scored factors of the core that this person was asked about; the voluntary branches never
    count as missing.
    """
    keys = [question.key for question in asked(questionnaire.core, answers)]
    return [
        DEMAND if key == "goal_occ" else key
        for key in keys
        if key in version.factors or (key == "goal_occ" and DEMAND in version.factors)
    ]


def is_unclear(scored: Scored, answers: Answers, version: ScoreVersion) -> bool:
    """Three or more scored items missing, or answers that contradict each other: a person calls, no
    flag, no all-clear.
    """
    contradicts = any(
        all(_has_one_of(answers.get(key), [value]) for key, value in pair.items())
        for pair in version.contradictions
    )
    return contradicts or len(scored.missing) >= version.missing_limit


def reasons(scored: Scored, *, most: int = 3) -> list[str]:
    """The factors that counted most towards an offer, largest first; ties by name. An additive
    score explains itself.
    """
    towards = [(factor, points) for factor, points in scored.points.items() if points > 0]
    return [
        factor for factor, _points in sorted(towards, key=lambda pair: (-pair[1], pair[0]))[:most]
    ]


def counter_reasons(scored: Scored) -> list[str]:
    """The factors that counted the other way."""
    return sorted(factor for factor, points in scored.points.items() if points < 0)


def places(
    capacity: int, flagged_by_needs: int, random_share: float, *, carried: int = 0
) -> tuple[int, int, int]:
    """(places by points, places by chance, what is carried to the next week) of a team's week: needs
    come first, then about a tenth is kept for chance.

    `carried` counts thousandths of a place: what a small team earns in a week is less than one, so
    it is saved until it is one, at the latest every `CHANCE_WEEKS` weeks. Where needs took every
    place it waits for the next free one.
    """
    left = max(0, capacity - flagged_by_needs)
    earned = round(capacity * random_share * PLACE)
    if earned:
        earned = max(earned, PLACE // CHANCE_WEEKS)
    saved = carried + earned
    by_chance = min(left, saved // PLACE)
    rest = min(saved - by_chance * PLACE, MOST_CARRIED)
    return left - by_chance, by_chance, rest


def draw(
    candidates: Sequence[Candidate],
    *,
    by_points: int,
    by_chance: int,
    version: ScoreVersion,
    rng: Random,
) -> Drawn:
    """Who is offered the week's places.

    Order: points plus one a week of waiting (nobody starves), ties by lot. Chance draws from
    everybody else. Those within three
    points below the last place are too close to call: staff looks, at most as many as there are
    places, the nearest first.
    """
    shuffled = rng.sample(list(candidates), len(candidates))
    ranked = sorted(shuffled, key=lambda person: -_with_waiting(person, version))
    taken = [person for person in ranked if not person.is_unclear][:by_points]
    rest = [person for person in ranked if person not in taken]
    lucky = rng.sample(rest, min(by_chance, len(rest)))
    line = _with_waiting(taken[-1], version) if taken and len(taken) == by_points else None
    close = (
        []
        if line is None
        else [
            p
            for p in rest
            if p not in lucky and line - _with_waiting(p, version) <= version.within_points
        ]
    )
    ranks = {person.citizen_id: number for number, person in enumerate(ranked, start=1)}
    return Drawn(tuple(taken), tuple(lucky), tuple(close[:by_points]), by_points + by_chance, ranks)


def _with_waiting(person: Candidate, version: ScoreVersion) -> float:
    return person.points + version.ageing_per_week * person.waiting_weeks


# --- the queue and the review
# ------------------------------------------------------------------------------


def queue_rank(route: Route) -> int:
    """Needs, time, points, chance; within a route the longest waiting comes first."""
    return QUEUE_ORDER.index(route)


def is_kept_promise(route: Route, choice: Choice, reason: Reason | None) -> bool:
    """Who asked gets an offer. The usual meetings alone only when she no longer wants it, or has it:
    that we have no room, or think otherwise, is no answer to a wish.
    """
    return route is not Route.NEEDS or choice is not Choice.STANDARD_OFFER or reason in WISH_IS_MET


def needs_reason(choice: Choice) -> bool:
    """Adding help takes one tap; not giving the suggested offer needs a reason (screening B.6)."""
    return choice in NO_FULL_OFFER
