"""Is the house ready: database reachable, migrations done, worker alive? For /readyz, /metrics and
`doctor`.
"""

from datetime import timedelta
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from jobunivers.extensions import db
from jobunivers.messages import queries
from jobunivers.migrations import newest
from jobunivers.shared import clock

WORKER_MAY_BE_SILENT = timedelta(minutes=2)


@lru_cache
def _head() -> str | None:
    return newest()


def parts() -> dict[str, str]:
    """Part -> "ok", or what is wrong, in one short phrase; the order is the order of dependence."""
    try:
        current = db.session.scalar(sa.text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        db.session.rollback()
        return {
            "database": "not reachable or never migrated",
            "migrations": "unknown",
            "worker": "unknown",
        }
    migrations = "ok" if current == _head() else f"at {current}, newest is {_head()}"
    return {
        "database": "ok",
        "migrations": migrations,
        "worker": _worker() if migrations == "ok" else "unknown",
    }


def trouble() -> dict[str, int]:
    """What stands in the way of messages, in numbers; for /readyz, /metrics and `doctor`. None of
    it takes the site away: people can still book and read.
    """
    return {
        "not_reached": queries.count_not_reached(),
        "tried_in_vain": queries.count_failing(),
        "without_end": len(queries.list_without_end()),
    }


def _worker() -> str:
    seen = queries.worker_seen_at()
    if seen is None:
        return "never seen"
    silent = clock.real_now() - seen
    return (
        "ok"
        if silent <= WORKER_MAY_BE_SILENT
        else f"not seen for {int(silent.total_seconds() // 60)} minutes"
    )


def seconds_since_worker() -> float:
    """Seconds since a worker last drew breath; -1 when none ever did."""
    seen = queries.worker_seen_at()
    return (clock.real_now() - seen).total_seconds() if seen else -1.0
