"""Whom our messages did not reach stands with her caseworker and her coordinator until somebody has
called; nobody else sees it, and each look is logged.
"""

import json
from datetime import UTC, datetime

import pytest

from jobunivers.extensions import db
from jobunivers.identity.types import Grant
from jobunivers.messages import notices, services
from jobunivers.messages.models import Delivery
from jobunivers.messages.types import Failure, NoticeText
from jobunivers.shared import audit
from jobunivers.shared.db import write

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


@pytest.fixture
def anne(make):
    return make.caseworker(name="Anne Demo")


@pytest.fixture
def maja(app, make, anne, monkeypatch):
    """A citizen whose mail was refused, and who has no street."""
    monkeypatch.setattr(notices, "_kinds", {})
    notices.register("test.news", lambda params, locale: NoticeText("Your news", ""))
    maja = make.citizen(name="Maja Demo", caseworker=anne, phone="+4520000009", address=None)
    with app.app_context(), write():
        services.notify(make.recipient(maja, address=None), "test.news", {}, now=NOON)
        services.fall_back(db.session.query(Delivery).one().id, Failure.REFUSED, now=NOON)
    return maja


def test_caseworker_calls_her_and_says_so(app, maja, anne, client_of):
    desk = client_of(anne)
    assert "Not reached (1)" in desk.get("/caseworker/messages").words
    [row] = desk.get("/caseworker/not-reached").all("not-reached")
    text = row.get_text(" ", strip=True)
    assert "Maja Demo" in text and "Your news" in text and "20 00 00 09" in text
    assert "There is no such mailbox" in text
    with app.app_context():
        assert "not_reached.view" in [event.action for event in audit.looks_at(maja.id)]
    desk.post(row.find("form")["action"], {}, status=303)
    assert "Everybody was reached" in desk.get("/caseworker/not-reached").words
    desk.post(row.find("form")["action"], {}, status=303)  # a second tap changes nothing


def test_another_team_neither_sees_nor_ends_it(app, make, maja, client_of):
    with app.app_context():
        call = db.session.query(Delivery).filter_by(channel="call").one().id
    other = client_of(make.caseworker(name="Bo Demo"))
    assert "Maja" not in other.get("/caseworker/not-reached").text
    other.post(f"/caseworker/not-reached/{call}/reached", {}, status=404)


def test_her_coordinator_sees_it_and_another_one_does_not(make, maja, anne, client_of):
    hers = client_of(make.staff(Grant.COORDINATOR, team_id=anne.team_id))
    assert "1 message reached nobody yet" in hers.get("/coordinator").words
    page = hers.get("/coordinator/not-reached")
    assert "Maja Demo" in page.words and not page.soup.select("main form")
    other = client_of(make.staff(Grant.COORDINATOR, team_id=make.team("Team Nine")))
    assert "Maja" not in other.get("/coordinator/not-reached").text


def test_figures_say_how_many_and_the_site_stays_ready(app, maja, client):
    assert "jobunivers_messages_not_reached 1" in client.get("/metrics").text
    assert "jobunivers_messages_without_end 0" in client.get("/metrics").text
    answer = client.get("/readyz", status=503)  # no worker in this test
    assert json.loads(answer.text)["messages"] == {
        "not_reached": 1,
        "tried_in_vain": 0,
        "without_end": 0,
    }
