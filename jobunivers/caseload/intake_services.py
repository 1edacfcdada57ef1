"""A table of citizens comes in: read beside what is known, then taken in as a whole."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload import intake_file, queries, rules, services
from jobunivers.caseload.intake_file import Fault, IntakeRow, Read, ReadLine
from jobunivers.caseload.models import Citizen
from jobunivers.caseload.types import Intake
from jobunivers.extensions import db
from jobunivers.shared.clock import COPENHAGEN
from jobunivers.shared.current import current_profile, current_settings
from jobunivers.shared.i18n import locales
from jobunivers.shared.tables import read_table

EARLIEST = timedelta(days=5 * 366)  # of a spell's first day, back and ahead
LATEST = timedelta(days=31)
AT_ONCE = 400  # values of one IN, below what either engine takes


def read_file(data: bytes, *, now: datetime) -> Read:
    """Every line of a file with what is wrong with it; a line that may be somebody we know under
    another number says so. Raises TableError.
    """
    today = now.astimezone(COPENHAGEN).date()
    known = intake_file.Known(
        target_groups=[group.code for group in current_profile().target_groups],
        teams=[team.name for team in queries.list_teams()],
        locales=locales(),
        earliest=today - EARLIEST,
        latest=today + LATEST,
        takes_utf8_mail=current_settings().takes_utf8_mail,
    )
    found = intake_file.read(read_table(data), known)
    there = _names_and_phones([row.phone for row in found.rows if row.phone])
    return replace(found, lines=tuple(_beside(line, there) for line in found.lines))


def _beside(line: ReadLine, there: Collection[tuple[str, str]]) -> ReadLine:
    row = line.row
    if row is None or not row.phone or (rules.name_key(row.name), row.phone) not in there:
        return line
    if services.find_in_file(row) is not None:
        return line  # the same person by number: nothing is made twice
    return replace(line, row=None, faults=(Fault("name", "maybe_known"),))


def _names_and_phones(phones: list[str]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for begin in range(0, len(phones), AT_ONCE):
        some = phones[begin : begin + AT_ONCE]
        query = sa.select(Citizen.name_key, Citizen.phone).where(Citizen.phone.in_(some))
        found |= {(key, phone or "") for key, phone in db.session.execute(query)}
    return found


def take_in(
    rows: Collection[IntakeRow], *, now: datetime, by_user_id: UUID | None
) -> Counter[Intake]:
    """How many lines became what. All in the caller's one transaction."""
    team_ids = {team.name: team.id for team in queries.list_teams()}
    return Counter(
        services.take_in(row, team_ids=team_ids, now=now, by_user_id=by_user_id) for row in rows
    )
