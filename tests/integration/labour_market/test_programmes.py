"""Everybody reads what the municipality can offer; a citizen asks about it at her next meeting with
one tap.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobunivers.booking.models import AgendaPoint
from jobunivers.extensions import db
from jobunivers.shared import clock

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(app):
    clock.start_at(NOW)
    app.extensions.pop("public_pages", None)


def points(app):
    with app.app_context():
        return [
            (point.text, point.appointment_id)
            for point in db.session.scalars(sa.select(AgendaPoint).order_by(AgendaPoint.created_at))
        ]


def test_everybody_reads_the_programmes_of_the_country_and_of_the_municipality(client):
    words = client.get("/programmes").words
    assert "Adult apprenticeship" in words
    assert "Voksenlærling" in words  # what a caseworker calls it
    assert "Mentor network" in words
    assert "Ask about it at my next meeting" not in words


def test_the_filter_shows_what_a_group_can_use(client):
    found = client.get("/programmes?whom=newcomers").words
    assert "Ukraine Job Task Force" in found
    assert "Adult apprenticeship" in found
    assert "Mentor network" not in found
    assert client.get("/programmes?whom=nonsense").words.count("Mentor network") == 1


def test_the_filter_as_a_swap_equals_the_page(client):
    swap = client.htmx_get("/programmes?whom=graduates")
    page = client.get("/programmes?whom=graduates")
    assert [item.text.split() for item in swap.all("programme")] == [
        item.text.split() for item in page.all("programme")
    ]


def test_a_programme_vanishes_when_it_has_ended(app, client, monkeypatch):
    profile = app.config["PROFILE"]
    ended = tuple(
        replace(each, valid_to=NOW.date()) if each.code == "adult-apprentice" else each
        for each in profile.programmes
    )
    monkeypatch.setitem(app.config, "PROFILE", replace(profile, programmes=ended))
    assert "Until Tuesday 24 November 2026" in client.get("/programmes").words
    clock.start_at(NOW + timedelta(days=1))
    assert "Adult apprenticeship" not in client.get("/programmes").words


def test_one_tap_puts_it_on_the_points_of_the_next_meeting(app, make, client_of):
    caseworker = make.caseworker()
    maja = make.citizen(caseworker=caseworker)
    phone = client_of(maja.user)
    assert phone.post("/programmes/adult-apprentice/ask").location == "/my/meetings#points"
    meeting = make.booking(maja, caseworker, NOW + timedelta(days=2), now=NOW)
    phone.post("/programmes/adult-apprentice/ask")
    assert phone.post("/programmes/placement/ask").location == f"/my/meetings/{meeting}#points"
    assert points(app) == [
        ("I would like to hear about: Voksenlærling", meeting),
        ("I would like to hear about: Virksomhedspraktik", meeting),
    ]
    assert "It is on your points" in phone.get(f"/my/meetings/{meeting}").words


@pytest.mark.parametrize("code", ["personal-assistance", "no-such-programme"])
def test_nothing_about_health_comes_onto_an_agenda_by_a_tap(app, make, client_of, code):
    client_of(make.citizen().user).post(f"/programmes/{code}/ask", status=404)
    assert points(app) == []
