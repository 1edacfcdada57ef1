"""No name without a row: every route of staff is opened on citizens who are there, and whoever stands
on the page must stand in the log, with who looked and what for. A colleague's citizen stands on no
page before the reader has said why.
"""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobunivers.caseload.models import TeamMember
from jobunivers.contact.models import Exemption
from jobunivers.extensions import db
from jobunivers.identity.access import STAFF_GUARDS, UNNAMED
from jobunivers.identity.models import UnmatchedLogin
from jobunivers.identity.types import Grant
from jobunivers.messages import services as messages
from jobunivers.messages.models import Delivery, Message
from jobunivers.messages.types import Channel
from jobunivers.shared import audit, clock
from jobunivers.shared.audit import AuditEvent
from jobunivers.shared.chain import ChainHead
from jobunivers.shared.db import write
from tests.support.client import PageClient

OWN, COLLEAGUES = "Zaqwila Ownsdatter", "Zybrith Teamsdatter"
# Ids and words in addresses that belong to no citizen; a new one belongs here or into `world`.
ABOUT_NOBODY = {
    "edition_id", "area", "code", "closing_id", "module", "text", "language", "mistake_id",
    "event_id", "job_id", "user_id", "team_id", "absence_id", "window_id", "unmatched_id",
    "wish_id",  # only answered, never shown by its address
    "batch",  # a change of caseworkers that is taken back
}  # fmt: skip


@pytest.fixture
def world(app, make):
    """A member of staff who may everything, her own citizen and a colleague's, each with all that a
    page can be about.
    """
    team = make.team("Team Looks")
    reader = make.staff(*Grant, name="Rita Reader", team_id=team)
    colleague = make.caseworker(team_id=team, name="Carl Colleague")
    reader.team_id = team
    return reader, {
        name: _one(app, make, name, caseworker)
        for name, caseworker in ((OWN, reader), (COLLEAGUES, colleague))
    }


def _one(app, make, name, caseworker):
    """Ids by their name in addresses."""
    citizen = make.citizen(name=name, caseworker=caseworker, weeks_out_of_work=20, phone="20304050")
    made = {"citizen_id": citizen.id, "key": "goal"}
    made["meeting_id"] = make.booking(citizen, caseworker, clock.now() + timedelta(days=1))
    make.booking(citizen, caseworker, clock.now() - timedelta(days=1))
    made["flag_id"] = make.flag(citizen)
    made["task_id"] = make.task(citizen, caseworker)
    made["exemption_id"] = make.save(
        Exemption(
            citizen_id=citizen.id,
            scope="self_booking",
            reason="language",
            starts_on=clock.today(),
            by_user_id=caseworker.id,
        )
    )
    helper = make.helper(citizen)
    made["power_id"] = helper.powers[0]
    make.save(Message(citizen_id=citizen.id, from_citizen=True, body="Hello?"))
    make.save(UnmatchedLogin(user_id=make.visitor().id, name="Nobody Known", seen_at=clock.now()))
    recipient = make.recipient(citizen, channel=Channel.LETTER)
    with app.app_context(), write():
        messages.write_to_citizen(
            recipient, "A letter", author_id=caseworker.id, now=clock.now(), key=f"k{citizen.id}"
        )
    with app.app_context():
        made["delivery_id"] = db.session.scalar(
            sa.select(Delivery.id)
            .join(Message, Message.id == Delivery.message_id)
            .where(Message.citizen_id == citizen.id, Delivery.channel == Channel.LETTER)
        )
    assert made["delivery_id"] is not None
    return made


def routes(app, *, methods):
    """(rule, method) of every route of staff; a parameter that nobody has placed fails here."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if getattr(app.view_functions[rule.endpoint], "guard", "") in STAFF_GUARDS:
            for method in sorted(rule.methods & methods):
                yield rule, method


def addresses(app, ids, *, methods):
    """(address, method, whether it is about one citizen), lists also searched and for the team."""
    for rule, method in routes(app, methods=methods):
        unknown = set(rule._converters) - set(ids) - ABOUT_NOBODY
        assert not unknown, f"{rule.rule}: say in this file whose {unknown} it takes"
        if set(rule._converters) <= set(ids):
            with app.test_request_context("/"):
                path = app.url_map.bind("localhost").build(
                    rule.endpoint, {name: ids[name] for name in rule._converters}, method=method
                )
            yield path, method, bool(rule._converters)


def forget_looks(app):
    """So that a row of one page does not stand in for another's."""
    with app.app_context(), write() as session:
        session.execute(sa.delete(AuditEvent))
        session.execute(sa.delete(ChainHead).where(ChainHead.name == audit.LOG))


def looks(app, reader, citizen_id):
    with app.app_context():
        rows = audit.looks_at(citizen_id, roles=("admin", "coordinator", "caseworker"))
        return [row for row in rows if row.actor_id == reader.id]


def faults(app, browser, reader, people, path, method):
    """What is wrong with the log after this request."""
    forget_looks(app)
    data = {"csrf_token": browser._token(), "choice": "", "body": ""} if method != "GET" else None
    answer = browser.http.open(
        path, method=method, data=data, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code < 500, path
    shown = answer.get_data(as_text=True) if answer.status_code not in range(300, 400) else ""
    for name, ids in people.items():
        found = looks(app, reader, ids["citizen_id"])
        if name.split()[0] in shown and not found:
            yield f"{method} {path}: {name} stands there ({answer.status_code}) and in no log"
        if any(row.purpose in ("", UNNAMED) for row in found if row.action.endswith(".view")):
            yield f"{method} {path}: the log does not say what {name} was read for"


def test_whoever_stands_on_a_page_of_staff_stands_in_the_log(app, world):
    reader, people = world
    browser, wrong, seen = PageClient(app), [], set()
    browser.log_in(reader)
    for methods in ({"GET"}, {"POST"}):
        for name, ids in people.items():
            for path, method, is_about_one in addresses(app, ids, methods=methods):
                more = ("?because=standing_in",) if is_about_one else ("", "?who=team", "?name=z")
                for query in more:
                    wrong += faults(app, browser, reader, people, path + query, method)
                    seen.add((name, path.split("?")[0]))
    assert wrong == []
    assert len(seen) > 60


def test_a_colleagues_citizen_stands_on_no_page_before_one_has_said_why(app, world):
    reader, people = world
    wrong = []
    for path, method, is_about_one in addresses(app, people[COLLEAGUES], methods={"GET", "POST"}):
        if not is_about_one or "/letters/" in path:  # whoever prints the post has that purpose
            continue
        browser = PageClient(app)
        browser.log_in(reader)
        forget_looks(app)
        data = {"csrf_token": browser._token()} if method != "GET" else None
        answer = browser.http.open(
            path, method=method, data=data, headers={"Sec-Fetch-Site": "same-origin"}
        )
        text = answer.get_data(as_text=True)
        if COLLEAGUES.split()[0] in text or "20304050" in text:
            wrong.append(f"{method} {path}: shows her")
        if method == "GET" and 'name="because"' not in text:
            wrong.append(f"{method} {path}: does not ask why")
        if [
            row
            for row in looks(app, reader, people[COLLEAGUES]["citizen_id"])
            if ".view" in row.action
        ]:
            wrong.append(f"{method} {path}: logs a look that was none")
    assert wrong == []


def test_what_cannot_be_logged_is_not_shown(app, world, monkeypatch):
    reader, people = world
    browser = PageClient(app)
    browser.log_in(reader)

    def refuse(*_args, **_more):
        raise OSError("the log is full")

    monkeypatch.setattr(audit, "_store", refuse)
    monkeypatch.setitem(app.config, "TESTING", False)
    for path in (
        "/caseworker",
        "/caseworker/citizens",
        f"/caseworker/citizens/{people[OWN]['citizen_id']}",
    ):
        answer = browser.http.get(path)
        assert answer.status_code == 500 and OWN.split()[0] not in answer.get_data(as_text=True)


def test_a_query_that_reads_a_name_without_saying_whose_is_refused(app, world):
    from jobunivers.caseload.models import Citizen
    from jobunivers.shared.seen import Unlogged, watching

    with app.app_context(), watching("list.view", "test") as watch:
        with pytest.raises(Unlogged):
            db.session.execute(sa.select(Citizen.name))
        some = sa.select(Citizen.id, Citizen.name).subquery()
        db.session.execute(sa.select(some.c.name, some.c.id)).all()
        assert len(watch.unlogged()) == 2
        assert db.session.scalar(sa.select(sa.func.count()).select_from(TeamMember)) == 2
        assert db.session.scalars(sa.select(Citizen)).all()
