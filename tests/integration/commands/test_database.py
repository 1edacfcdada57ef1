"""Backup, restore, move and check: what comes back is what was there."""

import json
import threading
import zipfile
from datetime import timedelta

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from jobunivers.caseload.models import Citizen, Spell
from jobunivers.commands import _archive
from jobunivers.commands.db import command
from jobunivers.extensions import db
from jobunivers.identity.models import LoginSession
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import second_try_services as second_try
from jobunivers.messages import services
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.models import OutboxJob
from jobunivers.migrations import runner
from jobunivers.portal import erasure_services as erasing
from jobunivers.screening.models import ScreeningEvent
from jobunivers.shared import clock
from jobunivers.shared.db import engine_for, write
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.own_database


@pytest.fixture
def run(monkeypatch, tmp_path):
    """run(url, "backup", file) -> the finished command."""
    monkeypatch.setenv("JU_ERASURES", str(tmp_path / "erasures.jsonl"))

    def call(url, *arguments):
        monkeypatch.setenv("JU_DATABASE_URL", url)
        return CliRunner().invoke(command, [str(argument) for argument in arguments])

    return call


@pytest.fixture
def full(app, make, database_url):
    """A database with awkward content: three alphabets, sealed bytes, JSON null, quotes, empty
    values. Its URL.
    """
    staff = make.caseworker(name="Søren Ærlig")
    for number in range(30):
        citizen = make.citizen(
            name=f'Олена "Demo" {number}\n\'; --',
            locale="uk",
            caseworker=staff,
            cpr_sealed=bytes(range(number, 60)),
            phone="",
        )
        with app.app_context(), write():
            services.notify(
                make.recipient(citizen),
                "test.news",
                {"when": None, "what": ["æ", {"ї": 1.5}]},
                now=clock.now(),
            )
    with app.app_context(), write():
        outbox.enqueue("test.later", {"deep": {"null": None}}, run_at=clock.now(), key="k")
        db.session.add(
            ScreeningEvent(number=1, kind="test", payload=None, previous_hash="", hash="x")
        )
    return database_url


def contents(url):
    engine = engine_for(url)
    found = _archive.contents(engine)
    engine.dispose()
    return found


def rows_in(sums):
    return {found.shape.name: found.rows for found in sums}


def test_backup_restores_to_the_same_content_on_an_empty_database(run, full, databases, tmp_path):
    file, target = tmp_path / "backup.zip", databases.fresh()
    assert run(full, "backup", file).exit_code == 0
    assert oct(file.stat().st_mode)[-3:] == "600"
    done = run(target, "restore", file)
    assert done.exit_code == 0, done.output
    assert but_for_what_is_held(target) == but_for_what_is_held(full)
    assert rows_in(contents(target))["citizen"] == 30
    assert run(target, "check").output == "The database is in order.\n"
    databases.drop(target)


def but_for_what_is_held(url):
    """A restore holds what was due to leave; the rest is the same to the last sign."""
    return [one for one in contents(url) if one.shape.name != "outbox_job"]


def test_restore_works_on_a_database_that_was_never_migrated(run, full, databases, tmp_path):
    file, target = tmp_path / "backup.zip", databases.blank()
    run(full, "backup", file)
    assert run(target, "restore", file).exit_code == 0
    assert but_for_what_is_held(target) == but_for_what_is_held(full)
    databases.drop(target)


def test_restore_never_replaces_data_unless_told_to(run, full, databases, tmp_path):
    file, other = tmp_path / "empty.zip", databases.fresh()
    run(other, "backup", file)
    before = contents(full)
    refused = run(full, "restore", file)
    assert refused.exit_code == 1 and "nothing was changed" in refused.output
    assert contents(full) == before
    assert run(full, "restore", file, "--yes").exit_code == 0
    assert contents(full) == contents(other)
    databases.drop(other)


def test_backup_while_in_use_is_one_moment(app, make, run, full, databases, tmp_path):
    stop, file, target = threading.Event(), tmp_path / "busy.zip", databases.fresh()

    def write_on():
        number = 0
        while not stop.is_set():
            number += 1
            with app.app_context(), write():
                # two rows that belong together: a backup must hold both or none
                outbox.enqueue("test.pair", {"half": 1}, run_at=clock.now(), key=f"pair:{number}:a")
                outbox.enqueue("test.pair", {"half": 2}, run_at=clock.now(), key=f"pair:{number}:b")

    thread = threading.Thread(target=write_on, daemon=True)
    thread.start()
    done = run(full, "backup", file)
    stop.set()
    thread.join(PATIENCE)
    assert done.exit_code == 0, done.output
    assert run(target, "restore", file).exit_code == 0
    engine = engine_for(target)
    with engine.connect() as connection:
        keys = [
            key
            for key in connection.scalars(
                sa.text("SELECT key FROM outbox_job WHERE kind = 'test.pair'")
            )
        ]
    assert len(keys) == 2 * len({key[:-2] for key in keys})
    engine.dispose()
    databases.drop(target)


def test_damaged_backup_is_refused_before_anything_is_touched(run, full, tmp_path):
    file, broken = tmp_path / "good.zip", tmp_path / "broken.zip"
    run(full, "backup", file)
    with zipfile.ZipFile(file) as good, zipfile.ZipFile(broken, "w") as bad:
        for name in good.namelist():
            text = good.read(name)
            bad.writestr(name, text.replace(b"Demo", b"Dxmo") if name == "citizen.jsonl" else text)
    before = contents(full)
    refused = run(full, "restore", broken, "--yes")
    assert refused.exit_code == 1 and "citizen" in refused.output
    for rubbish in (b"", b"PK\x03\x04 not a zip"):
        broken.write_bytes(rubbish)
        assert "not a whole backup" in run(full, "restore", broken, "--yes").output
    assert contents(full) == before


def test_backup_of_a_newer_release_is_refused(run, full, tmp_path):
    file, newer = tmp_path / "good.zip", tmp_path / "newer.zip"
    run(full, "backup", file)
    with zipfile.ZipFile(file) as good, zipfile.ZipFile(newer, "w") as bad:
        for name in good.namelist():
            about = (
                json.loads(good.read(name)) | {"revision": "9999"}
                if name == "manifest.json"
                else None
            )
            bad.writestr(name, json.dumps(about) if about else good.read(name))
    refused = run(full, "restore", newer, "--yes")
    assert refused.exit_code == 1 and "does not know" in refused.output


def test_move_copies_to_the_other_engine_and_refuses_a_full_one(run, full, databases, pg_url):
    root = sa.create_engine(pg_url, isolation_level="AUTOCOMMIT")
    name = f"moved_{databases.name}"
    with root.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    target = root.url.set(database=name).render_as_string(hide_password=False)
    done = run(full, "move", target)
    assert done.exit_code == 0, done.output
    assert but_for_what_is_held(target) == but_for_what_is_held(full)
    refused = run(full, "move", target)
    assert refused.exit_code == 1 and "nothing was copied" in refused.output
    with root.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    root.dispose()


def test_check_names_pending_migrations(run, full):
    engine = engine_for(full)
    runner.downgrade(engine, "0001")
    found = run(full, "check")
    assert found.exit_code == 1 and "at revision 0001" in found.output
    engine.dispose()


def test_check_names_what_differs_from_this_release(run, full):
    engine = engine_for(full)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.exec_driver_sql("DROP INDEX ix_message_citizen_id_created_at")
    found = run(full, "check")
    assert found.exit_code == 1 and "ix_message_citizen_id_created_at" in found.output
    engine.dispose()


def test_backup_of_a_database_that_does_not_exist_fails_clearly(run, tmp_path):
    refused = run(f"sqlite:///{tmp_path}/nothing.db", "backup", tmp_path / "x.zip")
    assert (
        refused.exit_code == 1
        and "never been migrated" in refused.output
        and not (tmp_path / "x.zip").exists()
    )


def test_a_restored_database_sends_nothing_again_and_knows_nobody_who_was_erased(
    run, app, make, database_url, tmp_path, monkeypatch
):
    monkeypatch.setenv("JU_DEMO", "1")
    clock.start_at(clock.start_of(clock.today()) + timedelta(hours=10))  # mails leave at once
    gone, stays = make.citizen(name="Gone Demo"), make.citizen(name="Stays Demo")
    with app.app_context(), write():
        for citizen in (gone, stays):
            recipient = make.recipient(citizen)
            services.notify(recipient, "test.unknown", {}, now=clock.now())
        outbox.enqueue("later", {}, run_at=clock.now() + timedelta(days=2))
        row = {"token_hash": "x", "user_id": stays.user, "method": "demo", "device": ""}
        times = {"seen_at": clock.now(), "began_at": clock.now()}
        db.session.execute(sa.insert(LoginSession).values(**row, **times, values={}))
    file = tmp_path / "before.zip"
    assert run(database_url, "backup", file).exit_code == 0
    with app.app_context(), write() as session:
        session.execute(
            sa.update(Spell).where(Spell.citizen_id == gone.id).values(ended_on=clock.today())
        )
        session.expire_all()
        erasing.erase_citizen(gone.id, by_role="command")
    done = run(database_url, "restore", file, "--yes")
    assert done.exit_code == 0, done.output
    assert "1 sessions ended" in done.output and "1 erased again" in done.output
    with app.app_context():
        db.session.rollback()
        assert list(db.session.scalars(sa.select(Citizen.name))) == ["Stays Demo"]
        states = sorted(job.state for job in db.session.scalars(sa.select(OutboxJob)))
        assert states == ["held", "held", "waiting"]
    assert worker.run_once(app, clock.now()) == 0
    with app.app_context(), write():
        assert second_try.try_again(clock.now()) == 2
