"""Visitor accounts: a link by e-mail, good once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from jobunivers.caseload.models import Citizen
from jobunivers.extensions import db
from jobunivers.identity import services
from jobunivers.identity.models import EmailLink, Owner, User
from jobunivers.identity.types import OwnerKind
from jobunivers.messages import gateways as channels
from jobunivers.messages import worker_jobs as worker
from jobunivers.shared import clock
from jobunivers.shared.db import write


@pytest.fixture
def mails(monkeypatch, app):
    """mails() -> what the worker sends now."""
    sent = []
    monkeypatch.setattr(channels, "send_mail", lambda mail, message_id: sent.append(mail))

    def work():
        worker.run_once(app, clock.now())
        return sent

    return work


def link_in(mail):
    return next(word for word in mail.text.split() if "/log-in" in word).partition("8000")[2]


def ask(client, email="Vera@Example.org", **more):
    return client.follow(client.post("/log-in/e-mail", {"email": email, **more}))


def test_new_visitor_gets_an_account_with_a_place_for_her_work(app, client, mails):
    assert "Look in your e-mail" in ask(client, next="/my/path?x=1").words
    [mail] = mails()
    assert mail.to == "vera@example.org"
    confirm = client.get(link_in(mail))
    assert "vera@example.org" in confirm.words
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(User)) == 0, (
            "opening the link alone does nothing"
        )
    assert client.post(link_in(mail)).location == "/my/path?x=1"
    with app.app_context():
        user = db.session.scalar(sa.select(User))
        assert user.email_verified_at is not None
        assert (
            db.session.scalar(sa.select(Owner.kind).where(Owner.user_id == user.id))
            == OwnerKind.VISITOR
        )
    assert "vera" in client.get("/").words


def test_link_is_good_once_and_for_half_an_hour(client, mails):
    ask(client)
    link = link_in(mails()[0])
    client.post(link)
    client.get(link, status=410)
    client.post(link, status=410)
    ask(client)
    late = link_in(mails()[1])
    with time_machine.travel(clock.real_now() + timedelta(minutes=31), tick=True):
        assert "no longer in use" in client.get(late, status=410).words
        client.post(late, status=410)


def test_link_in_the_mail_is_nowhere_in_the_database(app, client, mails):
    ask(client)
    token = link_in(mails()[0]).rsplit("/", 1)[1]
    with app.app_context():
        everything = str(db.session.execute(sa.text("SELECT * FROM email_link")).all()) + str(
            db.session.execute(sa.text("SELECT * FROM outbox_job")).all()
        )
    assert token not in everything


@pytest.mark.parametrize(
    "email",
    [
        "",
        "nobody",
        "a@b",
        "x" * 400 + "@example.org",
        "two@example.org, three@example.org",
        "a@exa\nmple.org",
    ],
)
def test_wrong_address_is_said_kindly_and_nothing_is_sent(client, mails, email):
    page = client.post("/log-in/e-mail", {"email": email}, status=422)
    assert page.soup.select_one('[role="alert"] a[href="#email"]')
    assert mails() == []


def test_everybody_reads_the_same_words(make, client, mails):
    visitor, staff = make.visitor(), make.caseworker()
    answers = {
        ask(client, email).text for email in (visitor.email, staff.email, "nobody@example.org")
    }
    assert len(answers) == 1
    by_address = {mail.to: link_in(mail) for mail in mails()}
    assert by_address[staff.email] == "/log-in/staff"
    assert by_address[visitor.email].startswith("/log-in/e-mail/")


def test_mail_does_not_open_a_case_unless_staff_allowed_it(app, make, client, mails):
    visitor, citizen = make.visitor(), make.citizen(log_in=False)
    with app.app_context(), write():
        services.join_to_citizen(visitor.id, citizen.id, clock.now())
    ask(client, visitor.email)
    assert link_in(mails()[0]) == "/log-in"
    with app.app_context(), write():
        db.session.get_one(User, visitor.id).email_opens_case = True
    ask(client, visitor.email)
    assert link_in(mails()[1]) == "/log-in", "the address is not the one of her record"
    with app.app_context(), write():
        db.session.get_one(Citizen, citizen.id).email = visitor.email
    ask(client, visitor.email)
    assert client.post(link_in(mails()[2])).location == "/my/path/take-along?next=/my", (
        "her work as a visitor is offered to her"
    )


def test_link_asked_for_before_the_rights_came_opens_nothing(app, make, client, mails):
    visitor, citizen = make.visitor(), make.citizen(log_in=False)
    ask(client, visitor.email)
    link = link_in(mails()[0])
    with app.app_context(), write():
        services.join_to_citizen(visitor.id, citizen.id, clock.now())
    client.post(link, status=410)


def test_disabled_account_gets_no_mail_and_the_page_says_the_same(app, make, client, mails):
    visitor = make.visitor()
    with app.app_context(), write():
        services.disable_user(visitor.id, clock.now())
    assert "Look in your e-mail" in ask(client, visitor.email).words
    assert mails() == []


def test_sixth_wish_in_a_quarter_of_an_hour_sends_nothing_and_says_the_same(client, mails):
    pages = {ask(client).text for _ in range(7)}
    assert len(pages) == 1
    assert len(mails()) == 5


def test_forged_link_is_worn_out(client):
    client.get("/log-in/e-mail/abc", status=410)
    client.post("/log-in/e-mail/abc.def", status=410)


def test_draft_of_this_browser_is_offered_after_log_in(app, client, make, mails):
    ask(client)
    with app.test_request_context("/"):
        from jobunivers.identity import access

        cookie = access._serializer().dumps(str(make.draft()))
    client.http.set_cookie("ju_draft", cookie)
    assert client.post(link_in(mails()[0])).location == "/my/path/take-along?next=/my"


def test_next_never_leads_to_another_site(app, client, mails):
    ask(client, next="https://evil.example/")
    assert client.post(link_in(mails()[0])).location == "/my"
    with app.app_context():
        assert db.session.scalar(sa.select(EmailLink.next_url)) == ""


def test_mail_is_neutral_and_bilingual(client, mails):
    client.http.set_cookie("ju_lang", "uk")
    client.locale = "uk"
    client.post("/log-in/e-mail", {"email": "oksana@example.org"})
    [mail] = mails()
    assert mail.text.count("/log-in/e-mail/") == 2
    assert "oksana" not in mail.text
