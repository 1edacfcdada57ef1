"""The office moves or cancels a meeting at an odd hour: she knows before it would have begun."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobunivers.booking import services
from jobunivers.booking.types import Actor
from jobunivers.contact.models import Task
from jobunivers.events import services as events
from jobunivers.extensions import db
from jobunivers.messages import queries as messages
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.models import Delivery, Message
from jobunivers.messages.types import Channel
from jobunivers.shared import clock
from jobunivers.shared.db import write


def danish(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=clock.COPENHAGEN).astimezone(UTC)


NINE = danish(26, 9)  # a Thursday
LONG_AGO = danish(20, 10)


@pytest.fixture
def anne(make):
    clock.start_at(LONG_AGO)
    anne = make.caseworker(name="Anne Demo")
    make.windows(anne)
    return anne


def sent(app, kind):
    """When the deliveries of this kind left; None for one that has not."""
    with app.app_context():
        found = sa.select(Delivery.sent_at).join(Message).where(Message.kind == kind)
        return list(db.session.scalars(found))


def work_until(app, end):
    """The worker, every ten minutes of the product's time."""
    while (now := clock.now()) < end:
        worker.run_once(app, now)
        clock.start_at(now + timedelta(minutes=10))


def tasks(app, citizen):
    with app.app_context():
        found = db.session.scalars(sa.select(Task).where(Task.citizen_id == citizen.id))
        return [(task.what, task.user_id, task.due_on) for task in found]


@pytest.mark.parametrize(
    ("begins", "cancelled_at", "told_by"),
    [
        (NINE, danish(26, 7, 40), danish(26, 7, 50)),
        (danish(26, 8), danish(26, 7, 40), danish(26, 7, 50)),
        (NINE, danish(25, 22), danish(26, 7, 10)),
        (danish(26, 8), danish(25, 23, 50), danish(26, 6, 10)),
        (danish(26, 14), danish(25, 22), danish(26, 9, 10)),
    ],
)
@pytest.mark.parametrize("deed", ["cancel", "move"])
def test_a_meeting_that_is_off_is_told_before_it_begins(
    app, make, anne, begins, cancelled_at, told_by, deed
):
    maja = make.citizen(caseworker=anne)
    meeting = make.booking(maja, anne, begins, now=LONG_AGO)
    worker.run_once(app, LONG_AGO)
    later = make.choice(anne, begins + timedelta(days=4))
    clock.start_at(cancelled_at)
    by = Actor(anne.id, "caseworker")
    with app.app_context(), write():
        if deed == "move":
            services.move(meeting, later, by=by, now=clock.now())
        else:
            services.cancel(meeting, by=by, now=clock.now())
    work_until(app, begins)
    kind = "appointment.moved" if deed == "move" else "appointment.cancelled"
    [left] = sent(app, kind)
    assert cancelled_at <= left <= told_by
    assert tasks(app, maja) == []


def test_a_mail_server_that_was_away_at_night_is_tried_again_before_the_meeting(
    app, make, anne, monkeypatch
):
    maja = make.citizen(caseworker=anne)
    meeting = make.booking(maja, anne, NINE, now=LONG_AGO)
    worker.run_once(app, LONG_AGO)
    clock.start_at(danish(26, 7))
    monkeypatch.setattr("jobunivers.messages.gateways.send_mail", lambda *_given: 1 / 0)
    with app.app_context(), write():
        services.cancel(meeting, by=Actor(anne.id, "caseworker"), now=clock.now())
    work_until(app, danish(26, 7, 30))
    monkeypatch.undo()
    clock.start_at(danish(26, 7, 30))
    work_until(app, NINE)
    [left] = sent(app, "appointment.cancelled")
    assert left < NINE


@pytest.mark.parametrize(
    "trait", [{"channel": Channel.LETTER}, {"channel": Channel.NONE}, {"email": None}]
)
def test_whom_no_message_reaches_in_time_is_called(app, make, anne, client_of, trait):
    gerda = make.citizen(caseworker=anne, address="Demo Street 1", **trait)
    meeting = make.booking(gerda, anne, NINE, now=LONG_AGO)
    clock.start_at(danish(25, 15))
    screen = client_of(anne)
    told = screen.get(f"/caseworker/calendar/{meeting}/cancel").one("told").text
    assert "Call her" in told
    done = screen.post(f"/caseworker/calendar/{meeting}/cancel", {"why": "Ill"})
    assert "Call her" in screen.follow(done).words
    assert tasks(app, gerda) == [("tell_of_change", anne.id, danish(26, 9).date())]
    assert "no message reaches her" in screen.get("/caseworker").words


def not_reached(app, citizen):
    """About what she stands among the not reached."""
    with app.app_context():
        who = sa.select(Message.citizen_id).where(Message.citizen_id == citizen.id)
        return [line.message.kind for line in messages.list_not_reached(who)]


@pytest.mark.parametrize("street", [None, "Demo Street 1"])
def test_who_has_a_call_coming_stands_in_one_place(app, make, anne, client_of, street):
    gerda = make.citizen(caseworker=anne, email=None, phone=None, address=street)
    meeting = make.booking(gerda, anne, NINE, now=LONG_AGO)
    assert not_reached(app, gerda) == ([] if street else ["appointment.booked"])
    clock.start_at(danish(25, 15))
    screen = client_of(anne)
    screen.post(f"/caseworker/calendar/{meeting}/cancel", {"why": "Ill"})
    assert [what for what, *_rest in tasks(app, gerda)].count("tell_of_change") == 1
    assert "appointment.cancelled" not in not_reached(app, gerda), "the task is the one place"
    with app.app_context():
        letters = [row[0].channel for row in messages.list_letters([gerda.id])]
    assert (Channel.LETTER in letters) == (street is not None), "a letter still goes"


def test_the_page_says_when_she_will_know(app, make, anne, client_of):
    maja = make.citizen(caseworker=anne)
    meeting = make.booking(maja, anne, NINE, now=LONG_AGO)
    screen = client_of(anne)
    page = f"/caseworker/calendar/{meeting}/cancel"
    assert screen.get(page).one("told").text == "She gets an e-mail at once."
    clock.start_at(danish(25, 22))
    assert screen.get(page).one("told").text == (
        "It is quiet time. She gets an e-mail Thursday 26 November at 7:00."
    )
    herself = client_of(maja.user).get(f"/my/meetings/{meeting}/cancel")
    assert not herself.all("told")


def test_a_citizen_who_cancels_herself_needs_no_call(app, make, anne):
    gerda = make.citizen(caseworker=anne, channel=Channel.LETTER)
    meeting = make.booking(gerda, anne, NINE, now=LONG_AGO)
    with app.app_context(), write():
        services.cancel(meeting, by=Actor(None, "citizen"), now=danish(25, 8))
    assert "tell_of_change" not in [what for what, *_rest in tasks(app, gerda)]


def test_an_event_that_is_off_is_told_in_time_or_by_a_call(app, make, anne, client_of):
    maja = make.citizen(caseworker=anne)
    gerda = make.citizen(caseworker=anne, channel=Channel.LETTER)
    event = make.event(days=6)  # Thursday at ten
    for person in (maja, gerda):
        make.keep(events.sign_up, event, person.id, now=clock.now())
    worker.run_once(app, clock.now())
    clock.start_at(danish(25, 22))
    with app.app_context(), write():
        assert events.cancel_event(event, by_user_id=anne.id, now=clock.now()) == 1
        assert events.cancel_event(event, by_user_id=anne.id, now=clock.now()) == 0
    work_until(app, danish(26, 10))
    assert (
        danish(26, 8) <= sorted(filter(None, sent(app, "event.cancelled")))[0] <= danish(26, 8, 10)
    )
    assert tasks(app, maja) == []
    assert tasks(app, gerda) == [("tell_of_change", anne.id, danish(26, 10).date())]
    assert "event.cancelled" not in not_reached(app, gerda)
