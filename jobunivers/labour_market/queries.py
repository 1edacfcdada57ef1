"""Questions about jobs and the job barometer. Its file in the profile is the start; the newest
quarter that was published here is in force.
"""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.labour_market import catalogue
from jobunivers.labour_market.models import BarometerEdition, BarometerEntry, Vacancy
from jobunivers.labour_market.rules import word_pattern
from jobunivers.labour_market.types import Barometer, Danish, Demand, Wanted, Worktime
from jobunivers.shared.errors import NotFound
from jobunivers.shared.profile import Profile

NEWEST_FIRST = (BarometerEdition.quarter.desc(), BarometerEdition.number.desc())


def barometers_in_force(profile: Profile) -> list[Barometer]:
    """One an area of the profile, the main area first: the newest published quarter, or the
    profile's file before there is one.
    """
    edition = find_edition_in_force()
    return barometers_of(profile, edition) if edition else catalogue.barometers(profile)


def local_demand(profile: Profile) -> dict[str, Demand]:
    """Demand in the profile's main area: occupation -> category."""
    found = barometers_in_force(profile)
    return found[0].demand if found else {}


def find_edition_in_force() -> BarometerEdition | None:
    """The newest published edition; None while the profile's file counts."""
    query = (
        sa.select(BarometerEdition)
        .where(BarometerEdition.published_at.is_not(None))
        .order_by(*NEWEST_FIRST)
        .limit(1)
    )
    return db.session.scalar(query)


def list_editions() -> list[BarometerEdition]:
    """All editions, the newest first."""
    return list(db.session.scalars(sa.select(BarometerEdition).order_by(*NEWEST_FIRST)))


def get_edition(edition_id: UUID) -> BarometerEdition:
    """An edition. Raises NotFound."""
    found = db.session.get(BarometerEdition, edition_id)
    if found is None:
        raise NotFound
    return found


def demand_by_area(edition_id: UUID) -> dict[str, dict[str, Demand]]:
    """Area -> occupation -> category, in the order of the categories and inside each."""
    query = sa.select(BarometerEntry.area, BarometerEntry.occupation, BarometerEntry.demand).where(
        BarometerEntry.edition_id == edition_id
    )
    found: dict[str, dict[str, Demand]] = {}
    for area, occupation, demand in db.session.execute(
        query.order_by(BarometerEntry.area, BarometerEntry.position, BarometerEntry.id)
    ):
        found.setdefault(area, {})[occupation] = demand
    return found


def barometers_of(profile: Profile, edition: BarometerEdition) -> list[Barometer]:
    """An edition as barometers, one an area of the profile."""
    demand = demand_by_area(edition.id)
    return [
        Barometer(
            edition.quarter,
            area.code,
            area.name,
            edition.source,
            edition.is_example,
            demand.get(area.code, {}),
        )
        for area in catalogue.areas(profile)
    ]


# --- jobs
# ------------------------------------------------------------------------------


def _is_open(today: date) -> sa.ColumnElement[bool]:
    return sa.and_(Vacancy.withdrawn_at.is_(None), Vacancy.apply_by >= today)


def list_vacancies(
    wanted: Wanted, *, today: date, after: tuple[date, UUID] | None = None, limit: int = 20
) -> list[Vacancy]:
    """Open jobs that fit, the first deadline first; `after` is the deadline and id of the last one
    shown. One more than `limit` says that there are more.
    """
    query = sa.select(Vacancy).where(
        _is_open(today),
        *(Vacancy.words.contains(word_pattern(word), autoescape=True) for word in wanted.words),
    )
    if wanted.occupations is not None:
        query = query.where(Vacancy.occupation.in_(wanted.occupations))
    if wanted.little_danish:
        query = query.where(Vacancy.danish != Danish.GOOD)
    if wanted.part_time:
        query = query.where(Vacancy.worktime != Worktime.FULL)
    if wanted.no_licence:
        query = query.where(Vacancy.needs_licence.is_(False))
    if wanted.several:
        query = query.where(Vacancy.places > 1)
    if after:
        query = query.where(
            sa.or_(
                Vacancy.apply_by > after[0],
                sa.and_(Vacancy.apply_by == after[0], Vacancy.id > after[1]),
            )
        )
    return list(db.session.scalars(query.order_by(Vacancy.apply_by, Vacancy.id).limit(limit + 1)))


def find_open_vacancy(vacancy_id: UUID | None, today: date) -> Vacancy | None:
    """A job one can still apply for, if it is one."""
    return db.session.scalar(sa.select(Vacancy).where(Vacancy.id == vacancy_id, _is_open(today)))


def get_open_vacancy(vacancy_id: UUID, today: date) -> Vacancy:
    """The same. Raises NotFound."""
    found = find_open_vacancy(vacancy_id, today)
    if found is None:
        raise NotFound
    return found


def get_vacancy(vacancy_id: UUID) -> Vacancy:
    """A job, for those who keep the list. Raises NotFound."""
    found = db.session.get(Vacancy, vacancy_id)
    if found is None:
        raise NotFound
    return found


def list_kept_vacancies(today: date) -> list[Vacancy]:
    """What an administrator keeps: not over yet, also withdrawn ones, the first deadline first."""
    return list(
        db.session.scalars(
            sa.select(Vacancy)
            .where(Vacancy.apply_by >= today)
            .order_by(Vacancy.apply_by, Vacancy.id)
            .limit(500)
        )
    )


def vacancies_stamp(today: date) -> str:
    """Changes whenever the open jobs do."""
    return f"{today}:{db.session.scalar(sa.select(sa.func.max(Vacancy.changed_at)))}"
