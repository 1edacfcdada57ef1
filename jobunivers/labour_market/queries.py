"""Questions about the job barometer. Its file in the profile is the start; the newest quarter that was published here is in force."""

from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.labour_market import catalogue
from jobunivers.labour_market.models import BarometerEdition, BarometerEntry
from jobunivers.labour_market.types import Barometer, Demand
from jobunivers.shared.errors import NotFound
from jobunivers.shared.profile import Profile

NEWEST_FIRST = (BarometerEdition.quarter.desc(), BarometerEdition.number.desc())


def barometers_in_force(profile: Profile) -> list[Barometer]:
    """One an area of the profile, the main area first: the newest published quarter, or the profile's file before there is one."""
    edition = find_edition_in_force()
    return barometers_of(profile, edition) if edition else catalogue.barometers(profile)


def local_demand(profile: Profile) -> dict[str, Demand]:
    """Demand in the profile's main area: occupation -> category."""
    found = barometers_in_force(profile)
    return found[0].demand if found else {}


def find_edition_in_force() -> BarometerEdition | None:
    """The newest published edition; None while the profile's file counts."""
    query = sa.select(BarometerEdition).where(BarometerEdition.published_at.is_not(None)).order_by(*NEWEST_FIRST).limit(1)
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
    query = sa.select(BarometerEntry.area, BarometerEntry.occupation, BarometerEntry.demand).where(BarometerEntry.edition_id == edition_id)
    found: dict[str, dict[str, Demand]] = {}
    for area, occupation, demand in db.session.execute(query.order_by(BarometerEntry.area, BarometerEntry.position, BarometerEntry.id)):
        found.setdefault(area, {})[occupation] = demand
    return found


def barometers_of(profile: Profile, edition: BarometerEdition) -> list[Barometer]:
    """An edition as barometers, one an area of the profile."""
    demand = demand_by_area(edition.id)
    return [
        Barometer(edition.quarter, area["code"], area["name"], edition.source, edition.is_example, demand.get(area["code"], {}))
        for area in catalogue.areas(profile)
    ]
