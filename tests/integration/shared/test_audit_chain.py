"""The log that cannot forget: what was changed, removed or cut off without a record is found, on
both engines, also while many write at once.
"""

import contextlib
import threading
import uuid

import pytest
import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.screening import logbook_services as logbook
from jobunivers.screening.models import ScreeningEvent
from jobunivers.shared import audit, chain
from jobunivers.shared.audit import AuditEvent
from jobunivers.shared.db import write

NOBODY = uuid.UUID(int=7)


def record(app, count=8, *, citizen=NOBODY):
    with app.app_context():
        for number in range(count):
            with write():
                audit.record(
                    "test.deed",
                    actor_id=uuid.uuid4(),
                    actor_role="caseworker",
                    citizen_id=citizen,
                    purpose=f"purpose {number}",
                    step=number,
                    name="Олена æøå",
                )


def faults(app, anchors=()):
    with app.app_context():
        return audit.verify(anchors)


def change(app, statement):
    with app.app_context(), write() as session:
        session.execute(statement)


def numbers(app):
    with app.app_context():
        return list(db.session.scalars(sa.select(AuditEvent.number).order_by(AuditEvent.number)))


def test_an_empty_log_is_whole_and_a_written_one_too(app):
    assert faults(app) == []
    record(app)
    assert faults(app) == [] and numbers(app) == list(range(1, 9))


@pytest.mark.parametrize(
    "values",
    [
        {"purpose": "another"},
        {"detail": {"step": 99}},
        {"citizen_id": uuid.UUID(int=8)},
        {"actor_role": "admin"},
        {"hash": "0" * 64},
        {"digest": "0" * 64},
        {"salt": "", "action": "", "purpose": "", "detail": {}},
    ],
)
def test_a_changed_row_is_found(app, values):
    record(app)
    change(app, sa.update(AuditEvent).where(AuditEvent.number == 4).values(**values))
    assert any(line.startswith("4:") for line in faults(app))


@pytest.mark.parametrize("gone", [[1], [4], [4, 5, 6, 7, 8], list(range(1, 9))])
def test_removed_rows_are_found_also_the_last_five_and_all_of_them(app, gone):
    record(app)
    change(app, sa.delete(AuditEvent).where(AuditEvent.number.in_(gone)))
    assert faults(app) != []
    record(app, 1)  # going on does not heal it
    assert faults(app) != []


def test_a_head_that_was_set_back_without_our_key_is_found_for_ever(app):
    record(app)
    with app.app_context():
        row = db.session.execute(
            sa.select(AuditEvent.number, AuditEvent.hash).where(AuditEvent.number == 3)
        ).one()
    change(app, sa.delete(AuditEvent).where(AuditEvent.number > 3))
    for mac in ("", "0" * 64):
        change(app, sa.update(chain.ChainHead).values(number=3, hash=row.hash, mac=mac))
        assert any("not signed" in line for line in faults(app))
    record(app, 1)
    assert any("had lost its end" in line for line in faults(app))


def test_a_head_that_was_removed_stops_nobody_and_is_found_for_ever(app):
    record(app)
    change(app, sa.delete(chain.ChainHead))
    assert faults(app) != []
    record(app, 2)
    assert any("had lost its end" in line for line in faults(app))


def test_an_end_that_an_upgrade_found_is_taken_over_once(app):
    record(app)
    change(app, sa.update(chain.ChainHead).values(mac=""))
    record(app, 1)
    assert faults(app) == []
    change(app, sa.update(chain.ChainHead).values(mac=""))
    record(app, 1)
    assert any("had lost its end" in line for line in faults(app))


def test_an_anchor_proves_that_a_whole_older_state_was_put_back(app):
    """Whoever holds the key or a backup can make a log that fits itself, not the paper outside."""
    record(app)
    with app.app_context():
        ((_name, number, digest),) = chain.list_heads()
    assert faults(app, [(number, digest)]) == []
    assert faults(app, [(number, "0" * 64)]) == ["8: not what was anchored"]
    assert faults(app, [(number + 5, digest)]) == ["13: it was anchored and is missing"]


def undone():
    audit.record("test.undone", actor_id=None, actor_role="system")
    raise ZeroDivisionError


def test_what_is_undone_leaves_no_row_and_no_gap(app):
    with app.app_context():
        with contextlib.suppress(ZeroDivisionError), write():
            undone()
        with write() as session:
            audit.record("test.before", actor_id=None, actor_role="system")
            with contextlib.suppress(ZeroDivisionError), session.begin_nested():
                undone()
            with session.begin_nested():
                audit.record("test.kept", actor_id=None, actor_role="system")
        audit.record("test.forgotten", actor_id=None, actor_role="system")
        db.session.rollback()
        with write():
            audit.record("test.after", actor_id=None, actor_role="system")
        rows = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.number)).all()
        assert [row.action for row in rows] == ["test.before", "test.kept", "test.after"]
    assert faults(app) == []


def test_a_cut_empties_the_rows_of_one_person_and_says_so(app):
    other = uuid.UUID(int=9)
    record(app, 3)
    record(app, 2, citizen=other)
    record(app, 2)
    with app.app_context():
        with write():
            assert audit.cut(NOBODY, why="test", by_role="command") == 5
        assert audit.looks_at(NOBODY) == [] and len(audit.looks_at(other)) == 2
        (cut,) = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == audit.CUT))
        assert cut.detail["places"] == [[1, 3], [6, 7]] and str(NOBODY) not in str(cut.detail)
        empty = db.session.scalar(sa.select(AuditEvent).where(AuditEvent.number == 1))
        assert (empty.actor_id, empty.citizen_id, empty.purpose, empty.detail) == (
            None,
            None,
            "",
            {},
        )
    assert faults(app) == []


def test_a_second_cut_and_one_of_nobody(app):
    record(app, 2)
    record(app, 2, citizen=uuid.UUID(int=9))
    with app.app_context():
        for person in (NOBODY, uuid.UUID(int=9), uuid.UUID(int=10)):
            with write():
                audit.cut(person, why="test", by_role="command")
    assert faults(app) == [] and len(numbers(app)) == 6


def test_a_cut_without_its_record_or_with_another_is_found(app):
    record(app)
    with app.app_context(), write():
        audit.cut(NOBODY, why="test", by_role="command")
    change(
        app,
        sa.update(AuditEvent)
        .where(AuditEvent.action == audit.CUT)
        .values(detail={"places": [[1, 2]], "proof": "x", "why": "test"}),
    )
    assert any("content was changed" in line for line in faults(app))
    assert any("records another cut" in line for line in faults(app))


def test_many_who_write_at_once_make_one_chain(app):
    together, broken = threading.Barrier(4), []

    def work():
        together.wait()
        try:
            record(app, 10, citizen=uuid.uuid4())
        except Exception as error:
            broken.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == [] and numbers(app) == list(range(1, 41)) and faults(app) == []


def test_the_screenings_log_notices_that_its_end_is_missing(app, make):
    for name in ("A", "B"):
        make.screening(make.citizen(name=name, caseworker=make.caseworker()))
    with app.app_context():
        assert logbook.verify() == []
        last = db.session.scalar(sa.select(sa.func.max(ScreeningEvent.number)))
    change(app, sa.delete(ScreeningEvent).where(ScreeningEvent.number > last - 2))
    with app.app_context():
        assert logbook.verify() != []


def test_keys_can_rotate(app, monkeypatch):
    from jobunivers.shared import vault

    record(app)
    old, new = app.config["DATA_KEYS"], vault.new_key()
    monkeypatch.setitem(app.config, "DATA_KEYS", (new, *old))
    assert faults(app) == []
    with app.app_context(), write():
        assert chain.sign_again() == 1
    monkeypatch.setitem(app.config, "DATA_KEYS", (new,))
    assert faults(app) == []
