"""The barometer changes: a new quarter from the last one, an occupation in another place,
published. Jobs are added, changed, withdrawn.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from jobunivers.extensions import db
from jobunivers.identity.types import Grant
from jobunivers.labour_market import catalogue, queries, rules
from jobunivers.labour_market.models import BarometerEdition, BarometerEntry, Vacancy
from jobunivers.labour_market.types import Demand
from jobunivers.shared import audit
from jobunivers.shared.errors import Conflict
from jobunivers.shared.profile import Profile


def start_edition(profile: Profile, *, is_mending: bool, by_user_id: UUID) -> BarometerEdition:
    """A draft with everything as it is in force: of the next quarter, or of the same one to mend
    it. A draft that is there already is the answer.

    Raises Conflict when somebody else begins it at the same moment.
    """
    editions = queries.list_editions()
    if draft := next((edition for edition in editions if edition.published_at is None), None):
        return draft
    barometers = queries.barometers_in_force(profile)
    last = barometers[0]
    quarter = last.quarter if is_mending else rules.next_quarter(last.quarter)
    number = 1 + max(
        (edition.number for edition in editions if edition.quarter == quarter), default=0
    )
    edition = BarometerEdition(
        quarter=quarter, number=number, source=last.source, is_example=last.is_example
    )
    try:
        with db.session.begin_nested():
            db.session.add(edition)
    except IntegrityError:
        raise Conflict from None
    for barometer in barometers:
        _keep(edition.id, barometer.area, barometer.demand)
    _note("barometer.started", edition, by_user_id)
    return edition


def move_occupation(
    edition_id: UUID,
    area: str,
    code: str,
    category: Demand | None,
    *,
    after: str = "",
    profile: Profile,
    by_user_id: UUID,
) -> None:
    """Puts an occupation elsewhere in a draft (rules.moved). Raises NotFound; Conflict when it was
    published in the meantime.
    """
    edition = _draft(edition_id)
    if code not in catalogue.occupations() or area not in {
        known.code for known in catalogue.areas(profile)
    }:
        raise Conflict
    demand = queries.demand_by_area(edition_id).get(area, {})
    db.session.execute(
        sa.delete(BarometerEntry).where(
            BarometerEntry.edition_id == edition_id, BarometerEntry.area == area
        )
    )
    _keep(edition_id, area, rules.moved(demand, code, category, after))
    _note(
        "barometer.moved",
        edition,
        by_user_id,
        area=area,
        occupation=code,
        to=category.value if category else "",
    )


def publish(
    edition_id: UUID,
    *,
    source: Mapping[str, str],
    is_example: bool,
    by_user_id: UUID,
    now: datetime,
) -> BarometerEdition:
    """The draft is in force from now on, for the public page and the questions about help. Raises
    NotFound or Conflict.
    """
    edition = _draft(edition_id)
    edition.source, edition.is_example, edition.published_at = dict(source), is_example, now
    _note("barometer.published", edition, by_user_id)
    db.session.flush()
    return edition


def drop_draft(edition_id: UUID, *, by_user_id: UUID) -> None:
    """Throws a draft away. Raises NotFound or Conflict."""
    edition = _draft(edition_id)
    _note("barometer.dropped", edition, by_user_id)
    db.session.delete(edition)
    db.session.flush()


def _draft(edition_id: UUID) -> BarometerEdition:
    """The draft, locked against a change at the same moment."""
    edition = queries.get_edition(edition_id)
    db.session.refresh(edition, with_for_update=True)
    if edition.published_at is not None:
        raise Conflict
    return edition


def _keep(edition_id: UUID, area: str, demand: Mapping[str, Demand]) -> None:
    places = enumerate(demand.items())
    db.session.add_all(
        BarometerEntry(
            edition_id=edition_id, area=area, occupation=code, demand=category, position=place
        )
        for place, (code, category) in places
    )
    db.session.flush()


def _note(action: str, edition: BarometerEdition, by_user_id: UUID, **detail: Any) -> None:
    audit.record(
        action,
        actor_id=by_user_id,
        actor_role=Grant.ADMIN.value,
        quarter=edition.quarter,
        number=edition.number,
        **detail,
    )


# --- jobs
# ------------------------------------------------------------------------------


def save_vacancy(
    vacancy_id: UUID | None, values: Mapping[str, Any], *, by_user_id: UUID, now: datetime
) -> Vacancy:
    """A new job, or an old one as its form has it. Raises NotFound."""
    vacancy = queries.get_vacancy(vacancy_id) if vacancy_id else Vacancy()
    for name, value in values.items():
        setattr(vacancy, name, value)
    job = catalogue.occupations()[vacancy.occupation]
    vacancy.words = rules.searchable(
        [vacancy.title, vacancy.workplace, vacancy.place, *job.titles.values(), *job.also]
    )
    vacancy.changed_at = now
    db.session.add(vacancy)
    db.session.flush()
    audit.record(
        "job.changed" if vacancy_id else "job.added",
        actor_id=by_user_id,
        actor_role=Grant.ADMIN.value,
        job=str(vacancy.id),
    )
    return vacancy


def withdraw_vacancy(
    vacancy_id: UUID, *, is_back: bool, by_user_id: UUID, now: datetime
) -> Vacancy:
    """Nobody sees the job any more, or everybody again. Raises NotFound."""
    vacancy = queries.get_vacancy(vacancy_id)
    vacancy.withdrawn_at, vacancy.changed_at = None if is_back else now, now
    audit.record(
        "job.returned" if is_back else "job.withdrawn",
        actor_id=by_user_id,
        actor_role=Grant.ADMIN.value,
        job=str(vacancy.id),
    )
    db.session.flush()
    return vacancy
