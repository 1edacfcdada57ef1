"""Whether an invitation would lead to a time. Asked for many citizens at once: those with the same
caseworker, team and need of an interpreter share a look.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from jobunivers.booking import diary_queries, offer_queries, rules
from jobunivers.booking.types import Form, Hosts, Wish
from jobunivers.caseload.models import Assignment, Citizen
from jobunivers.contact import queries as contact
from jobunivers.contact.types import WantedTime
from jobunivers.extensions import db
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.profile import MeetingKind

STEP = timedelta(days=7)


@dataclass
class _Seen:
    """What earlier looks for the same hosts and kind found: days with a time, and stretches
    without one.
    """

    free: set[date] = field(default_factory=set)
    empty: list[tuple[date, date]] = field(default_factory=list)

    def answer(self, first: date, last: date) -> bool | None:
        if any(first <= day <= last for day in self.free):
            return True
        if any(begins <= first and last <= ends for begins, ends in self.empty):
            return False
        return None


def with_times(wanted: Sequence[WantedTime], now: datetime) -> frozenset[WantedTime]:
    """Those for whom a time can be booked from the first to the last day they could choose."""
    like = _alike({each.citizen_id for each in wanted}) if wanted else {}
    seen: dict[tuple[object, str], _Seen] = {}
    found: set[WantedTime] = set()
    for each in wanted:
        known = seen.setdefault((like.get(each.citizen_id), each.kind), _Seen())
        if _has_time(each, known, now):
            found.add(each)
    return frozenset(found)


def _alike(citizen_ids: Iterable[UUID]) -> dict[UUID, tuple[object, ...]]:
    """What decides who could meet them and for how long."""
    current = sa.and_(Assignment.citizen_id == Citizen.id, Assignment.ended_at.is_(None))
    query = (
        sa.select(Citizen.id, Citizen.team_id, Assignment.user_id, Citizen.interpreter_language)
        .outerjoin(Assignment, current)
        .where(Citizen.id.in_(list(citizen_ids)))
    )
    return {
        row.id: (row.team_id, row.user_id, bool(row.interpreter_language))
        for row in db.session.execute(query)
    }


def _has_time(wanted: WantedTime, seen: _Seen, now: datetime) -> bool:
    profile = current_profile()
    kind = profile.kind(wanted.kind)
    begin = now + timedelta(hours=kind.notice_hours)
    if wanted.earliest_on:
        begin = max(begin, contact.start_of(wanted.earliest_on))
    last_on = rules.last_day(
        clock.danish_day(now),
        horizon_weeks=kind.horizon_weeks,
        deadline_on=wanted.deadline_on,
        grace_days=profile.grace_days,
        stands_on=None,
    )
    first_on = clock.danish_day(begin)
    answer = seen.answer(first_on, last_on)
    if answer is None:
        days = _first_free_days(wanted.citizen_id, kind, begin, last_on)
        seen.free |= days
        answer = bool(days)
        if not answer:
            seen.empty.append((first_on, last_on))
    return answer


def _first_free_days(
    citizen_id: UUID, kind: MeetingKind, begin: datetime, last_on: date
) -> set[date]:
    """The days with a time in the first week that has one; her own caseworker is asked first."""
    hosts = diary_queries.read_hosts(citizen_id, kind)
    end = contact.start_of(last_on + timedelta(days=1)) - timedelta(minutes=1)
    while begin <= end:
        for host_ids in (hosts.own, hosts.others):
            if host_ids and (
                days := _days_of(citizen_id, kind, hosts, host_ids, begin, min(begin + STEP, end))
            ):
                return days
        begin += STEP
    return set()


def _days_of(
    citizen_id: UUID,
    kind: MeetingKind,
    hosts: Hosts,
    host_ids: tuple[UUID, ...],
    begin: datetime,
    end: datetime,
) -> set[date]:
    minutes = rules.minutes_of(kind, interpreter=bool(hosts.interpreter_language))
    for form in kind.forms:
        wish = Wish(Form(form), minutes, kind.before, kind.after, begin, end)
        diary = diary_queries.read_diary(
            citizen_id,
            host_ids,
            wish,
            places=offer_queries.places(),
            kinds=current_profile().meeting_kinds,
        )
        if not diary.windows:
            return set()
        if slots := rules.all_slots(wish, diary):
            return {clock.danish_day(slot.starts_at) for slot in slots}
    return set()
