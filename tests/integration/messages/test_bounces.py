"""A mail or SMS that left and came back: somebody posts or calls, and the address is not tried again.
Nobody can silence a person with a bounce that is none.
"""

import dataclasses
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest

from jobunivers.caseload import services as caseload
from jobunivers.extensions import db
from jobunivers.messages import bounce_jobs, imap_gateways, notices, queries, services
from jobunivers.messages import bounce_services as bounces
from jobunivers.messages import second_try_services as second_try
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.bounce_file import read_bounce
from jobunivers.messages.models import Delivery, Message, UnreachableAddress
from jobunivers.messages.types import BY_HAND, Channel, NoticeText
from jobunivers.shared import clock
from jobunivers.shared.db import write
from tests.support.imap_server import imap_server

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
SECRET = "a-secret-of-the-gateway-0123456789-xyz"
HERS = "maja@example.org"
DSN = """From: MAILER-DAEMON@mx.example.net
To: {to}
Subject: Undelivered Mail
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Не доставлено. Din mail kom ikke frem.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Tue, 24 Nov 2026 12:00:00 +0100

Final-Recipient: rfc822; {final}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: {kind}

From: jobcenter@example.dk
To: {hers}
Message-ID: <{mark}@127.0.0.1>
Subject: secret

--b--
"""


def dsn(mark, **more):
    fields = {
        "to": "jobcenter@example.dk",
        "final": HERS,
        "hers": HERS,
        "action": "failed",
        "status": "5.1.1",
        "kind": "text/rfc822-headers",
        **more,
    }
    return DSN.format(mark=mark, **fields).replace("\n", "\r\n").encode()


@pytest.fixture(autouse=True)
def one_kind(monkeypatch):
    monkeypatch.setattr(notices, "_kinds", {})
    notices.register("test.news", lambda params, locale: NoticeText("News", ""))


@pytest.fixture
def box(app, monkeypatch, tmp_path):
    """The mailbox, set up; the gateway's secret too."""
    with imap_server() as mailbox:
        settings = dataclasses.replace(
            app.config["SETTINGS"],
            bounce_imap=mailbox.url,
            bounce_secret=SECRET,
            sms_url=f"file:{tmp_path}",
        )
        monkeypatch.setitem(app.config, "SETTINGS", settings)
        yield mailbox


@pytest.fixture
def sent(app, make):
    """sent(channel) -> (citizen, mark) of a message that has left to her."""

    def send(params=None, channel=Channel.EMAIL, **record):
        clock.start_at(NOON)  # a report counts for thirty days after the message has left
        record = {"email": HERS, "phone": "+4520304051", "address": "Vej 1", **record}
        citizen = make.citizen(channel=channel, **record)
        recipient = make.recipient(
            citizen, email=HERS, channel=channel, phone="+4520304051", address="Vej 1"
        )
        with app.app_context(), write():
            services.notify(recipient, "test.news", params or {}, now=NOON)
        worker.run_once(app, NOON)
        with app.app_context():
            mark = db.session.query(Delivery).filter(Delivery.sent_at.is_not(None)).one().reference
        assert mark and len(mark) == 32
        return citizen, mark

    return send


def read(app, now=NOON + timedelta(minutes=5)):
    with app.app_context():
        bounce_jobs.read_mailbox({}, now)


def by_hand(app):
    with app.app_context():
        rows = (
            db.session.query(Delivery)
            .filter(Delivery.channel.in_(BY_HAND))
            .order_by(Delivery.created_at)
        )
        return [(row.channel, row.why) for row in rows]


def dead(app):
    with app.app_context():
        return db.session.query(UnreachableAddress).count()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_mail_that_came_back_becomes_a_letter_and_the_address_is_not_tried_again(
    app, make, box, sent, kind
):
    citizen, mark = sent()
    box.add(dsn(mark, kind=kind))
    box.add(dsn(mark, kind=kind))
    read(app)
    read(app)
    assert by_hand(app) == [(Channel.LETTER, "bounced")]
    assert box.unseen == [] and dead(app) == 1
    with app.app_context(), write():
        assert queries.list_without_end() == []
        recipient = make.recipient(citizen, email=HERS, phone=None, address="Vej 1")
        services.notify(recipient, "test.news", {}, now=NOON + timedelta(hours=1))
    assert [why for _channel, why in by_hand(app)] == ["bounced", "refused"]


def test_the_worker_reads_the_mailbox_by_itself(app, box, sent):
    _citizen, mark = sent()
    box.add(dsn(mark))
    worker.plan(app, NOON + timedelta(minutes=10))
    worker.run_once(app, NOON + timedelta(minutes=10), at_night_too=True)
    assert by_hand(app) == [(Channel.LETTER, "bounced")]


@pytest.mark.parametrize("status", ["4.4.7", "5.2.2", "5.7.1"])
def test_a_full_mailbox_or_a_rule_brings_a_letter_and_the_address_stays(app, box, sent, status):
    _citizen, mark = sent()
    box.add(dsn(mark, status=status))
    read(app)
    assert by_hand(app) == [(Channel.LETTER, "turned_down")] and dead(app) == 0


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_a_delay_and_good_news_change_nothing(app, box, sent, action):
    _citizen, mark = sent()
    box.add(dsn(mark, action=action))
    read(app)
    assert by_hand(app) == [] and dead(app) == 0 and box.unseen == []


def test_an_auto_reply_is_no_bounce(app, box, sent):
    _citizen, mark = sent()
    reply = f"From: {HERS}\r\nIn-Reply-To: <{mark}@x>\r\nSubject: Automatic reply: failed 5.1.1\r\n"
    box.add((reply + "Auto-Submitted: auto-replied\r\n\r\nAction: failed\r\n").encode())
    read(app)
    assert by_hand(app) == [] and dead(app) == 0


def test_a_forged_bounce_silences_nobody(app, box, sent):
    """Without the mark of a mail of ours, or about an address to which that mail did not go."""
    _citizen, mark = sent()
    box.add(dsn("0" * 32))
    box.add(dsn(mark, final="victim@example.org", hers="victim@example.org"))
    box.add(dsn(mark).replace(mark.encode(), mark[:31].encode()))
    box.add(dsn(mark, to=f"bounce+{'1' * 32}@example.dk").replace(mark.encode(), b""))
    read(app)
    read(app, NOON + timedelta(days=31))
    box.add(dsn(mark))
    read(app, NOON + timedelta(days=31))
    assert by_hand(app) == [] and dead(app) == 0


def test_the_mark_in_the_address_that_it_came_back_to_is_enough(app, box, sent):
    _citizen, mark = sent()
    raw = dsn(mark, to=f"bounce+{mark}@example.dk")
    box.add(raw.replace(f"Message-ID: <{mark}@127.0.0.1>\r\n".encode(), b""))
    read(app)
    assert by_hand(app) == [(Channel.LETTER, "bounced")]


def test_after_she_has_changed_her_address_the_new_one_is_not_blamed(app, make, box, sent):
    citizen, mark = sent()
    with app.app_context(), write():
        caseload.change_details(
            citizen.id, "contact", {"email": "new@example.org"}, by_user_id=None, now=NOON
        )
    box.add(dsn(mark))
    read(app)
    assert [why for _channel, why in by_hand(app)] == ["bounced"]
    with app.app_context(), write():
        fresh = make.recipient(citizen, email="new@example.org")
        services.notify(fresh, "test.news", {}, now=NOON + timedelta(hours=1))
        newest = db.session.query(Delivery).order_by(Delivery.created_at.desc()).first()
        assert newest.channel == Channel.EMAIL, "the new address is used"


@pytest.mark.parametrize("why", ["she has read it", "the meeting is over"])
def test_nobody_is_called_about_what_is_known_or_past(app, box, sent, why):
    is_over = why == "the meeting is over"
    starts = NOON + (timedelta(minutes=1) if is_over else timedelta(days=9))
    _citizen, mark = sent({"starts_at": starts.isoformat()})
    if not is_over:
        with app.app_context(), write():
            db.session.query(Message).one().read_at = NOON
    box.add(dsn(mark))
    read(app)
    assert by_hand(app) == [] and dead(app) == 1


def test_a_meeting_too_near_for_the_post_is_a_call(app, box, sent):
    _citizen, mark = sent({"starts_at": (NOON + timedelta(days=1)).isoformat()})
    box.add(dsn(mark))
    read(app)
    assert by_hand(app) == [(Channel.CALL, "bounced")]


def test_what_came_back_can_be_sent_once_more(app, box, sent):
    _citizen, mark = sent()
    box.add(dsn(mark))
    read(app)
    with app.app_context(), write():
        assert second_try.try_again(NOON + timedelta(hours=1)) == 1
    worker.run_once(app, NOON + timedelta(hours=1))
    with app.app_context():
        assert db.session.query(Delivery).one().sent_at is not None
    assert dead(app) == 0


@pytest.mark.parametrize("verb", ["LOGIN", "SELECT", "UID SEARCH", "UID FETCH", "UID STORE"])
def test_a_mailbox_that_hangs_up_is_read_next_time_and_nothing_is_noted_twice(app, box, sent, verb):
    _citizen, mark = sent()
    box.add(dsn(mark))
    box.hangs_up_at = verb
    with pytest.raises(OSError, match=r"abort|error|NO|closed|reset|EOF"):
        read(app)
    box.hangs_up_at = ""
    read(app)
    assert by_hand(app) == [(Channel.LETTER, "bounced")] and box.unseen == []


@pytest.mark.parametrize(
    ("old", "new"), [("secret", "wrong"), ("INBOX", "Nowhere"), ("?starttls=never", "")]
)
def test_a_mailbox_that_does_not_let_us_in_is_an_error_not_silence(app, box, old, new):
    with pytest.raises(imap_gateways.NoMailbox), imap_gateways.opened(box.url.replace(old, new)):
        pass


@pytest.mark.parametrize("size", [0, 100, 3 * 2**20])
def test_broken_and_huge_mails_stop_nothing(app, box, sent, size):
    _citizen, mark = sent()
    box.add(dsn(mark)[:size] + b"\xff\x00" * (size // 2))
    for cut in range(0, 1200, 37):
        assert read_bounce(dsn(mark)[:cut]) is None or cut > 300
    box.add(dsn(mark))
    read(app)
    assert box.unseen == [] and len(by_hand(app)) == 1


def test_marks_are_forgotten_after_thirty_days(app, box, sent):
    sent()
    with app.app_context(), write():
        assert bounces.forget_old(NOON + timedelta(days=29)) == 0
        assert bounces.forget_old(NOON + timedelta(days=31)) == 1
        assert db.session.query(Delivery).one().sent_to is None


def report(client, body, *, secret=SECRET, at=None, status=204, signed=None):
    at = str(int(clock.real_now().timestamp() if at is None else at))
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    sign = hmac.digest(secret.encode(), at.encode() + b"." + (signed or data), "sha256").hex()
    headers = {"X-JU-Timestamp": at, "X-JU-Signature": sign}
    answer = client.http.post(
        "/hooks/deliveries", data=data, headers=headers, content_type="application/json"
    )
    assert answer.status_code == status, answer.text
    return answer


def test_a_gateways_report_of_a_dead_number_becomes_a_letter(app, client, box, sent):
    _citizen, mark = sent(channel=Channel.SMS)
    failed = {"id": mark, "to": "+4520304051", "status": "failed", "permanent": True}
    report(client, {**failed, "status": "delivered"})
    assert by_hand(app) == []
    at = clock.real_now().timestamp()
    report(client, failed, at=at)
    report(client, failed, at=at, status=409)
    report(client, failed, at=at + 1)
    assert by_hand(app) == [(Channel.LETTER, "bounced")] and dead(app) == 1


def test_a_report_that_is_forged_old_or_about_nobody_changes_nothing(app, client, box, sent):
    _citizen, mark = sent(channel=Channel.SMS)
    good = {"id": mark, "to": "+4520304051", "status": "failed", "permanent": True}
    now = clock.real_now().timestamp()
    report(client, good, secret="another-secret-of-somebody-0123456789", status=403)
    report(client, good, at=now - 400, status=403)
    report(client, good, at=now + 400, status=403)
    report(client, good, signed=b"{}", status=403)
    report(client, {**good, "to": "+4520304052"}, status=404)
    report(client, {**good, "id": "0" * 32}, status=404)
    for nonsense in (b"", b"[]", b"{", b"null", {**good, "id": 5}, {**good, "to": None}):
        report(client, nonsense, status=400)
    report(client, b"x" * 20_000, status=400)
    assert client.http.post("/hooks/deliveries", data=b"{}").status_code == 400, "unsigned"
    assert by_hand(app) == [] and dead(app) == 0


def test_without_a_secret_there_is_no_hook(app, client):
    report(client, {"id": "0" * 32, "to": "x", "status": "failed"}, status=404)
