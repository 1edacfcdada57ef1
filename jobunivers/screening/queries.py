"""Questions about screenings, flags and decisions, through the eyes of the one who asks."""

from collections import Counter
from datetime import date
from functools import cache
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobunivers.caseload import queries as caseload
from jobunivers.caseload.models import Spell
from jobunivers.extensions import db
from jobunivers.screening import catalogue, rules
from jobunivers.screening.flag_queries import list_own_flags, names_of_staff
from jobunivers.screening.log_queries import events_of
from jobunivers.screening.models import (
    Answer,
    Flag,
    HealthAnswer,
    Screening,
)
from jobunivers.screening.types import (
    START,
    Answers,
    Question,
    ToAnswer,
    TypedBy,
)
from jobunivers.shared import clock, vault
from jobunivers.shared.errors import NotFound

# --- the citizen's own
# ------------------------------------------------------------------------------


def find_screening(citizen_id: UUID) -> Screening | None:
    """The newest screening of the spell that is going on, with its answers; one from an earlier
    spell does not count.
    """
    row = db.session.execute(_newest_screening(), {"citizen": citizen_id}).first()
    return None if row is None or is_of_earlier_spell(row) else cast(Screening, row.Screening)


def is_of_earlier_spell(row: Any) -> bool:
    """True for a row (created_at, started_on) from before the spell that is going on."""
    return row.started_on is not None and clock.danish_day(row.created_at) < row.started_on


@cache
def _newest_screening() -> Any:
    """Put together once, as are all statements behind the home page: SQLAlchemy needs longer for
    that than SQLite for the answer.
    """
    query = sa.select(Screening, Screening.created_at, Spell.started_on)
    query = query.outerjoin(
        Spell, sa.and_(Spell.citizen_id == Screening.citizen_id, Spell.ended_on.is_(None))
    )
    return _newest(query).options(selectinload(Screening.answers))


def _newest(query: Any) -> Any:
    """The newest screening of a citizen, of whichever round."""
    return (
        query.where(Screening.citizen_id == sa.bindparam("citizen"))
        .order_by(Screening.created_at.desc(), Screening.id)
        .limit(1)
    )


def latest_answers(citizen_id: UUID) -> dict[str, Any]:
    """What she answered in the finished rounds of the spell that is going on, the newest answer to
    each; no skips, no health; one query.
    """
    found = db.session.execute(_latest_answers(), {"citizen": citizen_id}).all()
    return {
        row.question: row.value
        for row in found
        if row.started_on is None or clock.danish_day(row.created_at) >= row.started_on
    }


@cache
def _latest_answers() -> Any:
    return (
        sa.select(Answer.question, Answer.value, Screening.created_at, Spell.started_on)
        .join(Screening, Screening.id == Answer.screening_id)
        .outerjoin(
            Spell, sa.and_(Spell.citizen_id == Screening.citizen_id, Spell.ended_on.is_(None))
        )
        .where(
            Screening.citizen_id == sa.bindparam("citizen"),
            Screening.finished_at.is_not(None),
            Answer.is_skipped.is_(False),
        )
        .order_by(Screening.created_at, Answer.created_at, Answer.id)
    )


def get_screening(citizen_id: UUID) -> Screening:
    """The same, or NotFound."""
    screening = find_screening(citizen_id)
    if screening is None:
        raise NotFound
    return screening


def answers_of(screening: Screening) -> dict[str, Any]:
    """What was answered, without skips and without health: question -> answer."""
    return {answer.question: answer.value for answer in screening.answers if not answer.is_skipped}


def touched(screening: Screening) -> set[str]:
    """Questions answered or skipped, without health."""
    return {answer.question for answer in screening.answers}


def health_rows(screening_id: UUID) -> list[HealthAnswer]:
    """The sealed health answers of a screening."""
    return list(
        db.session.scalars(
            sa.select(HealthAnswer)
            .where(HealthAnswer.screening_id == screening_id)
            .order_by(HealthAnswer.question)
        )
    )


def health_answers(screening_id: UUID) -> dict[str, Any]:
    """Health answers in the clear, for the citizen herself and for staff with the right. None
    stands for a skipped question.
    """
    return {
        row.question: catalogue.unpacked(vault.unseal(row.value_sealed))
        for row in health_rows(screening_id)
    }


def answer_now(screening: Screening | None, question: Question) -> dict[str, Any]:
    """What is stored as the answer to a question, for forms that must not overwrite somebody
    else's: {"is_given", "value"}, value None for a skip.
    """
    if screening is None:
        return {"is_given": False, "value": None}
    given = (
        health_answers(screening.id)
        if question.is_health
        else {answer.question: answer.value for answer in screening.answers}
    )
    return {"is_given": question.key in given, "value": given.get(question.key)}


def list_typed(screening: Screening) -> list[TypedBy]:
    """Who typed answers in for her, on which day, how many of them; the newest first."""
    rows: list[Answer | HealthAnswer] = [*screening.answers, *health_rows(screening.id)]
    typed = Counter(
        (row.typed_by_id, clock.danish_day(row.answered_at))
        for row in rows
        if row.typed_by_id is not None
    )
    names = names_of_staff(user_id for user_id, _day in typed)
    return [
        TypedBy(names.get(user_id, ""), day, count)
        for (user_id, day), count in sorted(
            typed.items(), key=lambda item: item[0][1], reverse=True
        )
    ]


def find_screening_to_answer(citizen_id: UUID, today: date | None = None) -> ToAnswer | None:
    """For the home page: a round not begun or not finished; None when it is finished and no other
    is due, or no spell is going on.
    """
    rows = db.session.execute(_to_answer(), {"citizen": citizen_id}).all()
    if not rows or is_of_earlier_spell(rows[0]):
        return _not_begun(START) if caseload.current_spell(citizen_id) else None
    latest = rows[0]
    landmark = landmark_due(latest, today or clock.today())
    if landmark is None:
        return None
    if landmark != latest.landmark or latest.finished_at is not None:
        return _not_begun(landmark)
    questionnaire = catalogue.questionnaire(landmark)
    answers, seen = (
        {row.question: row.value for row in rows if row.is_skipped is False},
        {row.question for row in rows},
    )
    core = rules.asked(questionnaire.core, answers)
    done = sum(question.key in seen for question in core)
    return ToAnswer(
        True,
        done,
        len(core),
        rules.next_open(questionnaire, answers, seen),
        questionnaire.minutes,
        landmark,
    )


def _not_begun(landmark: str) -> ToAnswer:
    questionnaire = catalogue.questionnaire(landmark)
    return ToAnswer(False, 0, len(questionnaire.core), None, questionnaire.minutes, landmark)


def landmark_due(latest: Any, today: date) -> str | None:
    """Landmark of the questionnaire that waits, by the newest screening: a row with landmark,
    finished_at and the spell's first day. Without an open spell nothing comes again.
    """
    finished_on = clock.danish_day(latest.finished_at) if latest.finished_at else None
    if latest.started_on is None:
        return None if finished_on else str(latest.landmark)
    weeks = max(0, (today - latest.started_on).days // 7)
    return rules.round_due(
        catalogue.rounds(),
        weeks=weeks,
        latest=latest.landmark,
        finished_on=finished_on,
        today=today,
    )


@cache
def _to_answer() -> Any:
    """The newest screening, a row for each answer as long as it is not finished, else one; columns
    only, because this stands on the home page.
    """
    newest = _newest(sa.select(Screening.id)).scalar_subquery()
    return (
        sa.select(
            Screening.created_at,
            Screening.finished_at,
            Screening.landmark,
            Spell.started_on,
            Answer.question,
            Answer.value,
            Answer.is_skipped,
        )
        .outerjoin(
            Spell, sa.and_(Spell.citizen_id == Screening.citizen_id, Spell.ended_on.is_(None))
        )
        .outerjoin(
            Answer, sa.and_(Answer.screening_id == Screening.id, Screening.finished_at.is_(None))
        )
        .where(Screening.id == newest)
        .order_by(Answer.created_at, Answer.id)
    )


# --- staff
# ------------------------------------------------------------------------------


def find_screening_by_id(screening_id: UUID | None) -> Screening | None:
    """A screening with its answers."""
    if screening_id is None:
        return None
    return db.session.scalar(
        sa.select(Screening)
        .where(Screening.id == screening_id)
        .options(selectinload(Screening.answers))
    )


# --- rules at night
# ------------------------------------------------------------------------------


# --- everything known
# ------------------------------------------------------------------------------


def everything_about_citizen(citizen_id: UUID) -> dict[str, Any]:
    """All screenings, answers (health too: they are hers), flags, decisions with notes, replies,
    and what the log holds about her.

    The log's points stay out: they are shown on no page, and are given to her by a person who asks
    for them.
    """
    query = (
        sa.select(Screening)
        .where(Screening.citizen_id == citizen_id)
        .order_by(Screening.created_at, Screening.id)
    )
    screenings = db.session.scalars(query.options(selectinload(Screening.answers)))
    return {
        "screenings": [_screening(screening) for screening in screenings],
        "flags": [_flag(flag) for flag in list_own_flags(citizen_id)],
        "log": [
            {
                "at": event.created_at.isoformat(),
                "what": event.kind,
                "answers_used": event.payload.get("inputs"),
            }
            for event in events_of(citizen_id)
        ],
    }


def _screening(screening: Screening) -> dict[str, Any]:
    return {
        "round": screening.landmark,
        "begun_at": screening.created_at.isoformat(),
        "finished_at": screening.finished_at.isoformat() if screening.finished_at else None,
        "language": screening.locale,
        "answers": {
            answer.question: None if answer.is_skipped else answer.value
            for answer in screening.answers
        },
        "health_answers": health_answers(screening.id),
        "typed_in_together": [
            {"by": line.name, "on": line.on.isoformat(), "answers": line.count}
            for line in list_typed(screening)
        ],
    }


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "raised_at": flag.raised_at.isoformat(),
        "route": flag.route.value,
        "reasons": flag.params.get("reasons", []),
        "decisions": [
            {
                "at": review.decided_at.isoformat(),
                "choice": review.choice.value,
                "reason": review.reason.value if review.reason else None,
                "note": review.note,
                "message": review.message,
            }
            for review in flag.reviews
        ],
        "replies": [
            {"at": reply.created_at.isoformat(), "text": reply.text} for reply in flag.replies
        ],
    }


def all_answers(screening: Screening) -> Answers:
    """Ordinary and health answers together, for the rules of needs; skipped ones left out."""
    health = {
        key: value for key, value in health_answers(screening.id).items() if value is not None
    }
    return {**answers_of(screening), **health}
