"""Somebody is away, or has left: what she had booked is never cancelled in silence. A named colleague
is asked to find another time or person, and what is asked is taken back when she comes after all.
"""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from jobunivers.booking import asking_services as asking
from jobunivers.booking.models import OpeningWindow
from jobunivers.booking.standing_queries import Standing, list_standing, list_without_host
from jobunivers.caseload import absence_queries as absences
from jobunivers.caseload.models import Absence
from jobunivers.caseload.types import AwayFor
from jobunivers.contact import course_queries as courses
from jobunivers.contact.types import TaskKind
from jobunivers.extensions import db
from jobunivers.shared import audit, clock


def list_in_absence(
    user_id: UUID, *, starts_at: datetime, ends_at: datetime, viewer_id: UUID, now: datetime
) -> list[Standing]:
    """Her meetings that would stand in such an absence and are not over."""
    return list_standing(
        viewer_id=viewer_id, after=now, first=starts_at, end=ends_at, host_id=user_id
    )


def add_absence(
    user_id: UUID,
    *,
    starts_at: datetime,
    ends_at: datetime,
    reason: AwayFor = AwayFor.OTHER,
    substitute_id: UUID | None = None,
    by_user_id: UUID | None = None,
    now: datetime | None = None,
) -> Absence:
    """She is away in this time: nothing is offered, and each meeting that stands in it is on the
    list of whoever stands in. The same days twice are one absence, with what was said last.
    """
    now = now or clock.now()
    same = sa.select(Absence).where(
        Absence.user_id == user_id, Absence.starts_at == starts_at, Absence.ends_at == ends_at
    )
    absence = db.session.scalar(same)
    if absence is None:
        absence = Absence(user_id=user_id, starts_at=starts_at, ends_at=ends_at)
        db.session.add(absence)
    absence.reason, absence.substitute_id = reason, substitute_id
    _record("absence.entered", absence, by_user_id)
    db.session.flush()
    meetings = list_standing(
        viewer_id=user_id, after=now, first=starts_at, end=ends_at, host_id=user_id
    )
    asked = [
        (meeting, absences.stand_in_of(user_id, max(meeting.starts_at, now)) or user_id)
        for meeting in meetings
    ]
    asking.ask(asked, TaskKind.HOST_AWAY, _why(user_id), now=now)
    return absence


def end_absence(absence_id: UUID, *, by_user_id: UUID, now: datetime) -> None:
    """She comes after all, or is back early: from now on her times are offered again, and nobody need
    move a meeting that no other absence covers. An absence that has not begun is as if it had never
    been entered; whoever is back is back from all that had begun.
    """
    absence = db.session.get_one(Absence, absence_id)
    has_begun = absence.starts_at < now
    hers = sa.select(Absence).where(Absence.user_id == absence.user_id, Absence.ends_at > now)
    left: list[Absence] = []
    for each in db.session.scalars(hers.order_by(Absence.starts_at, Absence.id)).all():
        if each.id != absence.id and not (has_begun and each.starts_at < now):
            left.append(each)
            continue
        _record("absence.ended", each, by_user_id)
        if each.starts_at >= now:
            db.session.delete(each)
        else:
            each.ends_at = now
    db.session.flush()
    still = {
        meeting.id
        for each in left
        for meeting in list_standing(
            viewer_id=by_user_id,
            after=now,
            first=each.starts_at,
            end=each.ends_at,
            host_id=each.user_id,
        )
    }
    asking.take_back(_why(absence.user_id), now=now, but=still)


def _why(user_id: UUID) -> str:
    return f"away:{user_id}"


def _record(action: str, absence: Absence, by_user_id: UUID | None) -> None:
    audit.record(
        action,
        actor_id=by_user_id or absence.user_id,
        actor_role="caseworker" if by_user_id in (None, absence.user_id) else "coordinator",
        user_id=str(absence.user_id),
        first=clock.danish_day(absence.starts_at).isoformat(),
        last=clock.danish_day(absence.ends_at - timedelta(minutes=1)).isoformat(),
    )


def release(user_id: UUID, *, now: datetime) -> None:
    """She has left: nothing is offered any more, absences to come are gone, and each coming meeting
    is on a colleague's list, with whom it will be.
    """
    windows = sa.select(OpeningWindow).where(OpeningWindow.user_id == user_id)
    today = clock.danish_day(now)
    for window in db.session.scalars(windows.order_by(OpeningWindow.id)):
        if window.valid_to is None or window.valid_to > today:
            window.valid_to = max(today, window.valid_from)
    db.session.execute(sa.delete(Absence).where(Absence.user_id == user_id, Absence.ends_at > now))
    meetings = list_standing(viewer_id=user_id, after=now, host_id=user_id)
    who = courses.responsible_for([meeting.citizen_id for meeting in meetings])
    asked = [(one, who[one.citizen_id]) for one in meetings if one.citizen_id in who]
    asking.ask(asked, TaskKind.HOST_LEFT, _left(user_id), now=now)


def ask_what_nobody_was_asked(*, now: datetime) -> None:
    """Nightly: coming meetings of somebody who is away or has left, for which nobody was asked to find
    another time or person, because nobody was there that day. What was asked once is not asked again.
    """
    found = list_without_host(now)
    keys = {
        one.id: f"{_left(one.host_id) if has_left else _why(one.host_id)}:{one.id}"
        for one, has_left in found
    }
    known = asking.asked_already(keys.values())
    missing = [(one, has_left) for one, has_left in found if keys[one.id] not in known]
    who = courses.responsible_for([one.citizen_id for one, has_left in missing if has_left])
    for one, has_left in missing:
        stands_in = absences.stand_in_of(one.host_id, max(one.starts_at, now))
        helper = who.get(one.citizen_id) if has_left else stands_in
        if helper:
            what = TaskKind.HOST_LEFT if has_left else TaskKind.HOST_AWAY
            why = _left(one.host_id) if has_left else _why(one.host_id)
            asking.ask([(one, helper)], what, why, now=now)


def _left(user_id: UUID) -> str:
    return f"left:{user_id}"
