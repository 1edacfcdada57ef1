"""The citizen's own settings."""

import dataclasses

import pytest

from jobunivers.caseload import queries, services
from jobunivers.messages.types import Channel
from jobunivers.shared import audit, clock
from jobunivers.shared.db import write
from tests.support.htmx import assert_swap_equals_reload


@pytest.fixture
def citizen(make):
    return make.citizen()


@pytest.fixture
def screen(citizen, client_of):
    return client_of(citizen.user)


def test_citizen_changes_how_we_reach_her_and_it_is_logged(app, citizen, screen):
    screen.post(
        "/my/settings/contact",
        {
            "email": "new@example.org",
            "phone": "+45 20 30 40 50",
            "address": "Demovej 1\n8000 Aarhus C",
        },
    )
    with app.app_context():
        recipient = queries.recipient_of(citizen.id)
        assert (recipient.email, recipient.phone, recipient.address) == (
            "new@example.org",
            "+4520304050",
            "Demovej 1\n8000 Aarhus C",
        )
        assert [event.detail["fields"] for event in audit.looks_at(citizen.id)] == [
            ["address", "email", "phone"]
        ]
    assert "Saved" in screen.get("/my/settings").words


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "not an address"},
        {"email": "søren@example.org"},
        {"email": "a@b.dk;c@d.dk"},
        {"email": "<a@b.dk>"},
        {"email": "a@b.dk."},
        {"phone": "12"},
        {"address": "x" * 301},
        {"email": "a@b" + "c" * 400 + ".dk"},
    ],
)
def test_wrong_contact_details_are_explained_and_nothing_is_saved(app, citizen, screen, fields):
    page = screen.post("/my/settings/contact", {"email": "kept@example.org", **fields}, status=422)
    assert page.soup.find(role="alert")
    with app.app_context():
        assert queries.recipient_of(citizen.id).email == citizen.email


@pytest.mark.parametrize("typed", ["+45 (0)20 00 00 09", "20 00 00 09", "\u202a20000009\u202c"])
def test_a_number_is_kept_one_way_and_shown_in_pairs(app, citizen, screen, typed):
    screen.post("/my/settings/contact", {"email": "maja@blåbær.dk", "phone": typed, "address": ""})
    with app.app_context():
        recipient = queries.recipient_of(citizen.id)
        assert (recipient.email, recipient.phone) == ("maja@blåbær.dk", "+4520000009")
    page = screen.get("/my/settings")
    assert page.soup.select_one("#set-contact input[name=phone]")["value"] == "20 00 00 09"


def test_letters_before_the_at_are_taken_where_the_mail_server_takes_them(
    app, citizen, screen, monkeypatch
):
    settings = dataclasses.replace(app.config["SETTINGS"], smtp_url="smtp://m.example?smtputf8=yes")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    screen.post("/my/settings/contact", {"email": "søren@example.org", "phone": "", "address": ""})
    with app.app_context():
        assert queries.recipient_of(citizen.id).email == "søren@example.org"


def test_a_way_without_an_address_cannot_be_chosen(app, citizen, screen):
    page = screen.post("/my/settings/channel", {"channel": "sms"}, status=422)
    assert "We do not have your phone number" in page.words
    with app.app_context():
        assert queries.recipient_of(citizen.id).channel is Channel.EMAIL


def test_nothing_at_all_is_a_way_too(app, citizen, screen):
    screen.post("/my/settings/channel", {"channel": "none", "digital_post_exempt": "y"})
    with app.app_context():
        recipient = queries.recipient_of(citizen.id)
        assert (recipient.channel, recipient.digital_post_exempt) == (Channel.NONE, True)


def test_a_forged_way_is_refused(screen):
    screen.post("/my/settings/channel", {"channel": "pigeon"}, status=422)


def test_language_changes_pages_and_letters(app, citizen, screen):
    screen.post("/my/settings/language", {"locale": "uk"})
    screen.locale = "uk"
    screen.get("/my/settings")
    with app.app_context():
        assert queries.recipient_of(citizen.id).locale == "uk"
    screen.post("/my/settings/language", {"locale": "xx"}, status=422)


@pytest.mark.parametrize(
    ("section", "fields"),
    [
        ("contact", {"email": "new@example.org", "phone": "", "address": ""}),
        ("channel", {"channel": "none"}),
        ("meetings", {"interpreter_language": "uk", "access_needs": "A quiet room"}),
    ],
)
def test_swap_equals_reload(screen, section, fields):
    swapped = screen.htmx_post(f"/my/settings/{section}", fields)
    assert_swap_equals_reload(swapped, screen.get("/my/settings"), f"#set-{section}")


def test_visitor_sees_the_language_only(app, make, client_of):
    visitor = make.staff()
    screen = client_of(visitor)
    assert screen.get("/my/settings").soup.find(id="set-contact") is None
    screen.post("/my/settings/contact", {"email": "x@example.org"}, status=403)
    screen.post("/my/settings/language", {"locale": "da"})


def test_settings_need_a_log_in(client):
    assert client.get("/my/settings", status=303).location.startswith("/log-in?next=")


@pytest.mark.parametrize(
    ("section", "hers", "others", "shown"),
    [
        (
            "contact",
            {"email": "hers@example.org", "phone": "+4520304050", "address": ""},
            {"email": "other@example.org"},
            "other@example.org",
        ),
        ("channel", {"channel": "none"}, {"channel": Channel.LETTER}, "A letter on paper"),
        (
            "meetings",
            {"interpreter_language": "", "access_needs": "A lift"},
            {"access_needs": "Breaks"},
            "Breaks",
        ),
    ],
)
def test_a_form_opened_before_somebody_elses_change_answers_with_both_versions(
    app, citizen, screen, section, hers, others, shown
):
    version = screen.get("/my/settings").soup.select_one(f"#set-{section} input[name=version]")[
        "value"
    ]
    with app.app_context(), write():
        services.change_details(
            citizen.id, section, others, by_user_id=citizen.user, now=clock.now()
        )
    page = screen.post(f"/my/settings/{section}", {**hers, "version": version}, status=409)
    part = page.soup.select_one(f"#set-{section}")
    assert f"Saved now: {shown}" in part.get_text(" ") and page.soup.find(role="alert")
    block = screen.htmx_post(f"/my/settings/{section}", {**hers, "version": version}, status=409)
    assert f"Saved now: {shown}" in block.words
    screen.post(
        f"/my/settings/{section}",
        {**hers, "version": part.select_one("input[name=version]")["value"]},
    )
    with app.app_context():
        record = queries.get_citizen(citizen.id)
        assert all((getattr(record, name) or "") == value for name, value in hers.items())
