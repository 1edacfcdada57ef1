"""What a citizen and her caseworker do with a screening: answer, finish, reply, decide. Flushes,
never commits.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload import erasure_services as erasure
from jobunivers.caseload import queries as caseload
from jobunivers.caseload import rules as caseload_rules
from jobunivers.extensions import db
from jobunivers.labour_market import queries as barometer
from jobunivers.labour_market import rules as labour_market
from jobunivers.messages import services as messages
from jobunivers.screening import (
    catalogue,
    flag_queries,
    log_queries,
    notices,
    queries,
    round_queries,
    rules,
)
from jobunivers.screening import logbook_services as logbook
from jobunivers.screening.flag_services import NEEDS, ask_to_call, raise_flag
from jobunivers.screening.models import Answer, Flag, HealthAnswer, Screening
from jobunivers.screening.types import (
    START,
    Answers,
    Question,
    Route,
    Scored,
    Typist,
)
from jobunivers.shared import audit, clock, vault
from jobunivers.shared.editing import ensure_unchanged
from jobunivers.shared.profile import Profile

# --- answering
# ------------------------------------------------------------------------------


def start_screening(
    citizen_id: UUID, *, locale: str, now: datetime, by: Typist | None = None
) -> Screening:
    """The questionnaire of this spell that is open, begun now when a round is due. `by`: who types
    in with her. Who answers at once waits in line.
    """
    caseload.lock_citizen(citizen_id)
    screening, waiting = (
        queries.find_screening(citizen_id),
        queries.find_screening_to_answer(citizen_id, clock.danish_day(now)),
    )
    if screening is None or (waiting is not None and not waiting.begun):
        questionnaire = catalogue.questionnaire(waiting.landmark if waiting else START)
        screening = Screening(
            citizen_id=citizen_id,
            landmark=questionnaire.landmark,
            locale=locale,
            version=questionnaire.version,
            created_at=now,
            answers=[],
        )
        db.session.add(screening)
        db.session.flush()
        logbook.append(
            "begun",
            {
                "screening": screening.id,
                "round": screening.landmark,
                "version": screening.version,
                **typed(by),
            },
            citizen_id=citizen_id,
            now=now,
        )
    return screening


def record_answer(
    citizen_id: UUID,
    question: Question,
    value: Any | None,
    *,
    locale: str,
    now: datetime,
    by: Typist | None = None,
    version: str | None = None,
) -> Screening:
    """Keeps one answer, or the wish to skip (None). Health answers are sealed and apart. After the
    end it is a correction: needs are read again.

    `by`: who typed it in. `version`: the answer as the form was opened with (`queries.answer_now`);
    another one since raises Stale, None is not checked.
    """
    caseload.lock_citizen(citizen_id)
    screening = queries.find_screening(citizen_id) or start_screening(
        citizen_id, locale=locale, now=now, by=by
    )
    if version is not None:
        ensure_unchanged(
            version,
            stored=queries.answer_now(screening, question),
            wanted={"is_given": True, "value": value},
        )
    if question.is_health:
        _keep_health(screening, question, value, now, by)
    else:
        keep(screening, question, value, locale, now, by)
    screening.locale = locale
    db.session.flush()
    _note_typed("screening.typed", citizen_id, by, question=question.key)
    if screening.finished_at is not None:
        _raise_by_needs(screening, now=now)
        logbook.append(
            "corrected",
            {"screening": screening.id, "question": question.key, **typed(by)},
            citizen_id=citizen_id,
            now=now,
        )
        tell_what_was_typed(screening, by, now)
    return screening


def keep(
    screening: Screening,
    question: Question,
    value: Any | None,
    locale: str,
    now: datetime,
    by: Typist | None,
) -> None:
    """Stores one ordinary answer with its wording and who typed it; None is a skip."""
    answer = next((answer for answer in screening.answers if answer.question == question.key), None)
    if answer is None:
        answer = Answer(question=question.key, created_at=now)
        screening.answers.append(answer)
    answer.value, answer.is_skipped, answer.answered_at = value, value is None, now
    answer.wording = catalogue.question_text(question.key, locale).wording
    answer.typed_by_id = by.user_id if by else None


def _keep_health(
    screening: Screening, question: Question, value: Any | None, now: datetime, by: Typist | None
) -> None:
    row = next(
        (row for row in queries.health_rows(screening.id) if row.question == question.key), None
    )
    if row is None:
        row = HealthAnswer(
            citizen_id=screening.citizen_id, screening_id=screening.id, question=question.key
        )
        db.session.add(row)
    row.value_sealed, row.answered_at = vault.seal(catalogue.packed(value)), now
    row.typed_by_id = by.user_id if by else None


def typed(by: Typist | None) -> dict[str, Any]:
    """What the log says of who typed; nothing when she did it herself."""
    return {"by": by.user_id} if by else {}


def _note_typed(action: str, citizen_id: UUID, by: Typist | None, **detail: str) -> None:
    """Each deed of a typist stands in the list that the citizen reads."""
    if by:
        audit.record(
            action,
            actor_id=by.user_id,
            actor_role=by.role,
            citizen_id=citizen_id,
            **detail,
        )


def tell_what_was_typed(screening: Screening, by: Typist | None, now: datetime) -> None:
    """One notice a day and typist, in her language, however many answers."""
    if by:
        on = clock.danish_day(now)
        params = {"screening": screening.id, "by": by.name, "on": on}
        key = f"typed:{screening.id}:{by.user_id}:{on}"
        messages.notify(
            caseload.recipient_of(screening.citizen_id),
            notices.TYPED,
            params,
            now=now,
            key=key,
            author_id=by.user_id,
        )


def agree_to_health(citizen_id: UUID, *, agrees: bool, by: Typist | None, now: datetime) -> None:
    """She was asked whether she wants the questions about health, and said yes or no. Raises
    NotFound before the questionnaire has begun.
    """
    screening = queries.get_screening(citizen_id)
    screening.health_agreed_at = now if agrees else None
    db.session.flush()
    logbook.append(
        "health_asked",
        {"screening": screening.id, "agrees": agrees, **typed(by)},
        citizen_id=citizen_id,
        now=now,
    )
    _note_typed("health.asked", citizen_id, by)


def take_back(citizen_id: UUID, *, now: datetime, by: Typist | None = None) -> int:
    """Removes all that was typed in for her, health too, with what undecided flags rest on. Returns
    how many answers.

    With nothing left the questionnaire is open again. `by`: who took it back on her word.
    """
    caseload.lock_citizen(citizen_id)
    screening = queries.get_screening(citizen_id)
    health = [row for row in queries.health_rows(screening.id) if row.typed_by_id is not None]
    theirs = [answer for answer in screening.answers if answer.typed_by_id is not None]
    for answer in theirs:
        screening.answers.remove(answer)
    for row in health:
        db.session.delete(row)
    screening.health_agreed_at = None
    db.session.flush()
    if screening.finished_at is not None:
        _raise_by_needs(screening, now=now)
    if not screening.answers:
        screening.finished_at = None
    logbook.append(
        "taken_back",
        {"screening": screening.id, "answers": len(theirs) + len(health), **typed(by)},
        citizen_id=citizen_id,
        now=now,
    )
    told = str(screening.id)
    logbook.shred(
        [
            event
            for event in log_queries.events_of(citizen_id)
            if event.payload.get("screening") == told
        ],
        now=now,
    )
    _note_typed("screening.taken_back", citizen_id, by)
    return len(theirs) + len(health)


def delete_health_answers(citizen_id: UUID, *, now: datetime) -> int:
    """Removes the citizen's health answers at once, and an undecided wish that rested on them.
    Returns how many answers.
    """
    screening = queries.find_screening(citizen_id)
    rows = round_queries.own_health_rows(citizen_id)
    for row in rows:
        db.session.delete(row)
    if screening:
        screening.health_agreed_at = None
    for code in catalogue.HEALTH_RULES:
        _withdraw(citizen_id, code, now=now)
    db.session.flush()
    audit.record("health.deleted", actor_id=None, actor_role="citizen", citizen_id=citizen_id)
    return len(rows)


def finish_screening(
    citizen_id: UUID, *, now: datetime, profile: Profile, by: Typist | None = None
) -> Screening:
    """Marks the end. Needs raise flags at once; too little or contradictory answers ask a person to
    call. A second time changes nothing.
    """
    caseload.lock_citizen(citizen_id)
    screening = queries.get_screening(citizen_id)
    if screening.finished_at is not None:
        return screening
    screening.finished_at = now
    db.session.flush()
    answered = {
        "screening": screening.id,
        "round": screening.landmark,
        "version": screening.version,
        "language": screening.locale,
        **typed(by),
    }
    logbook.append("finished", answered, citizen_id=citizen_id, now=now)
    audit.record(
        "screening.finished",
        actor_id=by.user_id if by else None,
        actor_role=by.role if by else "citizen",
        citizen_id=citizen_id,
    )
    tell_what_was_typed(screening, by, now)
    one = catalogue.find_round(screening.landmark)
    if (
        not _raise_by_needs(screening, now=now)
        and profile.screening.route_b.is_on
        and (one is None or one.points)
    ):
        _look_for_gaps(screening, profile=profile, now=now)
    return screening


def _raise_by_needs(screening: Screening, *, now: datetime) -> list[Flag]:
    """Brings the flags of route A up to the answers: raises, updates, or withdraws what nobody has
    decided yet.

    A new flag rests on what she said in this round; an open one of an earlier round keeps the
    reasons that still hold, and is not doubled.
    Health that was not asked about again leaves its flag as it is.
    """
    ordinary = [rule for rule in catalogue.need_rules() if rule.code not in catalogue.HEALTH_RULES]
    is_open = flag_queries.find_open_flag(screening.citizen_id, NEEDS) is not None
    told = rules.reasons_to_raise(
        round_queries.standing_answers(screening) if is_open else queries.answers_of(screening),
        ordinary,
    )
    wanted = [(NEEDS, told)]
    if screening.landmark == START or queries.health_rows(screening.id):
        met = {
            rule.code
            for rule in rules.needs(queries.all_answers(screening), catalogue.need_rules())
        }
        wanted += [(code, [code] if code in met else []) for code in catalogue.HEALTH_RULES]
    flags = []
    for rule, codes in wanted:
        if codes:
            flags.append(
                raise_flag(
                    screening.citizen_id,
                    rule=rule,
                    route=Route.NEEDS,
                    reasons=codes,
                    screening_id=screening.id,
                    now=now,
                )
            )
        else:
            _withdraw(screening.citizen_id, rule, now=now)
    return flags


def _withdraw(citizen_id: UUID, rule: str, *, now: datetime) -> None:
    flag = flag_queries.find_open_flag(citizen_id, rule)
    if flag is not None and not flag.reviews and not flag.replies:
        db.session.delete(flag)
        logbook.append(
            "flag_withdrawn", {"flag": flag.id, "rule": rule}, citizen_id=citizen_id, now=now
        )


def _look_for_gaps(screening: Screening, *, profile: Profile, now: datetime) -> None:
    scored, unclear = score_screening(screening, profile=profile, today=clock.danish_day(now))
    logbook.append(
        "scored",
        logbook.scored_payload(scored, screening=screening.id),
        citizen_id=screening.citizen_id,
        now=now,
    )
    if unclear:
        ask_to_call(screening.citizen_id, screening.id, now=now)


def score_screening(screening: Screening, *, profile: Profile, today: date) -> tuple[Scored, bool]:
    """(points with their parts, whether a person should look because answers are missing or
    contradictory).
    """
    answers, version, questionnaire = (
        round_queries.standing_answers(screening),
        catalogue.score_version(),
        catalogue.questionnaire(),
    )
    spell = caseload.current_spell(screening.citizen_id)
    weeks = caseload_rules.weeks_out_of_work(spell, today) if spell else 0
    scored = rules.score(
        rules.inputs_of(answers, local_demand(answers, profile), version),
        weeks=weeks,
        version=version,
        expected=rules.factors_expected(questionnaire, answers, version),
    )
    return scored, rules.is_unclear(scored, answers, version)


def local_demand(answers: Answers, profile: Profile) -> str | None:
    """The best local demand among the occupations sought; the middle of the scale when none of them
    is assessed.
    """
    sought = answers.get("goal_occ")
    if not sought:
        return None
    found = labour_market.best_demand(sought, barometer.local_demand(profile))
    return found.value if found else "not_assessed"


# --- flags
# ------------------------------------------------------------------------------


def erase_own_answers(citizen_id: UUID, *, now: datetime) -> None:
    """What of the questionnaire is still the citizen's alone: answers about health, and a
    questionnaire that she has not finished.
    """
    delete_health_answers(citizen_id, now=now)
    db.session.execute(
        sa.delete(Screening).where(
            Screening.citizen_id == citizen_id, Screening.finished_at.is_(None)
        )
    )


def forget_answers(ended_before: date, *, now: datetime) -> int:
    """Deletes the questionnaires of everybody whose last period out of work ended before that day,
    and the answers that the log holds of questionnaires that are gone; decisions stay with the case.
    """
    over = sa.delete(Screening).where(Screening.citizen_id.in_(erasure.ended_before(ended_before)))
    forgotten = int(db.session.execute(over).rowcount)  # type: ignore[attr-defined]
    logbook.shred(now=now)
    return forgotten


def erase_citizen(citizen_id: UUID, *, now: datetime) -> None:
    """Takes her answers out of the log and cuts her off it before she is deleted; the chain stays
    whole. The other tables go with the citizen.
    """
    events = log_queries.events_of(citizen_id)
    logbook.shred(events, now=now)
    for event in events:
        event.citizen_id = None
    db.session.flush()
