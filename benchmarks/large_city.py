"""A large city against a small one: python -m benchmarks.large_city [--citizens 90000] [--database
URL] [--nights 2]

Makes a city of 100 and one of `--citizens`, measures the same pages in both (CPU and p95), then the
nightly contact rules.
"""

import argparse
import resource
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from benchmarks.common import app_on, call, session_of
from jobunivers.caseload.models import Assignment, Citizen
from jobunivers.contact import jobs
from jobunivers.extensions import db
from jobunivers.identity.models import User
from jobunivers.seed import city
from jobunivers.shared import clock

STAFF = (
    "/caseworker",
    "/caseworker/flags",
    "/caseworker/citizens",
    "/caseworker/messages",
    "/caseworker/calendar",
    "/caseworker/lists/no-next-contact",
)
CITIZEN = ("/my", "/my/meetings", "/my/meetings/book", "/modules/cv/profile-text")
ROUNDS = 120


def filled(url: str, citizens: int) -> Flask:
    """The application with a city of that size; an existing one is taken as it is."""
    app = app_on(url, Path(tempfile.mkdtemp()))
    with app.app_context():
        if not city.is_taken():
            began = time.perf_counter()
            counts = city.make(citizens, 1, now=clock.now())
            print(
                f"made {counts['citizen']} citizens, {counts['appointment']} meetings in "
                f"{time.perf_counter() - began:.0f} s"
            )
            _analyze()
    return app


def _analyze() -> None:
    """What PostgreSQL's own housekeeping does within minutes, and SQLite at `db optimize`."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))


def people(app: Flask, caseload: int) -> tuple[str, str]:
    """Cookies of a caseworker with about that many citizens and of one of her citizens."""
    with app.app_context():
        size = sa.func.count()
        own = (
            sa.select(Assignment.user_id, size)
            .where(Assignment.ended_at.is_(None))
            .group_by(Assignment.user_id)
        )
        staff_id = db.session.execute(
            own.order_by(sa.func.abs(size - caseload), Assignment.user_id).limit(1)
        ).one()[0]
        hers = (
            sa.select(User.id)
            .join(Citizen, Citizen.id == User.citizen_id)
            .join(Assignment, Assignment.citizen_id == Citizen.id)
        )
        citizen_user = db.session.scalars(
            hers.where(Assignment.user_id == staff_id, Assignment.ended_at.is_(None))
            .order_by(User.id)
            .limit(1)
        ).one()
    return session_of(app, staff_id), session_of(app, citizen_user)


def measure(app: Flask, path: str, cookie: str) -> tuple[float, float]:
    """(median CPU, p95 of the time) of a page in milliseconds."""
    status, _headers, _body = call(app, path, Cookie=cookie)
    if not status.startswith("200"):
        print(f"{path}: {status}")
    spent, took = [], []
    for _round in range(ROUNDS):
        cpu, wall = time.process_time(), time.perf_counter()
        call(app, path, Cookie=cookie)
        spent.append((time.process_time() - cpu) * 1000)
        took.append((time.perf_counter() - wall) * 1000)
    return statistics.median(spent), statistics.quantiles(took, n=20)[18]


def spend_nights(app: Flask, nights: int) -> None:
    """The contact rules for everybody: the first night opens what a city without them lacked, the
    next are ordinary ones.
    """
    for number in range(nights):
        before, cpu, wall = (
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
            time.process_time(),
            time.perf_counter(),
        )
        with app.app_context():
            done = jobs.apply_to_everybody(clock.now() + timedelta(minutes=number))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(
            f"night {number + 1}: {time.perf_counter() - wall:.0f} s "
            f"({time.process_time() - cpu:.0f} s CPU), peak {peak // 1024} MB (before "
            f"{before // 1024}); {done}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--citizens", type=int, default=90_000)
    parser.add_argument("--small-database")
    parser.add_argument(
        "--database", help="a database of its own for the large city; kept and used again"
    )
    parser.add_argument("--nights", type=int, default=2)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="ju-city-"))
    large = filled(given.database or f"sqlite:///{folder / 'large.demo.db'}", given.citizens)
    small = filled(given.small_database or f"sqlite:///{folder / 'small.demo.db'}", 100)
    print(f"{'page':<42} {'CPU ms':>15} {'p95 ms':>15} {'ratio of CPU, p95':>18}")
    cookies = {app: people(app, 45) for app in (small, large)}
    for path in STAFF + CITIZEN:
        who = 0 if path in STAFF else 1
        few, many = (
            measure(small, path, cookies[small][who]),
            measure(large, path, cookies[large][who]),
        )
        ratios = f"{many[0] / few[0]:.2f} {many[1] / few[1]:.2f}"
        print(
            f"{path:<42} {few[0]:>7.2f} {many[0]:>7.2f} {few[1]:>7.2f} {many[1]:>7.2f} {ratios:>18}"
        )
    spend_nights(large, given.nights)


if __name__ == "__main__":
    main()
