"""Living demo data: everybody here is made up, and every day counts from today."""

from datetime import timedelta

from jobunivers.caseload import services as caseload
from jobunivers.caseload.models import Team, TeamMember
from jobunivers.extensions import db
from jobunivers.identity import queries as identity_queries
from jobunivers.identity import services as identity
from jobunivers.identity.types import Grant
from jobunivers.shared import clock
from jobunivers.shared.db import write

PERSONAS: dict[str, str] = {
    "citizen-da": "insured, 20 weeks out of work",
    "citizen-uk": "displaced from Ukraine, reads Ukrainian, wants an interpreter",
    "citizen-en": "international graduate, English",
    "graduate-da": "before graduation, no case yet",
    "citizen-new": "first day, nothing filled in",
    "citizen-quiet": "has not been seen for weeks",
    "citizen-paper": "no digital access; you log in as the helper",
    "caseworker": "caseworker of the first four citizens",
    "caseworker-2": "colleague in the same team",
    "adviser": "impairment adviser, may see health answers",
    "coordinator": "team coordinator",
    "admin": "the municipality's administrator",
}


def ensure() -> None:
    """Makes whatever is missing of the demo people; running it again changes nothing."""
    if identity_queries.list_personas():
        return
    with write():
        _people()


def _people() -> None:
    now, today = clock.now(), clock.today()
    team = Team(name="Demo team, job-ready", target_groups=["insured", "cash-benefit-ready", "displaced-ukrainian", "self-supporting"])
    db.session.add(team)
    db.session.flush()
    staff = {
        "caseworker": ("Karen Sagsbehandler (demo)", {Grant.CASEWORKER}),
        "caseworker-2": ("Bo Sagsbehandler (demo)", {Grant.CASEWORKER}),
        "adviser": ("Ida Rådgiver (demo)", {Grant.CASEWORKER, Grant.HEALTH_ANSWERS}),
        "coordinator": ("Lars Koordinator (demo)", {Grant.COORDINATOR, Grant.CASEWORKER, Grant.EXEMPTION}),
        "admin": ("Mette Administrator (demo)", {Grant.ADMIN}),
    }
    users = {}
    for code, (name, grants) in staff.items():
        users[code] = identity.create_user(name=name, email=f"{code}@example.org", locale="da", grants=frozenset(grants), persona=code)
        db.session.add(TeamMember(team_id=team.id, user_id=users[code].id))
    citizens = {
        "citizen-da": ("Maja Jensen (demo)", "da", "insured", 20),
        "citizen-uk": ("Oksana Koval (demo)", "uk", "displaced-ukrainian", 3),
        "citizen-en": ("Priya Nair (demo)", "en", "insured-graduate", 6),
        "citizen-new": ("Noah Holm (demo)", "da", "cash-benefit-ready", 0),
        "citizen-quiet": ("Peter Lund (demo)", "da", "insured", 30),
    }
    for code, (name, locale, group, weeks) in citizens.items():
        citizen = caseload.register_citizen(
            name=name,
            locale=locale,
            target_group=group,
            started_on=today - timedelta(weeks=weeks),
            email=f"{code}@example.org",
            person_uuid=f"demo:{code}",
            now=now,
            team_id=team.id,
            caseworker_id=users["caseworker"].id,
            interpreter_language="uk" if locale == "uk" else None,
        )
        identity.create_user(name=name, locale=locale, citizen_id=citizen.id, persona=code)
    identity.create_user(name="Sofie Dahl (demo)", email="graduate-da@example.org", locale="da", persona="graduate-da")
