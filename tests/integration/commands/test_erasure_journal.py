"""The database is lost and an older backup comes back: whoever was erased since stays erased, because
a journal beside the backups says so.
"""

import dataclasses
import stat

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from jobunivers.caseload.models import Citizen, Spell
from jobunivers.commands import _archive
from jobunivers.commands.db import command
from jobunivers.extensions import db
from jobunivers.portal import erasure_services as erasing
from jobunivers.screening import logbook_services as logbook
from jobunivers.shared import clock, erasures
from jobunivers.shared.db import engine_for, write

pytestmark = pytest.mark.own_database


@pytest.fixture
def journal(app, monkeypatch, tmp_path):
    file = tmp_path / "beside" / "erasures.jsonl"
    monkeypatch.setenv("JU_ERASURES", str(file))
    monkeypatch.setenv("JU_DEMO", "1")
    settings = dataclasses.replace(app.config["SETTINGS"], erasures=str(file))
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    return file


@pytest.fixture
def run(monkeypatch, database_url, journal):
    monkeypatch.setenv("JU_DATABASE_URL", database_url)
    return lambda *words: CliRunner().invoke(command, [str(word) for word in words])


def erase(app, citizen, fails=False):
    with app.app_context(), write() as session:
        ends = sa.update(Spell).where(Spell.citizen_id == citizen.id)
        session.execute(ends.values(ended_on=clock.today()))
        session.expire_all()
        erasing.erase_citizen(citizen.id, by_role="command")
        if fails:
            raise KeyboardInterrupt


def lose_everything(app, database_url):
    with app.app_context():
        db.session.rollback()
    engine = engine_for(database_url)
    _archive._drop_everything(engine)
    engine.dispose()


def names(app):
    with app.app_context():
        db.session.rollback()
        return list(db.session.scalars(sa.select(Citizen.name)))


def test_after_the_loss_of_the_database_nobody_who_was_erased_comes_back(
    app, make, run, journal, database_url, tmp_path
):
    gone, stays = make.citizen(name="Gone Demo"), make.citizen(name="Stays Demo")
    assert run("backup", tmp_path / "b.zip").exit_code == 0
    erase(app, gone)
    lose_everything(app, database_url)
    done = run("restore", tmp_path / "b.zip")
    assert done.exit_code == 0 and "1 erased again" in done.output, done.output
    assert names(app) == [stays.name]


def test_an_erasure_that_was_undone_is_not_in_the_journal(app, make, journal):
    citizen = make.citizen()
    with app.app_context():
        with pytest.raises(KeyboardInterrupt):
            erase(app, citizen, fails=True)
        with write() as session:
            session.execute(sa.update(Citizen).values(phone="+4520000009"))
    assert erasures.read(journal) == [] and len(names(app)) == 1
    other = make.citizen()
    erase(app, other)
    [line] = erasures.read(journal)
    assert line.subject == logbook.subject(other.id) and str(other.id) not in journal.read_text()
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600


def test_own_work_erased_before_the_backup_does_not_take_what_she_made_later(
    app, make, run, journal, tmp_path
):
    maja = make.citizen()

    def notes():
        with app.app_context():
            db.session.rollback()
            query = sa.text("SELECT count(*) FROM cv")
            return db.session.scalar(query)

    with app.app_context(), write():
        erasing.erase_own_work(maja.id, None, now=clock.now())
    make.cv_head(maja.owner_id, name="Maja")
    assert run("backup", tmp_path / "b.zip").exit_code == 0
    assert "0 erased again" in run("restore", tmp_path / "b.zip", "--yes").output
    assert notes() == 1
    with app.app_context(), write():
        erasing.erase_own_work(maja.id, maja.owner_id, now=clock.now())
    assert "1 erased again" in run("restore", tmp_path / "b.zip", "--yes").output
    assert notes() == 0


def test_a_last_line_cut_off_by_a_crash_is_left_out_and_a_broken_one_stops_the_restore(
    app, make, run, journal, tmp_path
):
    citizen = make.citizen()
    assert run("backup", tmp_path / "b.zip").exit_code == 0
    erase(app, citizen)
    with journal.open("a") as out:
        out.write('{"at": "2026')
    assert len(erasures.read(journal)) == 1
    with journal.open("a") as out:
        out.write("\n")
    refused = run("restore", tmp_path / "b.zip", "--yes")
    assert refused.exit_code == 1 and "line 2: this is no erasure" in refused.output
    assert names(app) == []
