"""The signing key changes while the site is in use: links in mails that have left still open, forms
that stand open are still sent, and CPR numbers are found before, in the middle and after.
"""

import dataclasses

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from itsdangerous import URLSafeSerializer

from jobunivers.booking import link_http
from jobunivers.caseload import finding_queries, services
from jobunivers.caseload.models import Citizen
from jobunivers.caseload.types import Duplicate
from jobunivers.cli import jobunivers
from jobunivers.commands import _fingerprints
from jobunivers.config import DEMO_SECRET, Settings
from jobunivers.extensions import db
from jobunivers.identity import link_http as links
from jobunivers.identity.models import User
from jobunivers.messages import unreachable_services as unreachable
from jobunivers.messages.models import UnreachableAddress
from jobunivers.messages.types import Channel, Failure
from jobunivers.shared import clock, vault
from jobunivers.shared.db import write
from tests.support.client import PageClient

NEW = "a-fresh-signing-key-0123456789-abcdef-xyz"
NUMBERS = [f"010190{number:04}" for number in range(7)]


@pytest.fixture
def change_key(app, monkeypatch):
    """change_key() -> the site has restarted with a new key, and the old one verifies."""

    def change(old=(DEMO_SECRET,)):
        monkeypatch.setitem(app.config, "SECRET_KEY", NEW)
        monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", list(old))
        app.extensions.pop("anonymous_token", None)
        monkeypatch.setenv("JU_SECRET_KEY", NEW)
        monkeypatch.setenv("JU_SECRET_KEY_OLD", ",".join(old))

    yield change
    app.extensions.pop("anonymous_token", None)


@pytest.fixture
def run(monkeypatch, database_url, tmp_path):
    values = {"DATABASE_URL": database_url, "DEMO": "1", "SMTP_URL": f"file:{tmp_path / 'mail'}"}
    for name, value in values.items():
        monkeypatch.setenv(f"JU_{name}", value)
    return lambda: CliRunner().invoke(jobunivers, ["keys", "rotate"])


@pytest.fixture
def known(app, make):
    """Seven citizens with a CPR number, of one caseworker; (caseworker, citizens)."""
    anna = make.caseworker()
    return anna, [make.citizen(caseworker=anna, **sealed(app, number)) for number in NUMBERS]


def sealed(app, number):
    with app.app_context():
        return {"cpr_sealed": vault.seal(number), "cpr_fingerprint": vault.fingerprint(number)}


def test_a_number_finds_nobody_who_only_has_no_phone(app, make):
    anna = make.caseworker()
    make.citizen(caseworker=anna, phone=None)
    with app.app_context():
        assert finding_queries.find_by_number(anna.id, "0201904321") is None


def found(app, anna):
    with app.app_context():
        return [finding_queries.find_by_number(anna.id, number) for number in NUMBERS]


def test_numbers_are_found_before_in_the_middle_and_after(app, known, change_key, run, monkeypatch):
    anna, citizens = known
    ids = [citizen.id for citizen in citizens]
    change_key()
    assert found(app, anna) == ids
    monkeypatch.setattr(_fingerprints, "BATCH", 3)
    real, done = _fingerprints._renew, []

    def dies(*arguments):
        done.append(1)
        if len(done) == 5:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(_fingerprints, "_renew", dies)
    assert run().exit_code != 0, "killed in the second batch"
    assert found(app, anna) == ids
    monkeypatch.setattr(_fingerprints, "_renew", real)
    again = run()
    assert again.exit_code == 0 and "citizen.cpr_fingerprint: 4 made anew" in again.output
    assert "citizen.cpr_fingerprint: 0 made anew" in run().output
    change_key(old=())
    assert found(app, anna) == ids
    with app.app_context():
        assert _fingerprints.count_lost() == 0


def test_the_old_key_taken_out_too_early_is_noticed(app, known, change_key):
    anna, _citizens = known
    change_key(old=())
    assert found(app, anna) == [None] * 7
    with app.app_context():
        assert _fingerprints.count_lost() == 14  # the newest and the oldest are the same here


def test_nobody_is_registered_twice_while_keys_change(app, known, change_key):
    change_key()
    register = {"started_on": clock.today(), "target_group": "2.1", "now": clock.now()}
    with app.app_context(), pytest.raises(services.AlreadyKnown) as refused, write():
        services.register_citizen(name="Twin", cpr=NUMBERS[3], **register)
    assert refused.value.args[0] == Duplicate.CPR


def test_two_records_of_one_number_are_named_and_neither_is_lost(app, make, known, change_key, run):
    anna, citizens = known
    change_key()
    twin = make.citizen(caseworker=anna, **sealed(app, NUMBERS[0]))
    done = run()
    assert done.exit_code == 1 and str(citizens[0].id) in done.output
    assert NUMBERS[0] not in done.output and "6 made anew" in done.output
    with app.app_context():
        marks = db.session.scalars(sa.select(Citizen.cpr_fingerprint)).all()
        assert len(set(marks)) == 8 and str(twin.id) not in done.output


def test_dead_addresses_stay_dead(app, make, change_key, run):
    maja = make.citizen(email="dead@example.org", phone="+4520304051")
    recipient = make.recipient(maja, email="dead@example.org", phone="+4520304051")
    with app.app_context(), write():
        for channel in (Channel.EMAIL, Channel.SMS):
            address = {"email": "dead@example.org", "phone": "+4520304051"}
            unreachable.remember(channel, address, Failure.BOUNCED)
    change_key()
    with app.app_context():
        assert len(unreachable.dead_ways([recipient])[maja.id]) == 2
        with write():
            unreachable.remember(Channel.SMS, {"phone": "+4520304051"}, Failure.REFUSED)
    assert "unreachable_address.fingerprint: 1 made anew" in run().output
    change_key(old=())
    with app.app_context():
        assert len(unreachable.dead_ways([recipient])[maja.id]) == 2
        assert db.session.scalar(sa.select(sa.func.count(UnreachableAddress.id))) == 2


def test_links_in_mails_that_have_left_still_open_and_new_ones_are_signed_anew(
    app, make, change_key
):
    meeting, user = make.citizen().id, make.password_staff()
    with app.test_request_context("/"):
        tokens = (links.email_token(meeting), links.agree_token(meeting))
        password = links.password_token(db.session.get_one(User, user.id))
        to_meeting = link_http.token_for(meeting)
    change_key()
    with app.test_request_context("/"):
        assert links.read_email_token(tokens[0]) == links.read_agree_token(tokens[1]) == meeting
        person, mark = links.read_password_token(password)
        assert person == user.id and links.has_password(db.session.get_one(User, user.id), mark)
        assert link_http._serializer().loads(to_meeting) == meeting.hex
        fresh = links.email_token(meeting)
    assert URLSafeSerializer(NEW, salt="email-link").loads(fresh) == str(meeting)
    change_key(old=())
    with app.test_request_context("/"):
        assert links.read_email_token(tokens[0]) is None, "out with the old key, out with its links"


def test_a_form_that_stood_open_is_sent_and_a_draft_is_still_hers(app, make, client_of, change_key):
    maja = make.citizen()
    browser, visitor = client_of(maja.user), PageClient(app)
    token, anonymous = browser._token(), visitor._token()
    form = {"csrf_token": anonymous, "answer": "My words", "done": "1", "seen": ""}
    visitor.post("/modules/cv/profile-text", form, token=False)
    change_key()
    changed = {"csrf_token": token, "email": "n@example.org", "phone": "", "address": ""}
    browser.post("/my/settings/contact", changed, token=False)
    assert "My words" in visitor.get("/modules/cv/profile-text").text
    visitor.post("/modules/cv/profile-text", form, token=False)
    change_key(old=())
    browser.post("/my/settings/contact", changed, token=False, status=400)


@pytest.mark.parametrize("old", [DEMO_SECRET, "short", "x" * 40])
def test_an_old_key_that_anybody_guesses_does_not_start(old):
    settings = Settings("sqlite:///x.db", NEW, ("k",), old_secret_keys=(old,), demo=False)
    assert any("JU_SECRET_KEY_OLD" in line for line in settings.problems())
    good = dataclasses.replace(settings, old_secret_keys=("another-good-one-0123456789-abcdefgh",))
    assert not any("JU_SECRET_KEY_OLD" in line for line in good.problems())
