"""Who lives in the demonstration: staff in two teams, and citizens, one for each situation."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from jobunivers.booking.models import OpeningWindow
from jobunivers.caseload import services as caseload
from jobunivers.caseload.models import Team, TeamMember
from jobunivers.extensions import db
from jobunivers.identity import services as identity
from jobunivers.identity.types import Grant
from jobunivers.messages.types import Channel
from jobunivers.shared import clock

STAFF = {
    "caseworker": ("Karen Bach (demo)", (Grant.CASEWORKER,), ("first",)),
    "caseworker-2": ("Bo Friis (demo)", (Grant.CASEWORKER,), ("first", "second")),
    "adviser": ("Ida Møller (demo)", (Grant.CASEWORKER, Grant.HEALTH_ANSWERS), ("second",)),
    "coordinator": (
        "Lars Toft (demo)",
        (Grant.CASEWORKER, Grant.COORDINATOR, Grant.EXEMPTION),
        ("first", "second"),
    ),
    "admin": ("Mette Kjær (demo)", (Grant.ADMIN,), ()),
}
TEAMS = {
    "first": ("Team Havnen (demo)", ["insured", "insured-graduate", "cash-benefit-ready"]),
    "second": ("Team Parken (demo)", ["displaced-ukrainian", "self-supporting"]),
}


@dataclass(frozen=True)
class Person:
    """A citizen of the demonstration, before she is registered."""

    name: str
    group: str
    weeks: int
    locale: str = "da"
    caseworker: str = "caseworker"
    team: str = "first"
    details: dict[str, str | bool | None] = field(default_factory=dict)


CITIZENS = {
    "citizen-da": Person("Maja Jensen (demo)", "insured", 20, details={"phone": "+4520000001"}),
    "citizen-uk": Person(
        "Оксана Коваль (demo)",
        "displaced-ukrainian",
        3,
        locale="uk",
        details={"phone": "+4520000002", "interpreter_language": "uk"},
    ),
    "citizen-en": Person("Priya Nair (demo)", "insured-graduate", 6, locale="en"),
    "citizen-new": Person("Noah Holm (demo)", "cash-benefit-ready", 0),
    "citizen-quiet": Person("Peter Lund (demo)", "insured", 30, details={"phone": "+4520000005"}),
    "citizen-paper": Person(
        "Gerda Skov (demo)",
        "insured",
        15,
        details={"email": None, "phone": "+4520000006", "address": "Demovej 6\n8000 Aarhus C"},
    ),
}
OTHERS = {
    "amira": Person("Amira Saleh (demo)", "insured", 13),
    "jonas": Person("Jonas Krogh (demo)", "insured", 22),
    "karolina": Person("Karolina Nowak (demo)", "insured", 9, locale="en"),
    "yusuf": Person("Yusuf Demir (demo)", "cash-benefit-ready", 17),
    "ella": Person("Ella Winther (demo)", "insured-graduate", 4),
    "serhii": Person(
        "Сергій Мельник (demo)",
        "displaced-ukrainian",
        12,
        locale="uk",
        caseworker="adviser",
        team="second",
    ),
}
HELPER = "Lis Skov (demo)"
GRADUATE = "Sofie Dahl (demo)"
OPEN_HOURS = ((9 * 60, 12 * 60), (12 * 60 + 30, 15 * 60))


@dataclass
class Crowd:
    """Ids of everybody by code."""

    teams: dict[str, UUID] = field(default_factory=dict)
    staff: dict[str, UUID] = field(default_factory=dict)
    citizens: dict[str, UUID] = field(default_factory=dict)
    users: dict[str, UUID] = field(default_factory=dict)
    owners: dict[str, UUID] = field(default_factory=dict)


def make(now: datetime) -> Crowd:
    """Registers everybody, with log-ins for the personas and opening windows for staff. Inside the
    caller's transaction.
    """
    crowd, today = Crowd(), clock.danish_day(now)
    teams = {code: Team(name=name, target_groups=groups) for code, (name, groups) in TEAMS.items()}
    db.session.add_all(teams.values())
    db.session.flush()
    crowd.teams = {code: team.id for code, team in teams.items()}
    for code, (name, grants, places) in STAFF.items():
        user = identity.create_user(
            name=name,
            email=f"{code}@example.org",
            locale="da",
            grants=frozenset(grants),
            persona=code,
        )
        crowd.staff[code] = user.id
        db.session.add_all(TeamMember(team_id=teams[place].id, user_id=user.id) for place in places)
        if Grant.CASEWORKER in grants:
            db.session.add_all(_windows(user.id, today))
    for code, person in {**CITIZENS, **OTHERS}.items():
        crowd.citizens[code] = _register(code, person, teams[person.team].id, crowd, now)
    _join(crowd, now)
    return crowd


def _register(code: str, person: Person, team_id: UUID, crowd: Crowd, now: datetime) -> UUID:
    started = now - timedelta(weeks=person.weeks)
    details = {"email": f"{code}@example.org", **person.details}
    citizen = caseload.register_citizen(
        name=person.name,
        started_on=clock.danish_day(started),
        target_group=person.group,
        now=started,
        locale=person.locale,
        team_id=team_id,
        caseworker_id=crowd.staff[person.caseworker],
        person_uuid=f"demo:{code}",
        **details,  # type: ignore[arg-type]
    )
    citizen.created_at = started
    citizen.last_seen_at = now - timedelta(days=1 + person.weeks % 5) if person.weeks else None
    return citizen.id


def _join(crowd: Crowd, now: datetime) -> None:
    """Each persona's log-in to her citizen, and an owner for what she makes."""
    for code, person in CITIZENS.items():
        if code != "citizen-paper":
            user = identity.create_user(
                name=person.name,
                locale=person.locale,
                citizen_id=crowd.citizens[code],
                persona=code,
            )
            crowd.users[code] = user.id
        crowd.owners[code] = identity.owner_of_citizen(crowd.citizens[code]).id
    crowd.users["graduate-da"] = identity.create_user(
        name=GRADUATE, email="graduate-da@example.org", locale="da", persona="graduate-da"
    ).id
    crowd.users["helper"] = identity.create_user(
        name=HELPER, email="helper@example.org", locale="da", persona="citizen-paper"
    ).id
    crowd.owners["graduate-da"] = identity.owner_of_visitor(crowd.users["graduate-da"]).id
    paper = crowd.citizens["citizen-paper"]
    caseload.give_power_of_attorney(
        paper,
        name=HELPER,
        email="helper@example.org",
        scope="all",
        valid_to=None,
        by_user_id=crowd.staff["caseworker"],
    )
    caseload.change_details(
        paper,
        "channel",
        {"channel": Channel.LETTER, "digital_post_exempt": True},
        by_user_id=crowd.staff["caseworker"],
        now=now,
    )


def _windows(user_id: UUID, today: date) -> list[OpeningWindow]:
    """Monday to Friday in the office, by phone and video; Thursday afternoon at the library."""
    windows = []
    for weekday in range(5):
        for starts, ends in OPEN_HOURS:
            at_library = weekday == 3 and starts >= 12 * 60
            windows.append(
                OpeningWindow(
                    user_id=user_id,
                    weekday=weekday,
                    starts_minute=starts,
                    ends_minute=ends,
                    forms=["phone", "video", "library"]
                    if at_library
                    else ["phone", "video", "office"],
                    location="main-library" if at_library else "main-office",
                    valid_from=today - timedelta(days=365),
                )
            )
    return windows
