"""Whatever a mail server or gateway does, a message ends somewhere: sent, or with somebody who posts
or calls. None is lost in silence.
"""

import dataclasses
import itertools
import socket
import time
from datetime import UTC, datetime, timedelta

import pytest

from jobunivers.extensions import db
from jobunivers.messages import gateways as channels
from jobunivers.messages import notices, queries, services
from jobunivers.messages import second_try_services as second_try
from jobunivers.messages import smtp_gateways as smtp
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.models import Delivery, OutboxJob
from jobunivers.messages.types import BY_HAND, Channel, Failure, JobState, NoticeText
from jobunivers.shared.db import write
from tests.support.bad_servers import GARBAGE, HANGS_UP, SILENT, gateway, mail_server

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
STAGES = ("greeting", "ehlo", "auth", "mail", "rcpt", "data", "body")
TROUBLE = ("421 too busy", "451 later", "500 what?", "550 no", "554 5.7.1 no", SILENT, HANGS_UP)
AT_ONCE = {  # what is said about this address or this message
    ("rcpt", "500 what?"),
    ("rcpt", "550 no"),
    ("rcpt", "554 5.7.1 no"),
    ("data", "500 what?"),
    ("data", "550 no"),
    ("data", "554 5.7.1 no"),
    ("body", "500 what?"),
    ("body", "550 no"),
    ("body", "554 5.7.1 no"),
}


STEP = 1.0  # of a server that is silent; a busy machine is never that slow


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Nobody waits long, servers need no rest, and there is one kind of notice."""
    monkeypatch.setattr(smtp, "STEP_SECONDS", 0.2)
    monkeypatch.setattr(channels, "SMS_SECONDS", 0.2)
    monkeypatch.setattr(channels, "REST", timedelta(0))
    monkeypatch.setattr(channels, "_resting", {})
    monkeypatch.setattr(notices, "_kinds", {})
    notices.register("test.news", lambda params, locale: NoticeText("News", ""))


@pytest.fixture
def use(app, monkeypatch):
    """use(smtp_url=..., sms_url=...) sets where messages go."""

    def choose(**urls):
        settings = dataclasses.replace(app.config["SETTINGS"], **urls)
        monkeypatch.setitem(app.config, "SETTINGS", settings)

    return choose


def tell(app, make, params=None, **more):
    citizen = make.citizen()
    with app.app_context(), write():
        services.notify(make.recipient(citizen, **more), "test.news", params or {}, now=NOON)
    return citizen


def open_by_hand(app):
    """(channel, why) of what somebody must post or call about."""
    with app.app_context():
        rows = db.session.query(Delivery).filter(Delivery.channel.in_(BY_HAND))
        return [(row.channel, row.why) for row in rows]


def assert_ended(app):
    with app.app_context():
        assert queries.list_without_end() == []
        assert db.session.query(OutboxJob).filter_by(state=JobState.FAILED).count() == 0


def nothing_listens():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_three_days(app):
    worker.run_once(app, NOON + timedelta(days=1))
    assert open_by_hand(app) == []
    worker.run_once(app, NOON + timedelta(days=3, minutes=1))


@pytest.mark.parametrize(("stage", "trouble"), list(itertools.product(STAGES, TROUBLE)))
def test_every_failure_of_a_mail_server_ends_with_somebody(app, make, use, stage, trouble):
    with mail_server(**{stage: trouble}) as server:
        port = server.server_address[1]
        use(smtp_url=f"smtp://me:secret@127.0.0.1:{port}?starttls=never")
        tell(app, make)
        worker.run_once(app, NOON)
        if (stage, trouble) in AT_ONCE:
            assert len(open_by_hand(app)) == 1
        else:
            wait_three_days(app)
    assert_ended(app)
    [(channel, why)] = open_by_hand(app)
    assert channel == Channel.LETTER and why in list(Failure)


def test_a_server_that_is_rude_after_it_took_the_mail_gets_it_once(app, make, use):
    for rude in ("554 no good-bye", HANGS_UP, SILENT):
        with mail_server(quit=rude) as server:
            use(smtp_url=f"smtp://127.0.0.1:{server.server_address[1]}?starttls=never")
            tell(app, make)
            worker.run_once(app, NOON)
            worker.run_once(app, NOON + timedelta(hours=1))
            assert server.taken == [1]
    assert open_by_hand(app) == []
    assert_ended(app)


@pytest.mark.parametrize("url", ["", "smtp://127.0.0.1:{}", "smtps://127.0.0.1:{}"])
def test_no_server_at_all_ends_with_somebody(app, make, use, url):
    use(smtp_url=url.format(nothing_listens()))
    tell(app, make)
    worker.run_once(app, NOON)
    wait_three_days(app)
    assert open_by_hand(app) == [(Channel.LETTER, "given_up")]
    assert_ended(app)


def test_nothing_goes_in_the_clear_unless_the_address_says_so(app, make, use):
    with mail_server() as server:
        port = server.server_address[1]
        use(smtp_url=f"smtp://127.0.0.1:{port}")
        tell(app, make)
        worker.run_once(app, NOON)
        assert server.taken == []
        use(smtp_url=f"smtp://127.0.0.1:{port}?starttls=auto")
        worker.run_once(app, NOON + timedelta(hours=1))
        assert server.taken == [1]


@pytest.mark.parametrize("email", ["søren@example.org", "a@b.dk;c@d.dk", "<a@b.dk>", "a@b.dk.", ""])
def test_an_address_from_before_that_no_mail_can_carry_falls_back_at_once(app, make, use, email):
    with mail_server() as server:
        use(smtp_url=f"smtp://127.0.0.1:{server.server_address[1]}?starttls=never")
        citizen = tell(app, make, email="good@example.org")
        with app.app_context(), write():
            one = db.session.query(Delivery).one()
            one.address = {**one.address, "email": email}
        worker.run_once(app, NOON)
        assert server.taken == []
    assert open_by_hand(app) == [(Channel.LETTER, "unreadable")]
    assert_ended(app)
    with app.app_context():
        assert [row[1].citizen_id for row in queries.list_letters([citizen.id])] == [citizen.id]


def test_letters_before_the_at_need_a_server_that_takes_them(app, make, use):
    with mail_server() as server:
        port = server.server_address[1]
        use(smtp_url=f"smtp://127.0.0.1:{port}?starttls=never&smtputf8=yes")
        tell(app, make, email="søren@example.org")
        worker.run_once(app, NOON)
        assert server.taken == [] and open_by_hand(app) == [(Channel.LETTER, "unreadable")]
        server.answers["ehlo"] = "250-hello\r\n250-SMTPUTF8\r\n250 8BITMIME"
        tell(app, make, email="åse@blåbær.dk")
        worker.run_once(app, NOON)
        assert server.taken == [1]
    assert_ended(app)


@pytest.mark.parametrize("answer", [400, 404, 410, 413, 422])
def test_an_sms_that_the_gateway_refuses_falls_back_at_once(app, make, use, answer):
    with gateway(answer) as server:
        use(sms_url=f"http://127.0.0.1:{server.server_address[1]}/")
        tell(app, make, channel=Channel.SMS)
        worker.run_once(app, NOON)
    assert len(open_by_hand(app)) == 1
    assert_ended(app)


@pytest.mark.parametrize("answer", [301, 302, 401, 403, 429, 500, 503, SILENT, HANGS_UP, GARBAGE])
def test_a_gateway_in_trouble_is_tried_for_three_days(app, make, use, answer):
    with gateway(answer) as server:
        use(sms_url=f"http://127.0.0.1:{server.server_address[1]}/")
        tell(app, make, channel=Channel.SMS)
        worker.run_once(app, NOON)
        wait_three_days(app)
    assert open_by_hand(app) == [(Channel.LETTER, "given_up")]
    assert_ended(app)


def test_an_sms_without_a_gateway_falls_back_at_once(app, make, use):
    use(sms_url="")
    tell(app, make, channel=Channel.SMS)
    worker.run_once(app, NOON)
    assert open_by_hand(app) == [(Channel.LETTER, "turned_down")]


def test_a_dead_mailbox_is_not_tried_again_and_a_living_one_is(app, make, use):
    with mail_server(rcpt="550 no such mailbox") as server:
        use(smtp_url=f"smtp://127.0.0.1:{server.server_address[1]}?starttls=never")
        tell(app, make, email="gone@example.org", phone=None)
        worker.run_once(app, NOON)
        server.answers.clear()
        tell(app, make, email="gone@example.org", phone=None)
        tell(app, make, email="here@example.org", phone=None)
        worker.run_once(app, NOON)
        assert server.taken == [1]
    assert open_by_hand(app) == [(Channel.LETTER, "refused")] * 2


def test_policy_of_a_server_does_not_make_the_mailbox_dead(app, make, use):
    with mail_server(rcpt="554 5.7.1 relay denied") as server:
        use(smtp_url=f"smtp://127.0.0.1:{server.server_address[1]}?starttls=never")
        tell(app, make, email="here@example.org")
        worker.run_once(app, NOON)
        server.answers.clear()
        tell(app, make, email="here@example.org")
        worker.run_once(app, NOON)
        assert server.taken == [1]


def test_a_meeting_the_day_after_tomorrow_is_called_about_not_posted(app, make, use):
    with mail_server(rcpt="550 no") as server:
        use(smtp_url=f"smtp://127.0.0.1:{server.server_address[1]}?starttls=never")
        tell(app, make, {"starts_at": (NOON + timedelta(days=2)).isoformat()})
        worker.run_once(app, NOON)
    assert open_by_hand(app) == [(Channel.CALL, "refused")]


def test_a_worker_that_died_at_the_last_try_leaves_nothing_behind(app, make, use):
    use(smtp_url="smtp://127.0.0.1:1")
    tell(app, make)
    with app.app_context(), write():
        db.session.query(OutboxJob).one().attempts = 80
    worker.run_once(app, NOON)
    assert len(open_by_hand(app)) == 1
    with app.app_context():
        assert queries.list_without_end() == []


def test_what_is_still_here_after_a_week_falls_back_but_what_was_called_off_is_forgotten(
    app, make, use
):
    tell(app, make)
    tell(app, make)
    with app.app_context(), write():
        first, _second = db.session.query(OutboxJob).order_by(OutboxJob.key)
        first.state = JobState.CANCELLED
    with app.app_context(), write():
        counts = services.tidy(now=NOON + timedelta(days=8))
    assert (counts["fallen_back"], counts["addresses"]) == (1, 1)
    assert open_by_hand(app) == [(Channel.LETTER, "given_up")]


def test_while_one_server_is_silent_sms_and_planning_go_on(app, make, use, monkeypatch):
    monkeypatch.setattr(channels, "REST", timedelta(seconds=60))
    monkeypatch.setattr(smtp, "STEP_SECONDS", STEP)
    with mail_server(greeting=SILENT) as silent, gateway(200) as texts:
        use(
            smtp_url=f"smtp://127.0.0.1:{silent.server_address[1]}?starttls=never",
            sms_url=f"http://127.0.0.1:{texts.server_address[1]}/",
        )
        for _ in range(8):
            tell(app, make)
        tell(app, make, channel=Channel.SMS)
        began = time.monotonic()
        worker.run_once(app, NOON)
        assert time.monotonic() - began < 8 * STEP and len(texts.taken) == 1
    with app.app_context():
        tried = [job.attempts for job in db.session.query(OutboxJob).filter_by(state="waiting")]
        assert sorted(tried) == [0] * 7 + [1]


def test_what_was_given_up_goes_out_once_more_instead_of_the_letter(app, make, use):
    with mail_server(rcpt="550 no such mailbox") as server:
        use(smtp_url=f"smtp://127.0.0.1:{server.server_address[1]}?starttls=never")
        tell(app, make)
        tell(app, make)
        worker.run_once(app, NOON)
        with app.app_context(), write():
            (one, _instead), _other = second_try.list_given_up()
            assert second_try.try_again(NOON, only=one.id) == 1
        server.answers.clear()
        worker.run_once(app, NOON)
        assert server.taken == [1] and len(open_by_hand(app)) == 1
        with app.app_context(), write():
            assert second_try.try_again(NOON) == 1
        worker.run_once(app, NOON)
        worker.run_once(app, NOON + timedelta(days=4))
        assert server.taken == [1, 1] and open_by_hand(app) == []
    assert_ended(app)
