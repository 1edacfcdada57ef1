"""Flags: raised, answered by the citizen, decided by a person."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from jobunivers.caseload import queries as caseload
from jobunivers.contact import course_queries, task_services
from jobunivers.contact import queries as contact_queries
from jobunivers.contact import services as contact
from jobunivers.contact.types import TaskKind
from jobunivers.extensions import db
from jobunivers.identity import queries as identity
from jobunivers.identity.types import Grant
from jobunivers.messages import services as messages
from jobunivers.messages.rules import answer_by
from jobunivers.screening import (
    catalogue,
    flag_queries,
    notices,
    rules,
)
from jobunivers.screening import logbook_services as logbook
from jobunivers.screening.models import Flag, FlagReply, Review
from jobunivers.screening.types import (
    Choice,
    FlagStatus,
    QueueRow,
    Reason,
    Route,
)
from jobunivers.shared import audit, clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.errors import NotAllowed, Stale

NEEDS = "needs"  # rule code of the flag that a questionnaire raises by route A


def ask_to_call(citizen_id: UUID, screening_id: UUID | None, *, now: datetime) -> None:
    """ "Unclear" is an entry in somebody's list of people to call, never a flag and never an
    all-clear.
    """
    key = f"unclear:{screening_id or citizen_id}"
    if contact.ask_staff(citizen_id, what=TaskKind.CALL_UNCLEAR, now=now, key=key) is not None:
        logbook.append("unclear", {"screening": screening_id}, citizen_id=citizen_id, now=now)


def raise_flag(
    citizen_id: UUID,
    *,
    rule: str,
    route: Route,
    reasons: Iterable[str],
    now: datetime,
    screening_id: UUID | None = None,
    by_user_id: UUID | None = None,
    **params: Any,
) -> Flag:
    """A signal for a person to look at; an open one of the same rule is brought up to date instead.
    `reasons` are codes of content/screening.

    Staff raises one without any screening with rule `citizen_asked`.
    """
    content = {"reasons": list(reasons), **params}
    flag = flag_queries.find_open_flag(citizen_id, rule)
    if flag is None:
        flag = Flag(
            citizen_id=citizen_id,
            rule=rule,
            route=route,
            raised_at=now,
            wording_version=catalogue.questionnaire().version,
            reviews=[],
            replies=[],
        )
        db.session.add(flag)
    elif flag.params == content:
        return flag
    flag.params, flag.screening_id = content, screening_id or flag.screening_id
    db.session.flush()
    logbook.append(
        "flag_raised",
        {"flag": flag.id, "rule": rule, "route": route, **content, "by": by_user_id},
        citizen_id=citizen_id,
        now=now,
    )
    return flag


def ask_for_talk(citizen_id: UUID, *, now: datetime, by_user_id: UUID | None = None) -> Flag:
    """She asked for a talk, on a page or to a member of staff."""
    return raise_flag(
        citizen_id,
        rule="citizen_asked",
        route=Route.NEEDS,
        reasons=["citizen_asked"],
        now=now,
        by_user_id=by_user_id,
    )


def reply(
    citizen_id: UUID, text: str, *, now: datetime, review_id: UUID | None = None
) -> FlagReply:
    """The citizen sees it differently: her words go to the caseworker, on the flag they are about,
    or on a new one.
    """
    flag: Flag | None
    if review_id is not None:
        flag = flag_queries.get_decision_for(citizen_id, review_id).flag
    else:
        flag = next(
            (
                flag
                for flag in flag_queries.list_own_flags(citizen_id)
                if flag.rule not in catalogue.HEALTH_RULES
            ),
            None,
        )
    if flag is None:
        flag = raise_flag(
            citizen_id, rule="citizen_reply", route=Route.NEEDS, reasons=["citizen_reply"], now=now
        )
    if latest := next(
        (known for known in flag.replies if known.text == text and known.read_at is None), None
    ):
        return latest  # sent twice
    answer = FlagReply(text=text, created_at=now)
    flag.replies.append(answer)
    db.session.flush()
    _ask_for_answer(flag, answer, now=now)
    logbook.append(
        "citizen_replied", {"flag": flag.id, "reply": answer.id}, citizen_id=citizen_id, now=now
    )
    return answer


def answer_due_on(written_at: datetime) -> date:
    """The day by which she has an answer: the profile's working days after she wrote."""
    day, days = clock.danish_day(written_at), current_profile().answer_days
    closed = contact_queries.closed_days(day, day + timedelta(days=30 + 2 * days))
    return answer_by(day, days, closed)


def list_overdue(rows: Iterable[QueueRow], today: date) -> set[UUID]:
    """The flags among these that have waited for longer than she was told."""
    raised = {row.flag_id: clock.danish_day(row.raised_at) for row in rows}
    if not raised:
        return set()
    closed = contact_queries.closed_days(min(raised.values()), today)
    days = current_profile().answer_days
    return {flag_id for flag_id, day in raised.items() if answer_by(day, days, closed) < today}


def _ask_for_answer(flag: Flag, answer: FlagReply, *, now: datetime) -> None:
    """A named person gets the task: a colleague of the team who did not decide, where there is one;
    else whoever is responsible for her, or who decided. Of health only somebody with the right.
    """
    decider = flag.reviews[-1].reviewer_id if flag.reviews else None
    reader = course_queries.responsible_for([flag.citizen_id]).get(flag.citizen_id) or decider
    others = _others_who_may_answer(flag, decider)
    if flag.rule in catalogue.HEALTH_RULES:
        seeing = {user.id for user in identity.list_staff(Grant.HEALTH_ANSWERS)}
        if reader not in seeing:
            elsewhere = sorted(seeing - {decider})
            reader = decider if decider in seeing else next(iter(elsewhere), None)
    if decider is not None:
        reader = min(others, key=lambda user_id: others[user_id], default=reader)
    if reader is not None:
        contact.add_task(
            flag.citizen_id,
            reader,
            what=TaskKind.OBJECTION,
            due_on=answer_due_on(now),
            key=_objection_key(answer),
        )


def _others_who_may_answer(flag: Flag, decider: UUID | None) -> dict[UUID, int]:
    """Colleagues of her team who did not decide, with their loads; of health those with the right."""
    loads = caseload.loads_of_team_of(flag.citizen_id)
    if flag.rule in catalogue.HEALTH_RULES:
        seeing = {user.id for user in identity.list_staff(Grant.HEALTH_ANSWERS)}
        loads = {user_id: load for user_id, load in loads.items() if user_id in seeing}
    return {user_id: load for user_id, load in loads.items() if user_id != decider}


def needs_another(flag: Flag, user_id: UUID) -> bool:
    """Whether what she wrote about this person's decision is for somebody else of the team."""
    if not flag.reviews or flag.reviews[-1].reviewer_id != user_id:
        return False
    is_waiting = any(answer.read_at is None for answer in flag.replies)
    return is_waiting and bool(_others_who_may_answer(flag, user_id))


def _objection_key(answer: FlagReply) -> str:
    return f"objection:{answer.id}"


def review_flag(
    flag_id: UUID,
    *,
    reviewer_id: UUID,
    sees_health: bool,
    seen: int,
    choice: Choice,
    reason: Reason | None,
    offer_kind: str | None,
    note: str,
    message: str,
    now: datetime,
) -> Review:
    """A person decides. `seen` is the number of decisions and of the citizen's replies the form was
    opened with; when there are more by now, Stale carries the newest decision. The decision answers
    what she had written; reading it alone changes nothing.

    An offer opens a need for a meeting (the citizen may book it); "later" puts it on the reviewer's
    list. The citizen is told in her language.
    """
    flag, _citizen = flag_queries.get_flag_for(
        reviewer_id, flag_id, sees_health=sees_health, for_update=True
    )
    if not rules.is_kept_promise(flag.route, choice, reason):
        raise NotAllowed
    if len(flag.reviews) + len(flag.replies) != seen:
        raise Stale(flag.reviews[-1] if flag.reviews else None)
    if needs_another(flag, reviewer_id):
        raise NotAllowed
    review = Review(
        flag_id=flag.id,
        reviewer_id=reviewer_id,
        choice=choice,
        reason=reason,
        note=note,
        message=message,
        offer_kind=offer_kind if choice is Choice.OFFER_NOW else None,
        decided_at=now,
    )
    flag.reviews.append(review)
    db.session.flush()
    flag.status, flag.decision_id = FlagStatus.DECIDED, flag.decision_id or review.id
    _answer_all(flag.replies, now)
    _act_on(review, flag, reviewer_id=reviewer_id, now=now)
    _note_decision(flag, review, now)
    return review


def _answer_all(replies: Iterable[FlagReply], now: datetime) -> None:
    """What she had written is answered by the decision, and nobody's task any more."""
    for reply in replies:
        if reply.read_at is None:
            reply.read_at = now
            task_services.finish_by_key(_objection_key(reply), now=now)
    db.session.flush()


def _note_decision(flag: Flag, review: Review, now: datetime) -> None:
    """In both logs."""
    logbook.append(
        "decided",
        {
            "flag": flag.id,
            "review": review.id,
            "choice": review.choice,
            "reason": review.reason,
            "offer": review.offer_kind,
            "by": review.reviewer_id,
        },
        citizen_id=flag.citizen_id,
        now=now,
    )
    audit.record(
        "flag.decided",
        actor_id=review.reviewer_id,
        actor_role="caseworker",
        citizen_id=flag.citizen_id,
        flag=str(flag.id),
        choice=review.choice.value,
    )


def _act_on(review: Review, flag: Flag, *, reviewer_id: UUID, now: datetime) -> None:
    """One notice tells the decision, an offer's deadline too: no invitation beside it."""
    later_on, deadline_on = clock.danish_day(now) + rules.LATER, None
    if review.offer_kind is not None:
        key = f"review:{review.id}"
        need = contact.open_need(
            flag.citizen_id,
            review.offer_kind,
            reason="offer",
            now=now,
            by_user_id=reviewer_id,
            key=key,
            sends_invitation=False,
        )
        review.need_id, deadline_on = need.id, need.deadline_on
    if review.choice is Choice.OFFER_LATER:
        contact.add_task(
            flag.citizen_id,
            reviewer_id,
            what=TaskKind.OTHER,
            due_on=later_on,
            key=f"review:{review.id}",
        )
    params = {
        "review": review.id,
        "choice": review.choice,
        "reason": review.reason,
        "kind": review.offer_kind,
        "later_on": later_on,
        "message": review.message,
        "deadline_on": deadline_on,
    }
    messages.notify(
        caseload.recipient_of(flag.citizen_id),
        notices.DECISION,
        params,
        now=now,
        key=f"review:{review.id}",
        author_id=reviewer_id,
    )


def mark_decision_seen(citizen_id: UUID, review_id: UUID, *, now: datetime) -> None:
    """The citizen has opened the decision."""
    review = flag_queries.get_decision_for(citizen_id, review_id)
    if review.seen_at is None:
        review.seen_at = now
        logbook.append("decision_seen", {"review": review.id}, citizen_id=citizen_id, now=now)


def ensure_own_citizen(viewer_user_id: UUID, citizen_id: UUID) -> None:
    """NotFound unless the citizen is of the viewer's own caseload or teams."""
    caseload.get_citizen_for(viewer_user_id, citizen_id)
