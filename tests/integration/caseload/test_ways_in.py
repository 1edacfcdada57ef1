"""Ways into a case, as the old mailbox, a curious colleague and somebody who wants to be her try
them.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from jobunivers.caseload import queries, services
from jobunivers.caseload import way_in_services as ways_in
from jobunivers.caseload.models import WayInWish
from jobunivers.caseload.types import WayIn
from jobunivers.extensions import db
from jobunivers.identity import queries as identity
from jobunivers.identity import services as identity_services
from jobunivers.identity.models import AddressNotice, UnmatchedLogin, User
from jobunivers.identity.types import AuthMethod, Grant, Proof
from jobunivers.messages import gateways as channels
from jobunivers.messages import queries as messages
from jobunivers.messages import worker_jobs as worker
from jobunivers.shared import clock
from jobunivers.shared.db import write
from tests.support.client import PageClient


@pytest.fixture
def mails(monkeypatch, app):
    """mails("a@b") -> the words of what the worker has sent there."""
    sent = []
    monkeypatch.setattr(channels, "send_mail", lambda mail, message_id: sent.append(mail))

    def to(address):
        worker.run_once(app, clock.now(), at_night_too=True)
        return [mail for mail in sent if mail.to == address]

    return to


@pytest.fixture
def by_mail(app, mails):
    """by_mail("a@b") -> a browser that came by a link to that address, or None."""

    def come(address):
        browser = PageClient(app)
        browser.post("/log-in/e-mail", {"email": address})
        links = [
            word.partition("8000")[2]
            for word in mails(address)[-1].text.split()
            if "/log-in/e-mail/" in word
        ]
        if not links:
            return None
        browser.post(links[-1])
        return browser

    return come


@pytest.fixture
def anna(make):
    return make.caseworker(name="Anna")


@pytest.fixture
def maja(app, make, anna):
    """A citizen whose case a link to her address opens."""
    maja = make.citizen(caseworker=anna, email="maja@example.org")
    with app.app_context(), write():
        services.allow_email_log_in(maja.id, is_allowed=True, by_user_id=anna.id, now=clock.now())
    return maja


def notices_of(app, citizen):
    with app.app_context():
        return sorted(row.params.get("what") for row in messages.list_messages(citizen.id))


def is_in(browser):
    return browser is not None and browser.http.get("/my/meetings").status_code == 200


def new_address(browser, address="new@example.org"):
    return browser.post("/my/settings/contact", {"email": address, "phone": "", "address": ""})


def test_after_her_change_the_old_mailbox_opens_nothing_and_the_new_one_does(
    app, maja, client_of, by_mail, mails
):
    old_mailbox = by_mail("maja@example.org")
    assert is_in(old_mailbox)
    new_address(client_of(maja.user))
    assert not is_in(old_mailbox), "what the old address opened has ended"
    late = by_mail("maja@example.org")
    assert not is_in(late), "the old address is a stranger's now"
    assert is_in(by_mail("new@example.org"))
    for address in ("maja@example.org", "new@example.org"):
        told = [mail for mail in mails(address) if "About this e-mail address" in mail.subject]
        assert len(told) == 1 and "Maja" not in told[0].text
    assert "new@" not in "".join(mail.text + mail.html for mail in mails("maja@example.org"))
    assert notices_of(app, maja) == ["email_moved"]
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(AddressNotice.id))) == 0


def test_a_link_on_its_way_to_the_old_address_opens_no_case(maja, client_of, app, mails):
    browser = PageClient(app)
    browser.post("/log-in/e-mail", {"email": "maja@example.org"})
    link = next(w for w in mails("maja@example.org")[0].text.split() if "/log-in/e-mail/" in w)
    new_address(client_of(maja.user))
    browser.post(link.partition("8000")[2], status=410)


def test_whoever_changes_the_address_from_a_mailed_session_is_logged_out_too(maja, by_mail):
    browser = by_mail("maja@example.org")
    assert new_address(browser).location.startswith("/log-in/e-mail")
    assert not is_in(browser)


@pytest.mark.parametrize("address", ["", "taken@example.org"])
def test_an_address_that_cannot_be_a_way_in_closes_it(app, make, maja, client_of, address):
    make.visitor(email="taken@example.org")
    new_address(client_of(maja.user), address)
    with app.app_context():
        assert identity.email_that_opens(maja.id) is None
        assert queries.get_citizen(maja.id).email == (address or None)


def test_taking_back_the_way_by_mail_ends_its_sessions_and_tells_her(
    app, anna, maja, client_of, by_mail
):
    browser = by_mail("maja@example.org")
    client_of(anna).post(f"/caseworker/citizens/{maja.id}/email-log-in", {})
    assert not is_in(browser)
    assert notices_of(app, maja) == ["email_closed"]


# --- a session is never lifted ---------------------------------------------------------------------


def _by_person_identifier(app, make, visitor, citizen):
    proof = Proof("https://broker.example", "s1", name="Maja", person="uuid-1")
    identity_services.citizen_by_proof(proof, clock.now(), visitor_id=visitor.id)


def _by_identity_linked_before(app, make, visitor, citizen):
    proof = Proof("https://broker.example", "s1", name="Maja")
    identity_services.citizen_by_proof(proof, clock.now(), visitor_id=visitor.id)
    _by_person_identifier(app, make, visitor, citizen)


def _by_match_of_staff(app, make, visitor, citizen):
    waiting = UnmatchedLogin(user_id=visitor.id, name="Maja", seen_at=clock.now())
    db.session.add(waiting)
    db.session.flush()
    services.match_login(waiting.id, citizen.id, now=clock.now(), by_user_id=None)


def _by_power_of_attorney(app, make, visitor, citizen):
    services.give_power_of_attorney(
        citizen.id, name="V", email=visitor.email, scope="all", valid_to=None, by_user_id=None
    )


def _by_hand(app, make, visitor, citizen):
    db.session.get_one(User, visitor.id).citizen_id = citizen.id


JOININGS = [
    _by_person_identifier,
    _by_identity_linked_before,
    _by_match_of_staff,
    _by_power_of_attorney,
    _by_hand,
]


@pytest.mark.parametrize("has_log_in", [False, True])
@pytest.mark.parametrize("join", JOININGS)
def test_second_browser_of_a_shared_mailbox_is_not_in_the_case_after_any_joining(
    app, make, by_mail, join, has_log_in
):
    if has_log_in and join in (_by_match_of_staff, _by_hand):
        return  # refused: she has a log-in already (test_second_match_is_refused, unique column)
    visitor = make.visitor(email="shared@example.org")
    citizen = make.citizen(log_in=has_log_in, person_uuid="uuid-1")
    second = by_mail("shared@example.org")
    assert second.get("/log-in/sessions")
    with app.app_context(), write():
        join(app, make, visitor, citizen)
    assert not is_in(second)


def test_a_citizen_hears_that_mitid_became_a_way_into_her_case(app, make):
    maja = make.citizen(person_uuid="uuid-1")
    with app.app_context(), write():
        _by_person_identifier(app, make, SimpleNamespace(id=None), maja)
        _by_person_identifier(app, make, SimpleNamespace(id=None), maja)
    assert notices_of(app, maja) == ["log_in_linked"]


# --- a colleague cannot become the citizen --------------------------------------------------------


@pytest.fixture
def lone(make, anna):
    """A citizen without a way in by mail."""
    return make.citizen(caseworker=anna, email="lone@example.org", name="Lone Demo")


def contact(browser, citizen, status=303, **fields):
    data = {"email": "", "phone": "", "address": "", **fields}
    return browser.post(f"/caseworker/citizens/{citizen.id}/contact", data, status=status)


def test_another_address_by_staff_needs_a_reason_and_waits_for_a_yes(
    app, anna, lone, client_of, mails
):
    screen = client_of(anna)
    contact(screen, lone, email="insider@example.net", status=422)
    contact(screen, lone, email="insider@example.net", phone="20202020", reason="She called")
    with app.app_context():
        assert queries.get_citizen(lone.id).email == "lone@example.org"
        assert queries.get_citizen(lone.id).phone == "+4520202020"
    assert notices_of(app, lone) == ["asked", "contact_by_staff"], "both are told"
    own = screen.get("/caseworker/ways-in").one("wish")
    assert "somebody else must say yes" in own.get_text()
    screen.post(own.form["action"], {"answer": "yes"})
    with app.app_context():
        assert queries.get_citizen(lone.id).email == "lone@example.org"
    assert "insider" not in "".join(mail.text for mail in mails("lone@example.org"))


@pytest.mark.parametrize(("answer", "address"), [("yes", "right@example.net"), ("no", None)])
def test_the_old_address_says_yes_or_no_once_and_never_reads_the_new_one(
    app, anna, lone, client_of, mails, answer, address
):
    contact(client_of(anna), lone, email="right@example.net", reason="She called")
    text = next(mail.text for mail in mails("lone@example.org") if "/agree/" in mail.text)
    link = next(word for word in text.split() if "/agree/" in word).partition("8000")[2]
    mailbox = PageClient(app)
    page = mailbox.get(link)
    assert "right@" not in page.text and "Lone" not in page.words
    mailbox.post(link, {"answer": answer}, status=200)
    with app.app_context():
        assert queries.get_citizen(lone.id).email == (address or "lone@example.org")
    mailbox.get(link, status=410)
    mailbox.post(link, {"answer": "yes"}, status=410)
    mailbox.get("/agree/made-up", status=410)


def test_she_says_yes_from_her_own_session_and_her_helper_cannot(app, make, anna, lone, client_of):
    contact(client_of(anna), lone, email="right@example.net", reason="She called")
    herself = client_of(lone.user)
    path = herself.get("/my/settings").one("wish")["action"]
    helper = client_of(make.helper(lone))
    assert not helper.get("/my/settings").all("wish")
    helper.post(path, {"answer": "yes"}, status=403)
    client_of(make.citizen().user).post(path, {"answer": "yes"}, status=404)
    herself.post(path, {"answer": "yes"})
    with app.app_context():
        assert queries.get_citizen(lone.id).email == "right@example.net"
        assert db.session.scalar(sa.select(WayInWish.params)) == {}, "answered is forgotten"


@pytest.mark.parametrize(
    "address", ["anna@example.org", "Anna+maja@Example.org", "left@example.org"]
)
def test_no_way_in_leads_to_an_address_of_staff(app, make, client_of, address):
    anna = make.caseworker(name="Anna", email="anna@example.org")
    gone = make.staff(Grant.CASEWORKER, email="left@example.org")
    with app.app_context(), write():
        identity_services.disable_user(gone.id, clock.now())
    empty = make.citizen(caseworker=anna, email=None)
    other = make.citizen(caseworker=anna)
    screen = client_of(anna)
    contact(screen, empty, email=address, status=422)
    contact(screen, other, email=address, reason="x", status=422)
    helper = {"name": "Eva", "email": address, "scope": "all", "reason": "Signed"}
    screen.post(f"/caseworker/citizens/{other.id}/helpers", helper, status=422)
    with app.app_context(), write():
        queries.get_citizen(empty.id).email = address
    link = {"is_allowed": "y", "why_mail": "No MitID"}
    screen.post(f"/caseworker/citizens/{empty.id}/email-log-in", link, status=422)


def test_one_colleague_alone_never_becomes_her(app, make, anna, lone, client_of, by_mail):
    """Address, permission, helper: everything she tries alone ends with a wish that waits."""
    screen, path = client_of(anna), f"/caseworker/citizens/{lone.id}"
    contact(screen, lone)  # removes the address
    contact(screen, lone, email="insider@example.net")  # and writes one where there is none
    screen.post(f"{path}/email-log-in", {"is_allowed": "y", "why_mail": "No MitID"})
    helper = {"name": "I", "email": "insider@example.net", "scope": "all", "reason": "Signed"}
    screen.post(f"{path}/helpers", helper)
    for wish in screen.get("/caseworker/ways-in").all("wish"):
        screen.post(wish.form["action"], {"answer": "yes"})
    assert not is_in(by_mail("insider@example.net"))
    assert notices_of(app, lone).count("asked") == 2


def test_a_colleague_of_another_team_neither_sees_nor_answers_it(make, anna, lone, client_of):
    screen = client_of(anna)
    contact(screen, lone, email="right@example.net", reason="She called")
    path = screen.get("/caseworker/ways-in").one("wish").form["action"]
    stranger = client_of(make.caseworker())
    assert not stranger.get("/caseworker/ways-in").all("wish")
    stranger.post(path, {"answer": "yes"}, status=404)


def test_nobody_answers_twice_or_after_two_weeks(app, make, anna, lone, client_of):
    screen = client_of(anna)
    contact(screen, lone, email="right@example.net", reason="She called")
    path = screen.get("/caseworker/ways-in").one("wish").form["action"]
    colleague = client_of(make.caseworker(team_id=anna.team_id))
    colleague.post(path, {"answer": "no"})
    assert "answered already" in colleague.follow(colleague.post(path, {"answer": "yes"})).words
    contact(screen, lone, email="right@example.net", reason="She called again")
    with app.app_context():
        with write():
            assert ways_in.forget_old(clock.now() + timedelta(days=15)) == 1
        assert all(kept == {} for kept in db.session.scalars(sa.select(WayInWish.params)))
    with app.app_context():
        assert queries.get_citizen(lone.id).email == "lone@example.org"


def test_permission_asked_for_one_address_does_not_hold_for_another(
    app, make, anna, lone, client_of
):
    """Asked for hers, then the address is changed under it: the yes no longer fits."""
    with app.app_context(), write():
        ways_in.ask_for_email(lone.id, reason="x", by_user_id=anna.id, now=clock.now())
        services.change_details(
            lone.id, "contact", {"email": "other@example.org"}, by_user_id=None, now=clock.now()
        )
    colleague = client_of(make.caseworker(team_id=anna.team_id))
    colleague.post(
        colleague.get("/caseworker/ways-in").one("wish").form["action"], {"answer": "yes"}
    )
    with app.app_context():
        assert identity.email_that_opens(lone.id) is None


def test_she_ends_a_power_of_attorney_herself_and_the_helper_is_out(app, make, client_of):
    maja = make.citizen()
    helper = make.helper(maja, name="Hans Helper")
    his, hers = client_of(helper), client_of(maja.user)
    assert his.get("/my/meetings")
    assert not his.get("/my/settings").all("helper")
    path = hers.get("/my/settings").one("helper").form["action"]
    his.post(path, status=403)
    hers.post(path)
    assert not is_in(his)
    assert "helper_ended" in notices_of(app, maja)
    client_of(make.citizen().user).post(path, status=404)


def test_session_by_mail_is_no_session_in_a_case_that_mail_may_not_open(app, make, by_mail):
    """Whatever forgot to end it: the rule is asked at each request."""
    visitor, citizen = make.visitor(email="v@example.org"), make.citizen(log_in=False)
    browser = by_mail("v@example.org")
    with app.app_context(), write():
        db.session.get_one(User, visitor.id).citizen_id = citizen.id
    browser.get("/my/meetings", status=303)
    with app.app_context():
        assert identity.find_viewer(visitor.id, clock.today(), by_mail=True) is None
        assert AuthMethod.EMAIL_LINK == "email_link"


def test_every_way_has_words_and_is_opened_somewhere():
    from jobunivers.caseload.words import WAYS

    assert set(WAYS) == set(ways_in.OPENED) == set(WayIn)
