"""What leaves the house about a meeting: what happened and when, in subject, first line and SMS; a
calendar part that other programs read from the bytes of the mail; nothing personal.
"""

import dataclasses
import email
import email.policy
import re
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from icalendar import Calendar

from jobunivers.booking import services
from jobunivers.booking.models import Appointment
from jobunivers.booking.types import Actor
from jobunivers.extensions import db
from jobunivers.messages import rules
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.types import Channel
from jobunivers.shared import clock
from jobunivers.shared.db import write

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
HERSELF = Actor(None, "citizen")
SUBJECTS = {
    "en": (
        "Your meeting is booked: Thursday 26 November at 10:00",
        "Your meeting is moved to Thursday 26 November at 11:00",
        "Your meeting on Thursday 26 November at 11:00 is cancelled",
        "Remember your meeting: Thursday 26 November at 10:00",
    ),
    "da": (
        "Dit møde er booket: torsdag den 26. november kl. 10.00",
        "Dit møde er flyttet til torsdag den 26. november kl. 11.00",
        "Dit møde torsdag den 26. november kl. 11.00 er aflyst",
        "Husk dit møde: torsdag den 26. november kl. 10.00",
    ),
    "uk": (
        "Вашу зустріч заброньовано: четвер 26 листопада, 10:00",
        "Вашу зустріч перенесено: четвер 26 листопада, 11:00",
        "Вашу зустріч скасовано: четвер 26 листопада, 11:00",
        "Нагадуємо про вашу зустріч: четвер 26 листопада, 10:00",
    ),
}


@pytest.fixture
def out(app, tmp_path, monkeypatch):
    """out(now) -> raw mails and texts that leave then."""
    settings = dataclasses.replace(
        app.config["SETTINGS"],
        smtp_url=f"file:{tmp_path / 'out'}",
        sms_url=f"file:{tmp_path / 'out'}",
    )
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    seen = set()

    def leave(now):
        clock.start_at(now)
        worker.run_once(app, now)
        fresh = {path for path in (tmp_path / "out").glob("*.*") if path not in seen}
        seen.update(fresh)
        return [path.read_bytes() for path in sorted(fresh)]

    return leave


@pytest.fixture
def anne(make):
    clock.start_at(NOW)
    return make.caseworker(name="Anne Demo")


def read(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def calendar_bytes(mail):
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_content_disposition() == "inline"
    return part.get_payload(decode=True), part.get_param("method")


def parsed(raw):
    """(method, uid, start, attendee) as two parsers see them; both must agree."""
    assert raw.count(b"\n") == raw.count(b"\r\n") and raw.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    one = Calendar.from_ical(raw)
    [event] = one.walk("VEVENT")
    first = (str(one["METHOD"]), str(event["UID"]), event.decoded("DTSTART"), event["ATTENDEE"])
    two = vobject.readOne(raw.decode())
    event = two.vevent
    second = (two.method.value, event.uid.value, event.dtstart.value, event.attendee.value)
    assert [str(part) for part in first[:2]] == list(second[:2])
    assert first[2].astimezone(UTC) == second[2].astimezone(UTC)
    assert str(first[3]).lower() == second[3].lower()
    return first[0], str(first[1]), first[2].astimezone(UTC), str(first[3]).lower()


@pytest.mark.parametrize("locale", ["da", "en", "uk"])
def test_subject_and_first_line_say_what_happened_and_when(app, make, anne, out, locale):
    maja = make.citizen(caseworker=anne, locale=locale, email="maja@blåbær.dk")
    meeting = make.booking(maja, anne, TEN, now=NOW)
    [booked] = [read(raw) for raw in out(NOW)]
    with app.app_context(), write():
        choice = make.choice(anne, TEN + timedelta(hours=1))
        services.move(meeting, choice, by=HERSELF, now=NOW)
    [moved] = [read(raw) for raw in out(NOW + timedelta(minutes=1))]
    with app.app_context(), write():
        services.cancel(meeting, by=HERSELF, now=NOW)
    left = out(NOW + timedelta(minutes=2))  # she is also asked to choose a new time
    [cancelled] = [read(raw) for raw in left if b"text/calendar" in raw]
    for mail, subject in zip((booked, moved, cancelled), SUBJECTS[locale], strict=False):
        assert mail["Subject"] == subject
        text = mail.get_body(("plain",)).get_content()
        assert text.strip().startswith(subject)
        said = mail.as_string() + mail.get_body(("html",)).get_content() + text
        assert "Anne" not in said and "Maja" not in said and "First meeting" not in said
    to = ["mailto:maja@xn--blbr-roah.dk"]
    seen = [parsed(calendar_bytes(mail)[0]) for mail in (booked, moved, cancelled)]
    assert [one[0] for one in seen] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [calendar_bytes(mail)[1] for mail in (booked, moved, cancelled)] == [
        one[0] for one in seen
    ]
    assert {one[1] for one in seen} == {seen[0][1]} and {one[3] for one in seen} == set(to)
    assert [one[2] for one in seen] == [TEN, *[TEN + timedelta(hours=1)] * 2]


@pytest.mark.parametrize("locale", ["da", "en", "uk"])
def test_a_reminder_opens_the_meeting_at_once(make, anne, out, client, locale):
    make.booking(make.citizen(caseworker=anne, locale=locale), anne, TEN, now=NOW)
    out(NOW)
    [mail] = [read(raw) for raw in out(TEN - timedelta(hours=23))]
    assert mail["Subject"] == SUBJECTS[locale][3]
    text = mail.get_body(("plain",)).get_content()
    [path] = set(re.findall(r"http://127\.0\.0\.1:8000(/m/\S+)", text))
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("locale", ["da", "en", "uk"])
@pytest.mark.parametrize("base", ["https://job.aarhus.example", "https://" + "langt" * 9 + ".dk"])
def test_every_sms_about_a_meeting_is_one_part_and_says_when(
    app, make, anne, out, client, monkeypatch, locale, base
):
    monkeypatch.setitem(app.config, "BASE_URL", base)
    maja = make.citizen(caseworker=anne, locale=locale, phone="+4520000009", channel=Channel.SMS)
    meeting = make.booking(maja, anne, TEN, now=NOW)
    texts = out(NOW) + out(TEN - timedelta(hours=23))
    with app.app_context(), write():
        services.cancel(meeting, by=HERSELF, now=TEN - timedelta(hours=22))
    texts += out(TEN - timedelta(hours=22))
    texts = [text.decode().split("\n", 1)[1].strip() for text in texts]
    may_need_two = locale == "uk" and "aarhus" not in base
    fit = [rules.fits_sms(words) for words in texts]
    assert all(fit) or (may_need_two and fit.count(False) == 1)
    assert all(rules.fits_sms(words, in_two=True) for words in texts)
    about = [words for words in texts if "10:00" in words or "10.00" in words]
    assert len(about) == 3
    for words in about:
        assert "26" in words
        assert "Maja" not in words and "Anne" not in words
    assert f"{base}/m/" in texts[1], "the way to say that she cannot come"
    path = texts[1].rpartition(base)[2]
    assert "Anne" not in client.get(path).words and len(path) < 20
    client.get(f"{path[:-1]}{'a' if path[-1] != 'a' else 'b'}", status=404)


def test_the_short_link_ends_with_the_meeting(make, anne, out, client):
    maja = make.citizen(caseworker=anne, phone="+4520000009", channel=Channel.SMS, locale="uk")
    make.booking(maja, anne, TEN, now=NOW)
    [text] = [words.decode() for words in out(TEN - timedelta(hours=23)) if b"/m/" in words]
    path = text.strip().rpartition("8000")[2]
    assert client.get(path).soup.select("form")
    clock.start_at(TEN + timedelta(days=40))
    client.get(path, status=410)
    client.get("/m/123456789012", status=404)


def test_a_meeting_from_before_there_were_short_links_sends_the_long_one(app, make, anne, out):
    maja = make.citizen(caseworker=anne, phone="+4520000009", channel=Channel.SMS)
    meeting = make.booking(maja, anne, TEN, now=NOW)
    with app.app_context(), write():
        db.session.get_one(Appointment, meeting).link_code = None
    [text] = [words.decode() for words in out(TEN - timedelta(hours=23)) if b"/m/" in words]
    assert len(text.strip().rpartition("/m/")[2]) > 40


def test_a_file_that_is_fetched_invites_nobody(make, anne, client_of):
    maja = make.citizen(caseworker=anne)
    meeting = make.booking(maja, anne, TEN, now=NOW)
    raw = client_of(maja.user).http.get(f"/my/meetings/{meeting}.ics").data
    assert b"METHOD:PUBLISH" in raw and b"ATTENDEE" not in raw
