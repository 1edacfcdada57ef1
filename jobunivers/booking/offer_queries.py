"""Which times to offer: brings the citizen, the kind of meeting and everybody's diaries together."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from jobunivers.booking import diary_queries, rules
from jobunivers.booking.types import Choice, Diary, Form, Hosts, MeetingLine, Place, Slot, Wish
from jobunivers.contact import queries as contact
from jobunivers.contact.types import OpenNeed
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.profile import MeetingKind

STEP = timedelta(days=21)
DAYS_SHOWN = 4
STAFF_NOTICE = timedelta(minutes=15)
STAMP = "%Y%m%dT%H%MZ"


@dataclass(frozen=True)
class Ask:
    """What is looked for, and for whom. `meeting` is the one to be moved."""

    citizen_id: UUID
    kind: MeetingKind
    form: Form
    interpreter: bool | None  # None: as her record says
    need: OpenNeed | None = None
    meeting: MeetingLine | None = None
    from_on: date | None = None
    is_office: bool = False


@dataclass(frozen=True)
class Time:
    """One time to take. `value` goes through the form; `colleague` is named when it is not the
    citizen's own caseworker.
    """

    value: str
    slot: Slot
    colleague: str


@dataclass(frozen=True)
class Day:
    """A Danish day with its times."""

    on: date
    times: tuple[Time, ...]


@dataclass(frozen=True)
class Offer:
    """What can be booked now. `is_in_time` is False when nothing is free up to the last day of the
    invitation.
    """

    days: tuple[Day, ...]
    later_from: date | None
    is_in_time: bool
    other_forms: tuple[Form, ...]
    hosts: Hosts
    interpreter: bool
    last_on: date

    @property
    def count(self) -> int:
        return sum(len(day.times) for day in self.days)


def value_of(slot: Slot) -> str:
    """The time as it travels through a form; nothing in it is about the citizen."""
    return f"{slot.starts_at.astimezone(UTC).strftime(STAMP)}_{slot.host_id.hex}"


def parse_value(value: str) -> tuple[datetime, UUID] | None:
    """(start, host) of such a value; None for anything else."""
    stamp, _line, host = value.partition("_")
    try:
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC), UUID(hex=host)
    except ValueError:
        return None


def places() -> dict[str, Place]:
    """The profile's places of meetings."""
    return {
        each.code: Place(each.code, Form(each.form), each.rooms)
        for each in current_profile().locations
    }


def _earliest(ask: Ask, now: datetime) -> datetime:
    notice = STAFF_NOTICE if ask.is_office else timedelta(hours=ask.kind.notice_hours)
    days = [
        day for day in (ask.from_on, ask.need.earliest_on if ask.need else None) if day is not None
    ]
    return max([now + notice, *(contact.start_of(day) for day in days)])


def last_day(ask: Ask, now: datetime) -> date:
    """The last day on which the meeting may be."""
    profile, deadline_on = current_profile(), ask.need.deadline_on if ask.need else None
    if ask.meeting and ask.meeting.need_id:
        deadline_on = contact.find_deadline(ask.meeting.need_id)
    return rules.last_day(
        clock.danish_day(now),
        horizon_weeks=ask.kind.horizon_weeks,
        deadline_on=deadline_on,
        grace_days=profile.grace_days,
        stands_on=clock.danish_day(ask.meeting.starts_at) if ask.meeting else None,
    )


def _wish(ask: Ask, earliest: datetime, latest: datetime, form: Form | None = None) -> Wish:
    minutes = rules.minutes_of(ask.kind, interpreter=bool(ask.interpreter))
    return Wish(form or ask.form, minutes, ask.kind.before, ask.kind.after, earliest, latest)


def _diary(ask: Ask, hosts: Hosts, wish: Wish) -> Diary:
    profile = current_profile()
    return diary_queries.read_diary(
        ask.citizen_id,
        (*hosts.own, *hosts.others),
        wish,
        places=places(),
        kinds=profile.meeting_kinds,
        without=ask.meeting.id if ask.meeting else None,
    )


def _resolved(ask: Ask, hosts: Hosts) -> Ask:
    return (
        ask
        if ask.interpreter is not None
        else replace(ask, interpreter=bool(hosts.interpreter_language))
    )


def look(ask: Ask, now: datetime) -> Offer:
    """The next days with free times: her own caseworker's; a colleague's when the own one has none
    soon enough.
    """
    hosts = diary_queries.read_hosts(ask.citizen_id, ask.kind)
    ask = _resolved(ask, hosts)
    begin, last_on = _earliest(ask, now), last_day(ask, now)
    end = contact.start_of(last_on + timedelta(days=1)) - timedelta(minutes=1)
    deadline_on = ask.need.deadline_on if ask.need else None
    others: tuple[Form, ...] = ()
    while begin <= end:
        wish = _wish(ask, begin, min(begin + STEP, end))
        diary = _diary(ask, hosts, wish)
        slots = _soon_enough(wish, diary, hosts, deadline_on)
        if slots:
            return _offer(slots, hosts, deadline_on, others, ask, last_on)
        others = others or _forms_with_times(ask, wish, diary)
        begin += STEP
    return Offer((), None, False, others, hosts, bool(ask.interpreter), last_on)


def _soon_enough(wish: Wish, diary: Diary, hosts: Hosts, last_day: date | None) -> list[Slot]:
    own = rules.free_slots(wish, replace(diary, hosts=hosts.own))
    if own and _is_in_time(own, last_day):
        return own
    everybody = rules.free_slots(wish, diary)
    return everybody if not own or _is_in_time(everybody, last_day) else own


def _is_in_time(slots: list[Slot], last_day: date | None) -> bool:
    return last_day is None or (bool(slots) and clock.danish_day(slots[0].starts_at) <= last_day)


def _offer(
    slots: list[Slot],
    hosts: Hosts,
    deadline_on: date | None,
    others: tuple[Form, ...],
    ask: Ask,
    last_on: date,
) -> Offer:
    days = [
        Day(
            on,
            tuple(
                Time(
                    value_of(slot),
                    slot,
                    "" if slot.host_id in hosts.own else hosts.names.get(slot.host_id, ""),
                )
                for slot in times
            ),
        )
        for on, times in rules.by_day(slots).items()
    ]
    shown = tuple(days[:DAYS_SHOWN])
    later_from = shown[-1].on + timedelta(days=1)
    return Offer(
        shown,
        later_from if later_from <= last_on else None,
        _is_in_time(slots, deadline_on),
        others,
        hosts,
        bool(ask.interpreter),
        last_on,
    )


def _forms_with_times(ask: Ask, wish: Wish, diary: Diary) -> tuple[Form, ...]:
    """Other ways to meet for which there are times."""
    forms = (Form(code) for code in ask.kind.forms if code != ask.form.value)
    return tuple(form for form in forms if rules.all_slots(replace(wish, form=form), diary))


def find_slot(ask: Ask, value: str, now: datetime) -> tuple[Slot | None, Hosts]:
    """The very time behind a form's value if it can be booked now, and the hosts; every free
    quarter will do, packed or not.
    """
    hosts = diary_queries.read_hosts(ask.citizen_id, ask.kind)
    ask = _resolved(ask, hosts)
    parsed = parse_value(value)
    if parsed is None or parsed[0] < _earliest(replace(ask, from_on=None), now):
        return None, hosts
    start, host_id = parsed
    if clock.danish_day(start) > last_day(ask, now):
        return None, hosts
    wish = _wish(ask, start, start)
    found = [
        slot
        for slot in rules.all_slots(wish, _diary(ask, hosts, wish))
        if slot.starts_at == start and slot.host_id == host_id
    ]
    return (found[0] if found else None), hosts


def choice_of(ask: Ask, slot: Slot, **more: object) -> Choice:
    """What `services.book` and `services.move` need."""
    place = places().get(slot.location or "")
    rooms = place.rooms if place else 0
    need_id = ask.need.id if ask.need else None
    kind = ask.kind
    choice = Choice(kind.code, slot, kind.before, kind.after, rooms=rooms, need_id=need_id)
    return replace(choice, **more)  # type: ignore[arg-type]
