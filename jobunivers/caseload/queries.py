"""Questions about citizens, through the eyes of the one who asks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from jobunivers.caseload import rules
from jobunivers.caseload.models import Assignment, Citizen, CitizenChange, Spell, Team, TeamMember
from jobunivers.caseload.types import CaseloadRow, Helper, TeamChoice, Unmatched
from jobunivers.extensions import db
from jobunivers.identity.models import PowerOfAttorney, UnmatchedLogin, User, UserGrant
from jobunivers.identity.types import Grant
from jobunivers.messages.types import Recipient
from jobunivers.shared.errors import NotFound

PAGE = 50
COUNT_CAP = 1000


def recipient_of(citizen_id: UUID) -> Recipient:
    """Whom a notice to this citizen is for. Raises NotFound."""
    found = recipients_of([citizen_id])
    if not found:
        raise NotFound
    return found[0]


def recipients_of(citizen_ids: Iterable[UUID]) -> list[Recipient]:
    """The same for many, in one query; ordered by id."""
    columns = (
        Citizen.id,
        Citizen.name,
        Citizen.email,
        Citizen.phone,
        Citizen.address,
        Citizen.locale,
        Citizen.channel,
        Citizen.digital_post_exempt,
    )
    rows = db.session.execute(
        sa.select(*columns).where(Citizen.id.in_(list(citizen_ids))).order_by(Citizen.id)
    )
    return [Recipient(*row) for row in rows]


def teams_of(user_id: UUID) -> sa.Select[UUID]:
    """The ids of a member of staff's teams, as a subquery."""
    return sa.select(TeamMember.team_id).where(TeamMember.user_id == user_id)


def _is_own(viewer_user_id: UUID, *others: UUID) -> sa.ColumnElement[bool]:
    """By ids, so that a search begins at the caseload and not at all citizens of the city."""
    own = sa.select(Assignment.citizen_id).where(
        Assignment.user_id.in_((viewer_user_id, *others)), Assignment.ended_at.is_(None)
    )
    return Citizen.id.in_(own)


def was_last(viewer_user_id: UUID) -> sa.ColumnElement[bool]:
    """True for people whose case has ended and whose last own caseworker the viewer was: the case
    stays findable, also for people without a team.
    """
    later, spell = aliased(Assignment), aliased(Spell)
    last = sa.select(Assignment.citizen_id).where(
        Assignment.user_id == viewer_user_id,
        Assignment.ended_at.is_not(None),
        ~sa.exists().where(
            later.citizen_id == Assignment.citizen_id, later.started_at > Assignment.started_at
        ),
        ~sa.exists().where(spell.citizen_id == Assignment.citizen_id, spell.ended_on.is_(None)),
    )
    return Citizen.id.in_(last)


def _may_see(viewer_user_id: UUID) -> sa.ColumnElement[bool]:
    return sa.or_(
        _is_own(viewer_user_id),
        Citizen.team_id.in_(teams_of(viewer_user_id)),
        was_last(viewer_user_id),
    )


def found_by(viewer_user_id: UUID) -> sa.ColumnElement[bool]:
    """True for citizens whom this member of staff finds in lists and searches, and whose contact
    details she reads: all that are not protected, and of those her own and, for a coordinator, her
    teams'.
    """
    coordinates = sa.exists().where(
        UserGrant.user_id == viewer_user_id, UserGrant.grant == Grant.COORDINATOR
    )
    of_teams = sa.and_(coordinates, Citizen.team_id.in_(teams_of(viewer_user_id)))
    return sa.or_(Citizen.name_protected.is_(False), _is_own(viewer_user_id), of_teams)


def reads_contact(viewer_user_id: UUID, citizen: Citizen) -> bool:
    """Whether this member of staff reads how a citizen whom she may see is reached."""
    if not citizen.name_protected:
        return True
    query = sa.select(Citizen.id).where(Citizen.id == citizen.id, found_by(viewer_user_id))
    return db.session.scalar(query) is not None


def contact_ids(viewer_user_id: UUID) -> sa.Select[UUID]:
    """A select of the ids of her own and her teams' citizens whose contact details she reads."""
    return visible_ids(viewer_user_id, whole_team=True).where(found_by(viewer_user_id))


def get_citizen_for(viewer_user_id: UUID, citizen_id: UUID) -> Citizen:
    """A citizen of the viewer's own caseload or of her own teams, with her spells; anybody else's is
    NotFound.
    """
    query = sa.select(Citizen).where(Citizen.id == citizen_id, _may_see(viewer_user_id))
    citizen = db.session.scalars(query.options(joinedload(Citizen.spells))).unique().first()
    if citizen is None:
        raise NotFound
    return citizen


def name_key_of(viewer_user_id: UUID, citizen_id: UUID) -> str:
    """Where a citizen stands in lists by name, if the viewer may see her. Raises NotFound."""
    key = db.session.scalar(
        sa.select(Citizen.name_key).where(Citizen.id == citizen_id, _may_see(viewer_user_id))
    )
    if key is None:
        raise NotFound
    return key


def visible_ids(
    viewer_user_id: UUID, *, whole_team: bool = False, others: Iterable[UUID] = ()
) -> sa.Select[UUID]:
    """A select of the ids of the viewer's own citizens, with or without an open spell; with those
    of her teams when asked, and those of colleagues for whom she stands in (`others`).
    """
    own = _is_own(viewer_user_id, *others)
    return sa.select(Citizen.id).where(
        sa.or_(own, Citizen.team_id.in_(teams_of(viewer_user_id))) if whole_team else own
    )


def names_of(citizen_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of these citizens, in one query."""
    rows = db.session.execute(
        sa.select(Citizen.id, Citizen.name)
        .where(Citizen.id.in_(list(citizen_ids)))
        .order_by(Citizen.id)
    )
    return {row.id: row.name for row in rows}


def is_own_citizen(viewer_user_id: UUID, citizen_id: UUID) -> bool:
    """True when the viewer is the citizen's own caseworker."""
    return bool(
        db.session.scalar(
            sa.select(_is_own(viewer_user_id)).select_from(Citizen).where(Citizen.id == citizen_id)
        )
    )


def caseworker_of_visible(viewer_user_id: UUID, citizen_id: UUID) -> tuple[UUID, str] | None:
    """The caseworker (see `caseworker_of`) of a citizen whom the viewer may see; anybody else's is
    NotFound. Reads nothing about the citizen herself.
    """
    row = db.session.execute(
        sa.select(User.id, User.name)
        .select_from(Citizen)
        .outerjoin(
            Assignment, sa.and_(Assignment.citizen_id == Citizen.id, Assignment.ended_at.is_(None))
        )
        .outerjoin(User, User.id == Assignment.user_id)
        .where(Citizen.id == citizen_id, _may_see(viewer_user_id))
    ).first()
    if row is None:
        raise NotFound
    return (row.id, row.name) if row.id is not None else None


def staff_who_see(citizen_id: UUID) -> set[UUID]:
    """Members of staff who may open the citizen: the own caseworker and the colleagues of the team."""
    own = sa.select(Assignment.user_id).where(
        Assignment.citizen_id == citizen_id, Assignment.ended_at.is_(None)
    )
    team = (
        sa.select(TeamMember.user_id)
        .join(Citizen, Citizen.team_id == TeamMember.team_id)
        .where(Citizen.id == citizen_id)
    )
    return set(db.session.scalars(sa.union(own, team)))


def get_citizen(citizen_id: UUID) -> Citizen:
    """The citizen, for her own pages and for background work. Raises NotFound."""
    citizen = db.session.get(Citizen, citizen_id)
    if citizen is None:
        raise NotFound
    return citizen


def lock_citizen(citizen_id: UUID) -> None:
    """Makes writes about one citizen wait for each other until the transaction ends (SQLite has one
    writer anyway).
    """
    db.session.execute(
        sa.select(Citizen.id).where(Citizen.id == citizen_id).with_for_update(key_share=True)
    )


def caseworker_of(citizen_id: UUID) -> tuple[UUID, str] | None:
    """(user id, name) of the citizen's own caseworker, or None."""
    query = sa.select(User.id, User.name).join(Assignment, Assignment.user_id == User.id)
    row = db.session.execute(
        query.where(
            Assignment.citizen_id == citizen_id,
            Assignment.ended_at.is_(None),
            User.disabled_at.is_(None),
        )
    ).first()
    return (row.id, row.name) if row else None


def caseworkers_of(citizen_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """citizen -> her own caseworker, for those who have one."""
    query = sa.select(Assignment.citizen_id, Assignment.user_id).where(
        Assignment.citizen_id.in_(list(citizen_ids)), Assignment.ended_at.is_(None)
    )
    return {row.citizen_id: row.user_id for row in db.session.execute(query)}


def current_spell(citizen_id: UUID) -> Spell | None:
    """The spell that is going on, or None."""
    return db.session.scalar(
        sa.select(Spell).where(Spell.citizen_id == citizen_id, Spell.ended_on.is_(None))
    )


def list_caseload(
    user_id: UUID,
    *,
    search: str = "",
    whole_team: bool = False,
    after: tuple[str, UUID] | None = None,
    limit: int = PAGE,
) -> list[CaseloadRow]:
    """Citizens with an open spell of this caseworker (or of her teams), by name, `limit` at a time
    after (name_key, id).
    """
    colleague = aliased(User)
    query = (
        sa.select(
            Citizen.id,
            Citizen.name,
            Citizen.name_key,
            Citizen.locale,
            Citizen.interpreter_language,
            Spell.started_on,
            Spell.target_group,
            colleague.name.label("caseworker"),
            sa.func.coalesce(Assignment.user_id == user_id, sa.false()).label("is_own"),
            Citizen.last_seen_at,
        )
        .join(Spell, sa.and_(Spell.citizen_id == Citizen.id, Spell.ended_on.is_(None)))
        .outerjoin(
            Assignment, sa.and_(Assignment.citizen_id == Citizen.id, Assignment.ended_at.is_(None))
        )
        .outerjoin(colleague, colleague.id == Assignment.user_id)
        .where(_in_list(user_id, search=search, whole_team=whole_team))
        .order_by(Citizen.name_key, Citizen.id)
        .limit(limit)
    )
    if after:
        query = query.where(
            sa.or_(
                Citizen.name_key > after[0],
                sa.and_(Citizen.name_key == after[0], Citizen.id > after[1]),
            )
        )
    return [CaseloadRow(**row._mapping) for row in db.session.execute(query)]


def _in_list(user_id: UUID, *, search: str, whole_team: bool) -> sa.ColumnElement[bool]:
    mine = Citizen.team_id.in_(teams_of(user_id)) if whole_team else Assignment.user_id == user_id
    words = rules.name_key(search).split()
    mine = sa.and_(mine, found_by(user_id)) if whole_team else mine
    return sa.and_(mine, *(Citizen.name_key.contains(word, autoescape=True) for word in words))


def count_caseload(user_id: UUID, *, search: str = "", whole_team: bool = False) -> int:
    """How many that list has; counting stops at COUNT_CAP + 1."""
    some = (
        sa.select(Citizen.id)
        .join(Spell, sa.and_(Spell.citizen_id == Citizen.id, Spell.ended_on.is_(None)))
        .outerjoin(
            Assignment, sa.and_(Assignment.citizen_id == Citizen.id, Assignment.ended_at.is_(None))
        )
        .where(_in_list(user_id, search=search, whole_team=whole_team))
        .limit(COUNT_CAP + 1)
        .subquery()
    )
    return db.session.scalar(sa.select(sa.func.count()).select_from(some)) or 0


def count_open_spells() -> int:
    """How many people are out of work and known to us."""
    query = sa.select(sa.func.count(Spell.id)).where(Spell.ended_on.is_(None))
    return db.session.scalar(query) or 0


def count_out_of_work_before(day: date) -> int:
    """How many people were out of work and known to us on the day before."""
    query = sa.select(sa.func.count(Spell.id)).where(
        Spell.started_on < day, sa.or_(Spell.ended_on.is_(None), Spell.ended_on >= day)
    )
    return db.session.scalar(query) or 0


def list_teams() -> list[TeamChoice]:
    """All teams by name."""
    return [
        TeamChoice(team.id, team.name, tuple(team.target_groups))
        for team in db.session.scalars(sa.select(Team).order_by(Team.name))
    ]


def team_ids_of(user_id: UUID) -> list[UUID]:
    """The teams a member of staff belongs to."""
    return list(db.session.scalars(teams_of(user_id).order_by(TeamMember.team_id)))


def team_names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The teams that these members of staff belong to, by name, in one query."""
    query = (
        sa.select(TeamMember.user_id, Team.name)
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.user_id.in_(set(user_ids)))
        .order_by(Team.name)
    )
    found: dict[UUID, list[str]] = {}
    for user_id, name in db.session.execute(query):
        found.setdefault(user_id, []).append(name)
    return {user_id: ", ".join(names) for user_id, names in found.items()}


def loads_of_team_of(citizen_id: UUID) -> dict[UUID, int]:
    """The same for the citizen's team; empty while she has none."""
    team_id = db.session.scalar(sa.select(Citizen.team_id).where(Citizen.id == citizen_id))
    return loads_of_team(team_id) if team_id else {}


def loads_of_team(team_id: UUID) -> dict[UUID, int]:
    """Open assignments of each caseworker of a team who is not disabled, in the order of their
    names.
    """
    load = sa.func.count(Assignment.id)
    query = (
        sa.select(User.id, load)
        .join(TeamMember, TeamMember.user_id == User.id)
        .join(UserGrant, sa.and_(UserGrant.user_id == User.id, UserGrant.grant == Grant.CASEWORKER))
        .outerjoin(
            Assignment, sa.and_(Assignment.user_id == User.id, Assignment.ended_at.is_(None))
        )
        .where(TeamMember.team_id == team_id, User.disabled_at.is_(None))
        .group_by(User.id, User.name)
        .order_by(User.name, User.id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def find_by_fingerprint(fingerprints: Sequence[str]) -> Citizen | None:
    """The citizen with that CPR number, looked up by its keyed hashes (`vault.fingerprints`)."""
    query = sa.select(Citizen).where(Citizen.cpr_fingerprint.in_(fingerprints))
    return db.session.scalar(query.order_by(Citizen.created_at, Citizen.id).limit(1))


def find_by_person_uuid(person_uuid: str) -> Citizen | None:
    """The citizen with the log-in broker's identifier."""
    return db.session.scalar(sa.select(Citizen).where(Citizen.person_uuid == person_uuid))


def list_helpers(citizen_id: UUID) -> list[Helper]:
    """Who acts for this citizen now or from now on."""
    query = (
        sa.select(
            PowerOfAttorney.id,
            User.name,
            User.email,
            PowerOfAttorney.scope,
            PowerOfAttorney.valid_to,
        )
        .join(User, User.id == PowerOfAttorney.user_id)
        .where(PowerOfAttorney.citizen_id == citizen_id, PowerOfAttorney.ended_at.is_(None))
        .order_by(PowerOfAttorney.created_at, PowerOfAttorney.id)
    )
    return [Helper(**row._mapping) for row in db.session.execute(query)]


def list_unmatched() -> list[Unmatched]:
    """Log-ins of people we do not know yet, longest waiting first."""
    query = (
        sa.select(UnmatchedLogin)
        .where(UnmatchedLogin.resolved_at.is_(None))
        .order_by(UnmatchedLogin.seen_at, UnmatchedLogin.id)
    )
    return [
        Unmatched(row.id, row.user_id, row.name, row.seen_at)
        for row in db.session.scalars(query.limit(200))
    ]


def list_last_changes(citizen_id: UUID) -> dict[str, datetime]:
    """When each part of the master record was last changed."""
    query = sa.select(CitizenChange.what, sa.func.max(CitizenChange.created_at)).where(
        CitizenChange.citizen_id == citizen_id
    )
    return {
        row[0]: row[1]
        for row in db.session.execute(
            query.group_by(CitizenChange.what).order_by(CitizenChange.what)
        )
    }


def everything_about_citizen(citizen_id: UUID) -> dict[str, Any]:
    """The master record as the citizen may take it with her: person, spells, caseworkers, helpers,
    changes.
    """
    citizen = get_citizen(citizen_id)
    assignments = db.session.execute(
        sa.select(User.name, Assignment.started_at, Assignment.ended_at)
        .join(User, User.id == Assignment.user_id)
        .where(Assignment.citizen_id == citizen_id)
        .order_by(Assignment.started_at)
    )
    changes = db.session.scalars(
        sa.select(CitizenChange)
        .where(CitizenChange.citizen_id == citizen_id)
        .order_by(CitizenChange.created_at)
    )
    return {
        "name": citizen.name,
        "email": citizen.email,
        "phone": citizen.phone,
        "address": citizen.address,
        "language": citizen.locale,
        "interpreter_language": citizen.interpreter_language,
        "has_cpr_number": citizen.cpr_sealed is not None,
        "safe_channel": citizen.channel.value,
        "digital_post_exempt": citizen.digital_post_exempt,
        "name_protected": citizen.name_protected,
        "team": db.session.scalar(sa.select(Team.name).where(Team.id == citizen.team_id)),
        "last_seen_at": _iso(citizen.last_seen_at),
        "access_needs": citizen.access_needs,
        "spells": [
            {
                "started_on": spell.started_on.isoformat(),
                "ended_on": _iso(spell.ended_on),
                "target_group": spell.target_group,
                "outcome": spell.outcome,
            }
            for spell in citizen.spells
        ],
        "caseworkers": [
            {"name": row.name, "from": row.started_at.isoformat(), "to": _iso(row.ended_at)}
            for row in assignments
        ],
        "helpers": [
            {"name": helper.name, "scope": helper.scope, "valid_to": _iso(helper.valid_to)}
            for helper in list_helpers(citizen_id)
        ],
        "changes": [
            {"at": change.created_at.isoformat(), "what": change.what} for change in changes
        ],
    }


def _iso(value: Any) -> str | None:
    return value.isoformat() if value is not None else None
