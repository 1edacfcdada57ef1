"""Ten people or machines that want into a case that is not theirs, and what each of them sees."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobunivers.caseload import queries as caseload
from jobunivers.caseload import services
from jobunivers.extensions import db
from jobunivers.identity import password_rules as passwords
from jobunivers.identity import queries as identity
from jobunivers.identity import services as log_ins
from jobunivers.identity.models import PowerOfAttorney
from jobunivers.shared import clock
from jobunivers.shared.db import write
from tests.support.brokers import go
from tests.support.client import PageClient

pytestmark = [
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::authlib.deprecate.AuthlibDeprecationWarning"),
]
HERS = "maja@example.org"


@pytest.fixture
def anna(make):
    return make.caseworker(name="Anna")


@pytest.fixture
def maja(app, make, anna):
    """A citizen whose case a link to her mailbox opens."""
    maja = make.citizen(
        name="Maja Demo", caseworker=anna, email=HERS, phone="+4520304051", person_uuid="uuid-maja"
    )
    with app.app_context(), write():
        services.allow_email_log_in(maja.id, is_allowed=True, by_user_id=anna.id, now=clock.now())
    return maja


@pytest.fixture
def link_to(app, mailbox):
    """link_to("a@b") -> the path of a fresh link in that mailbox, or None."""

    def ask(address):
        PageClient(app).post("/log-in/e-mail", {"email": address})
        words = mailbox(address)[-1].text.split()
        return next((w.partition("8000")[2] for w in words if "/log-in/e-mail/" in w), None)

    return ask


def is_in(browser):
    return browser.http.get("/my/meetings").status_code == 200


def test_the_insider_reads_that_another_must_say_yes(app, make, anna, client_of, link_to):
    """He writes his own address into her record, and makes himself her helper."""
    lone = make.citizen(caseworker=anna, email="lone@example.org", name="Lone Demo")
    screen, path = client_of(anna), f"/caseworker/citizens/{lone.id}"
    his = {"email": "insider@example.net", "reason": "She called"}
    page = screen.follow(screen.post(f"{path}/contact", {"phone": "", "address": "", **his}))
    assert "waits for a yes" in page.words
    screen.post(f"{path}/helpers", {"name": "I", "scope": "all", **his})
    wishes = screen.get("/caseworker/ways-in").all("wish")
    assert len(wishes) == 2
    for wish in wishes:
        assert "somebody else must say yes" in wish.get_text()
        screen.post(wish.form["action"], {"answer": "yes"})
    intruder = PageClient(app)
    intruder.post(link_to("insider@example.net"))
    intruder.get("/my/meetings", status=403)
    with app.app_context():
        assert caseload.get_citizen(lone.id).email == "lone@example.org"
        assert db.session.scalar(sa.select(sa.func.count(PowerOfAttorney.id))) == 0


def test_the_ex_husband_at_the_open_computer_cannot_move_her_mailbox_unseen(
    app, maja, client_of, mailbox
):
    """He changes her address from her own session: she reads it in her old mailbox and her thread."""
    client_of(maja.user).post(
        "/my/settings/contact", {"email": "his@example.net", "phone": "+4520304051", "address": ""}
    )
    told = [mail for mail in mailbox(HERS) if "About this e-mail address" in mail.subject]
    assert len(told) == 1 and "his@" not in told[0].text + told[0].html
    assert "e-mail" in client_of(maja.user).get("/my/messages").words
    stranger = PageClient(app)
    for path in ("/my", "/my/meetings", "/my/messages", "/my/data", "/my/settings"):
        assert maja.name not in stranger.http.get(path, follow_redirects=True).text


def test_the_link_scanner_that_opens_every_link_uses_none_up(app, maja, link_to):
    """Programs that look through mail open each link, some of them twice, and ask with HEAD."""
    link, scanner, herself = link_to(HERS), PageClient(app), PageClient(app)
    for _ in range(3):
        scanner.get(link)
        assert scanner.http.head(link).status_code == 200
    assert not is_in(scanner)
    herself.post(link)
    assert is_in(herself)
    scanner.get(link, status=410)


def test_the_new_owner_of_her_old_mailbox_finds_no_case(app, maja, client_of, link_to):
    on_its_way = link_to(HERS)
    client_of(maja.user).post(
        "/my/settings/contact", {"email": "new@example.org", "phone": "", "address": ""}
    )
    stranger = PageClient(app)
    stranger.post(on_its_way, status=410)
    stranger.post(link_to(HERS))
    assert "Maja" not in stranger.get("/").words
    stranger.get("/my/meetings", status=403)


def test_the_helper_reads_neither_her_address_nor_takes_the_case_over(make, maja, client_of):
    helper = client_of(make.helper(maja))
    assert "+4520304051" not in (page := helper.get("/my/settings")).words.replace(" ", "")
    assert HERS not in page.text and not page.soup.select("#set-contact, #set-channel")
    contact = {"email": "helper@example.net", "phone": "", "address": ""}
    helper.post("/my/settings/contact", contact, status=403)
    helper.get("/my/data/everything.zip", status=403)
    helper.post("/my/data/delete", {"is_sure": "y"}, status=403)


@pytest.mark.parametrize("how", ["she ends it", "it runs out"])
def test_the_former_helper_with_the_page_still_open_is_out(app, make, maja, client_of, how):
    helper = make.helper(maja)
    browser = client_of(helper)
    assert is_in(browser)
    if how == "she ends it":
        hers = client_of(maja.user)
        hers.post(hers.get("/my/settings").one("helper").form["action"])
    else:
        with app.app_context(), write():
            power = db.session.get_one(PowerOfAttorney, helper.powers[0])
            power.valid_to = clock.today() - timedelta(days=1)
    assert not is_in(browser)
    assert browser.http.post("/my/messages", data={"body": "still me"}).status_code in (303, 400)
    assert "still me" not in client_of(maja.user).get("/my/messages").words


def test_the_second_browser_of_a_shared_mailbox_stays_outside(
    app, make, client_of, broker, person, link_to
):
    """Both came by a link to one mailbox; one adds MitID and is in the case."""
    citizen = make.citizen(log_in=False, person_uuid="uuid-shared", email="other@example.org")
    make.visitor(email="shared@example.org")
    hers, second = PageClient(app), PageClient(app)
    hers.post(link_to("shared@example.org"))
    second.post(link_to("shared@example.org"))
    second.get("/log-in/sessions")
    hers.get(go(hers, person("shared", **{"mitid.uuid": "uuid-shared"})), status=303)
    assert is_in(hers) and not is_in(second)
    second.get("/log-in/sessions", status=303)
    with app.app_context():
        assert identity.email_that_opens(citizen.id) is None


@pytest.mark.parametrize("site", ["https://evil.example", "null"])
def test_the_forged_form_changes_nothing_and_brings_no_word_back(app, maja, client_of, site):
    browser = client_of(maja.user)
    forged = {"email": "evil@example.net", "phone": "", "address": ""}
    headers = {"Origin": site, "Sec-Fetch-Site": "cross-site"}
    page = browser.post("/my/settings/contact", forged, status=400, headers=headers)
    assert "evil@example.net" not in page.text
    browser.post("/my/settings/contact", forged, status=400, token=False)
    with app.app_context():
        assert caseload.get_citizen(maja.id).email == HERS


def test_the_new_colleague_with_a_reused_address_does_not_get_the_old_ones_account(
    app, make, client, broker, person, maja
):
    """The directory gives bo@ to somebody else, after Bo has left or while he is still here."""
    bo = make.caseworker(email="bo@example.org", name="Bo Den Gamle")
    claims = {"email": "bo@example.org", "email_verified": True}
    client.get(go(client, person("first-bo", **claims), "staff"), status=303)
    client.post("/log-out")
    page = client.get(go(client, person("second-bo", **claims), "staff"), status=403)
    assert "Bo Den Gamle" not in page.words
    with app.app_context(), write():
        log_ins.disable_user(bo.id, clock.now())
    client.get(go(client, person("third-bo", **claims), "staff"), status=403)
    client.get(f"/caseworker/citizens/{maja.id}", status=303)


def test_the_sprayer_of_one_password_is_stopped_and_learns_no_name(make, client, monkeypatch):
    """One common password at many accounts from one line: counted by address, named to nobody."""
    monkeypatch.setattr(passwords, "fits", lambda stored, password: False)
    staff = [make.password_staff() for _ in range(3)]
    known = [person.email for person in staff]
    said = set()
    for number in range(60):
        email = known[number] if number < 3 else f"nobody{number}@example.org"
        fields = {"email": email, "password": "Sommer2026!!"}
        page = client.post("/log-in/staff", fields, status=422)
        said.add(page.soup.select_one('[role="alert"]').get_text(" ", strip=True))
    assert len(said) == 1, "a known and an unknown account read alike"
    last = {"email": known[0], "password": "Sommer2026!!"}
    refused = client.post("/log-in/staff", last, status=429)
    assert int(refused.headers["Retry-After"]) > 0
    elsewhere = {"REMOTE_ADDR": "192.0.2.77"}
    client.post("/log-in/staff", last, status=422, environ_overrides=elsewhere)
