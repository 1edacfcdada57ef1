"""What a restored database must not do: send again what has left, let in whoever was logged in then,
bring back whom it was promised to forget.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from jobunivers.screening import logbook_services as logbook
from jobunivers.shared import erasures
from jobunivers.shared.db import UtcDateTime
from jobunivers.shared.erasures import Erasure


@dataclass(frozen=True)
class Forgotten:
    """Who was erased, as the log of the database that is replaced says: hashes of citizens, and
    hashes of those who erased their own work.
    """

    subjects: frozenset[str] = frozenset()
    own_work: frozenset[str] = frozenset()

    def with_journal(self, journal: Sequence[Erasure], since: datetime) -> "Forgotten":
        """With those of the journal outside the database, which is there when the database is not."""
        cases = {one.subject for one in journal if one.what == "case"}
        return Forgotten(
            self.subjects | cases, self.own_work | erasures.since(list(journal), since)
        )


def forgotten_in(engine: sa.Engine, since: datetime) -> Forgotten:
    """Read before the database is replaced by a backup of that moment; nothing when it holds no log.
    Own work that was erased before the backup was made is not in it, and what she made later stays.
    """
    event = sa.table(
        "audit_event",
        sa.column("action"),
        sa.column("detail", sa.JSON()),
        sa.column("citizen_id", sa.Uuid()),
        sa.column("created_at", UtcDateTime()),
    )
    wanted = ("citizen.erased", "citizen.erased_own_work")
    query = sa.select(event.c.action, event.c.detail, event.c.citizen_id, event.c.created_at)
    try:
        with engine.connect() as connection:
            rows = connection.execute(query.where(event.c.action.in_(wanted))).all()
    except SQLAlchemyError:
        return Forgotten()
    return Forgotten(
        frozenset(row.detail["subject"] for row in rows if row.action == "citizen.erased"),
        frozenset(
            str(logbook.subject(row.citizen_id))
            for row in rows
            if row.citizen_id and row.action != wanted[0] and row.created_at >= since
        ),
    )


def settle(engine: sa.Engine, now: datetime) -> dict[str, int]:
    """On the restored database: nothing leaves, nobody is logged in. Returns how many of each."""
    job, link = sa.table("outbox_job", *_columns("state")), sa.table("email_link")
    job.append_column(sa.column("run_at", UtcDateTime()))
    link.append_column(sa.column("used_at", UtcDateTime()))
    due = sa.update(job).where(job.c.state == "waiting", job.c.run_at <= now)
    open_links = sa.update(link).where(link.c.used_at.is_(None))
    statements: dict[str, sa.Executable] = {
        "messages held": due.values(state="held"),
        "sessions ended": sa.delete(sa.table("login_session")),
        "links ended": open_links.values(used_at=now),
    }
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        return {
            what: int(connection.execute(statement).rowcount)
            for what, statement in statements.items()
        }


def _columns(*names: str) -> list[sa.ColumnClause[object]]:
    return [sa.column(name) for name in names]


def erase_again(forgotten: Forgotten) -> int:
    """Whoever was erased after the backup is erased once more. Returns how many."""
    from jobunivers.commands._app import opened_app
    from jobunivers.shared import clock
    from jobunivers.shared.db import write

    if not forgotten.subjects and not forgotten.own_work:
        return 0
    with opened_app(), write() as session:
        return _erase_again(session, forgotten, clock.now())


def _erase_again(session: Any, forgotten: Forgotten, now: datetime) -> int:
    from jobunivers.caseload.models import Citizen, Spell
    from jobunivers.identity import queries as identity
    from jobunivers.portal import erasure_services as erasing
    from jobunivers.shared import clock

    count = 0
    for citizen_id in session.scalars(sa.select(Citizen.id).order_by(Citizen.id)).all():
        subject = str(logbook.subject(citizen_id))
        if subject in forgotten.subjects:
            its_open = (Spell.citizen_id == citizen_id, Spell.ended_on.is_(None))
            session.execute(sa.update(Spell).where(*its_open).values(ended_on=clock.today()))
            session.expire_all()
            erasing.erase_citizen(citizen_id, by_role="restore")
            count += 1
        elif subject in forgotten.own_work:
            owner = identity.find_owner_of_citizen(citizen_id)
            erasing.erase_own_work(citizen_id, owner.id if owner else None, now=now)
            count += 1
    return count
