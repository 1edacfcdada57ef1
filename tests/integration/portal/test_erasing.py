"""Erasing: what a citizen deletes herself, and a whole case when its time is over. Afterwards no
table holds her any longer.
"""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from jobunivers.caseload import services as caseload
from jobunivers.caseload.models import Citizen
from jobunivers.caseload.types import Outcome
from jobunivers.commands import citizens as command
from jobunivers.extensions import db
from jobunivers.identity.models import PowerOfAttorney, User
from jobunivers.models import metadata
from jobunivers.portal import erasure_services as erasing
from jobunivers.screening import logbook_services as logbook
from jobunivers.screening.models import Answer, HealthAnswer, Screening
from jobunivers.shared import clock
from jobunivers.shared.audit import AuditEvent
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict


def everything_stored(app):
    """Every value of every table as text, with where it stands."""
    with app.app_context():
        for table in metadata.sorted_tables:
            for row in db.session.execute(sa.select(table)):
                for column, value in row._mapping.items():
                    yield f"{table.name}.{column}", str(value)


def places_with(app, *traces):
    wanted = [
        form.casefold() for trace in traces for form in (str(trace), str(trace).replace("-", ""))
    ]
    return {
        place
        for place, value in everything_stored(app)
        if any(trace in value.casefold() for trace in wanted)
    }


def end_spell(app, citizen, *, days_ago=0):
    now = clock.now() - timedelta(days=days_ago)
    with app.app_context(), write():
        caseload.end_spell(
            citizen.id,
            outcome=Outcome.JOB,
            ended_on=clock.local(now).date(),
            now=now,
            by_user_id=None,
        )


@pytest.fixture
def case(app, make, client_of):
    """A citizen with everything a case can hold, and a colleague's citizen who must stay as she is."""
    caseworker = make.caseworker()
    make.windows(caseworker)
    citizen = make.citizen(
        name="Maja Maagaard", email="maja.maagaard@example.org", caseworker=caseworker
    )
    citizen.caseworker = caseworker
    browser, desk = client_of(citizen.user), client_of(caseworker)
    citizen.helper = make.helper(citizen, name="Hanne Hjælper")
    client_of(citizen.helper).get("/my/cv")
    browser.post("/my/messages", {"body": "Hello", "key": ""})
    desk.post(f"/caseworker/citizens/{citizen.id}/messages", {"body": "Hello", "key": ""})
    desk.post(
        f"/caseworker/lists/tasks/{citizen.id}",
        {"note": "Ring", "due_on": clock.today().isoformat()},
    )
    browser.post("/modules/cv/profile-text", {"answer": "I bake.", "done": "1", "seen": ""})
    browser.post(
        "/my/settings/contact",
        {"email": citizen.email, "phone": "20 30 40 50", "address": "Demovej 1"},
    )
    make.need(citizen)
    make.screening(citizen)
    make.flag(citizen)
    make.booking(citizen, caseworker, clock.now() + timedelta(days=3))
    desk.get(f"/caseworker/citizens/{citizen.id}")
    return citizen


def test_whole_case_is_erased_and_no_table_holds_the_person_any_longer(app, make, case):
    other = make.citizen(caseworker=case.caseworker)
    end_spell(app, case)
    traces = (case.id, case.user, case.helper.id, "Maagaard", "Hjælper")
    assert {
        "citizen.id",
        "audit_event.actor_id",
        "user.email",
        "occupied_cell.resource",
    } & places_with(app, *traces)
    with app.app_context(), write():
        receipt = erasing.erase_citizen(case.id, by_role="command")
    assert places_with(app, *traces) == set()
    assert receipt.rows["message"] >= 2 and receipt.rows["appointment"] == 1
    with app.app_context():
        assert logbook.verify() == []
        event = db.session.scalar(
            sa.select(AuditEvent).where(AuditEvent.action == "citizen.erased")
        )
        assert (
            event.detail == {"subject": receipt.subject, "rows": receipt.rows}
            and event.citizen_id is None
        )
        assert db.session.get(Citizen, other.id) is not None


def test_helper_of_somebody_else_keeps_her_log_in(app, make, case):
    other = make.citizen()
    make.save(PowerOfAttorney(user_id=case.helper.id, citizen_id=other.id))
    end_spell(app, case)
    with app.app_context(), write():
        erasing.erase_citizen(case.id, by_role="command")
    with app.app_context():
        assert db.session.get(User, case.helper.id) is not None
    assert places_with(app, case.id) == set()


def test_nobody_is_erased_while_she_is_out_of_work(app, case):
    with app.app_context(), write(), pytest.raises(Conflict):
        erasing.erase_citizen(case.id, by_role="command")


def test_every_night_goes_what_the_profile_says_and_nothing_else(app, make, monkeypatch):
    long_ago, lately, at_work_again = make.citizen(), make.citizen(), make.citizen()
    for citizen, days in ((long_ago, 800), (lately, 100)):
        with app.app_context(), write():
            make_older(citizen.id, days + 50)
        make.screening(citizen)
        end_spell(app, citizen, days_ago=days)
    make.screening(at_work_again)
    with app.app_context():
        erasing.erase_what_is_over({}, clock.now())
        assert {row.citizen_id for row in db.session.scalars(sa.select(Screening))} == {
            lately.id,
            at_work_again.id,
        }
        assert db.session.get(Citizen, long_ago.id) is not None
        profile_that_keeps(app, monkeypatch, months=24)
        erasing.erase_what_is_over({}, clock.now())
        assert set(db.session.scalars(sa.select(Citizen.id))) == {lately.id, at_work_again.id}


def test_a_case_that_is_opened_again_in_the_middle_of_the_night_keeps_nobody_else_waiting(
    app, make, monkeypatch
):
    over, open_again = make.citizen(), make.citizen()
    for citizen in (over, open_again):
        with app.app_context(), write():
            make_older(citizen.id, 850)
    end_spell(app, over, days_ago=800)
    with app.app_context():
        profile_that_keeps(app, monkeypatch, months=24)
        monkeypatch.setattr(
            erasing.erasure, "list_erasable", lambda before, limit: [open_again.id, over.id]
        )
        erasing.erase_what_is_over({}, clock.now())
        assert db.session.get(Citizen, over.id) is None
        assert db.session.get(Citizen, open_again.id) is not None


def make_older(citizen_id, days):
    from jobunivers.caseload import queries

    queries.current_spell(citizen_id).started_on = clock.today() - timedelta(days=days)


def profile_that_keeps(app, monkeypatch, *, months):
    from dataclasses import replace

    monkeypatch.setitem(
        app.config, "PROFILE", replace(app.config["PROFILE"], case_kept_months=months)
    )


def run(app, monkeypatch, *arguments):
    monkeypatch.setattr(command, "opened_app", app.app_context)
    return CliRunner().invoke(command.command, ["erase", *map(str, arguments)])


def test_command_says_first_what_would_go_and_erases_with_yes(app, case, monkeypatch):
    answer = run(app, monkeypatch, case.id, "--yes")
    assert answer.exit_code == 1 and "has not ended" in answer.output
    end_spell(app, case)
    answer = run(app, monkeypatch, case.id)
    assert (
        answer.exit_code == 0
        and "message 4" in answer.output
        and "Nothing was changed" in answer.output
    )
    answer = run(app, monkeypatch, case.id, "--yes")
    assert (
        answer.exit_code == 0
        and answer.output.startswith("Erased ")
        and str(case.id) not in answer.output
    )
    assert places_with(app, case.id) == set()
    assert "no such citizen" in run(app, monkeypatch, case.id, "--yes").output


def test_command_keeps_what_the_profile_keeps(app, case, monkeypatch):
    end_spell(app, case)
    profile_that_keeps(app, monkeypatch, months=60)
    answer = run(app, monkeypatch, case.id, "--yes")
    assert answer.exit_code == 1 and "keeps this case longer" in answer.output


def test_citizen_deletes_what_nobody_has_used_and_reads_what_stays_and_why(app, make, client_of):
    used, unused = make.citizen(), make.citizen()
    make.screening(used)
    make.screening(unused, finished=False)
    for citizen in (used, unused):
        browser = client_of(citizen.user)
        page = browser.get("/my/data/delete")
        assert (
            "your answers about health" in page.words
            and "This stays with the municipality" in page.words
        )
        browser.post("/my/data/delete", {}, status=422)
        assert (
            "It is deleted"
            in browser.follow(browser.post("/my/data/delete", {"is_sure": "y"})).words
        )
    with app.app_context():
        assert [row.citizen_id for row in db.session.scalars(sa.select(Screening))] == [used.id]
        assert (
            db.session.scalars(sa.select(HealthAnswer)).all() == []
            and db.session.scalars(sa.select(Answer)).all()
        )
