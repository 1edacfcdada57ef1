"""Somebody with bad intent, or simply the next person at the library's computer."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobunivers.booking import link_http as links
from jobunivers.extensions import db
from jobunivers.identity import access
from jobunivers.identity.types import Grant
from jobunivers.models import metadata
from jobunivers.shared import clock
from jobunivers.shared.audit import AuditEvent
from jobunivers.shared.web import safe_next


def draft_cookie(app, make):
    with app.test_request_context("/"):
        return access._serializer().dumps(str(make.draft()))


def looks(app, citizen):
    with app.app_context():
        return db.session.scalar(
            sa.select(sa.func.count())
            .select_from(AuditEvent)
            .where(AuditEvent.citizen_id == citizen.id)
        )


@pytest.mark.parametrize(
    "next_url",
    [
        "//[",
        "http://[",
        "//evil.example",
        "/\\evil.example",
        "/x\ny",
        "https://evil.example",
        "javascript:alert(1)",
        "/" + "x" * 2000,
    ],
)
def test_strange_return_address_is_not_followed(client, next_url):
    assert safe_next(next_url, "/my") == "/my"
    client.post("/language", {"lang": "en", "next": next_url})
    client.get("/log-in", query_string={"next": next_url})


@pytest.mark.parametrize("header", ["Referer", "Origin", "HX-Current-URL"])
def test_broken_address_in_a_header_breaks_nothing(client, header):
    assert client.http.post("/language", headers={header: "http://["}).status_code == 400
    assert client.http.post("/my/planner/new/todo", headers={header: "http://["}).status_code in (
        303,
        400,
    )
    assert (
        client.http.get("/my", headers={header: "http://[", "HX-Request": "true"}).status_code
        == 200
    )


@pytest.mark.parametrize("way_out", ["/log-out", "/log-in/sessions/end-all"])
def test_log_out_forgets_the_draft_of_this_browser(app, make, client_of, way_out):
    browser = client_of(make.citizen().user)
    browser.http.set_cookie(access.DRAFT_COOKIE, draft_cookie(app, make))
    browser.post(way_out)
    assert browser.http.get_cookie(access.DRAFT_COOKIE) is None
    assert browser.get("/my", status=303).location.startswith("/log-in")


def test_nothing_personal_is_stored_by_the_browser(app, make, client, client_of):
    citizen = make.citizen()
    cv_id = make.cv_head(citizen.owner_id, name="Maja Demo")
    browser = client_of(citizen.user)
    for path in (
        "/my",
        "/my/data",
        "/my/data/everything.json",
        "/my/data/everything.zip",
        f"/my/cv/{cv_id}.pdf",
        f"/my/cv/{cv_id}.json",
    ):
        assert "no-store" in browser.http.get(path).headers["Cache-Control"], path
    client.http.set_cookie(access.DRAFT_COOKIE, draft_cookie(app, make))
    for path in ("/my/cv", "/my/planner", "/r/keep", "/modules/cv"):
        assert "no-store" in client.http.get(path).headers["Cache-Control"], path
    client.http.delete_cookie(access.DRAFT_COOKIE)
    assert client.http.get("/modules").headers["Cache-Control"] == "private, no-cache"


def test_page_behind_a_signed_link_is_not_stored_by_a_shared_computer(app, make, client):
    caseworker = make.caseworker()
    make.windows(caseworker)
    meeting_id = make.booking(make.citizen(), caseworker, clock.now() + timedelta(days=3))
    with app.app_context():
        token = links.token_for(meeting_id)
    for path in (f"/m/{token}", f"/m/{token}/cancel", f"/m/{token}/move"):
        assert client.get(path).headers["Cache-Control"] == "private, no-store", path


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-W01", "x" * 5000, "\x00"])
def test_no_day_is_too_far_for_a_calendar(make, client_of, day):
    caseworker = make.caseworker()
    client_of(caseworker).get("/caseworker/calendar", query_string={"from": day})
    citizen = make.citizen(caseworker=caseworker)
    client_of(citizen.user).get(
        "/my/meetings/book", query_string={"kind": "first-meeting", "from": day}
    )


@pytest.mark.parametrize(
    "after",
    [
        "1_0001-01-01T00:00:00+14:00_8f14e45f-ceea-467f-a9c8-1c1c5d6f0b3d",
        "99_2026-01-01_x",
        "\x00",
        "____",
    ],
)
def test_made_up_page_of_the_queue_is_not_found(make, client_of, after):
    assert client_of(make.caseworker()).http.get(
        "/caseworker/flags", query_string={"after": after}
    ).status_code in (200, 404)


def test_who_reads_a_thread_by_sending_a_wrong_form_is_logged_too(app, make, client_of):
    caseworker = make.caseworker()
    own, colleagues = (
        make.citizen(caseworker=caseworker),
        make.citizen(caseworker=make.caseworker(team_id=caseworker.team_id)),
    )
    browser = client_of(caseworker)
    before = looks(app, own)
    browser.post(f"/caseworker/citizens/{own.id}/messages", {"body": ""}, status=422)
    assert looks(app, own) == before + 1
    before = looks(app, colleagues)
    page = browser.post(f"/caseworker/citizens/{colleagues.id}/messages", {"body": ""}, status=422)
    assert not page.soup.select("#thread") and looks(app, colleagues) == before
    browser.htmx_post(f"/caseworker/citizens/{colleagues.id}/messages/answered", status=422)


def test_who_reads_a_flag_by_its_preview_is_logged_too(app, make, client_of):
    caseworker = make.caseworker()
    citizen = make.citizen(caseworker=caseworker)
    flag_id, before = make.flag(citizen), looks(app, citizen)
    browser = client_of(caseworker)
    before = looks(app, citizen)
    browser.post(f"/caseworker/flags/{flag_id}/preview", {}, status=200)
    browser.post(f"/caseworker/flags/{flag_id}/review", {}, status=422)
    assert looks(app, citizen) == before + 2


def test_wrong_form_about_contact_details_is_a_logged_look(app, make, client_of):
    caseworker = make.caseworker()
    citizen = make.citizen(caseworker=caseworker)
    before = looks(app, citizen)
    client_of(caseworker).post(
        f"/caseworker/citizens/{citizen.id}/contact", {"email": "no address"}, status=422
    )
    assert looks(app, citizen) == before + 1


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_absence_in_the_first_or_last_year_of_all_is_a_wrong_form(make, client_of, day):
    client_of(make.caseworker()).post(
        "/caseworker/calendar/absences", {"first_on": day, "last_on": day}, status=422
    )


def test_unknown_role_and_doubled_choices_break_no_administrators_page(make, client_of):
    caseworker, browser = make.caseworker(), client_of(make.staff(Grant.ADMIN))
    browser.post(
        "/admin/staff",
        {"name": "New", "email": "new@example.org", "grants": ["emperor"]},
        status=422,
    )
    browser.post(
        "/admin/teams/new",
        {"name": "Twice", "members": [str(caseworker.id)] * 3, "target_groups": []},
    )


def test_no_key_column_holds_words_that_somebody_typed(app, make, client_of):
    """Keys stop a form sent twice; they stay when the text goes, and stand in places where nobody
    looks for personal data.
    """
    caseworker = make.caseworker()
    citizen = make.citizen(caseworker=caseworker)
    desk, browser = client_of(caseworker), client_of(citizen.user)
    secret = "her husband must not know"
    desk.post(
        f"/caseworker/lists/tasks/{citizen.id}",
        {"note": secret, "due_on": clock.today().isoformat()},
    )
    desk.post(f"/caseworker/citizens/{citizen.id}/messages", {"body": secret, "key": secret})
    browser.post("/my/messages", {"body": secret, "key": secret})
    browser.post("/modules/cv/profile-text", {"answer": secret, "done": "1", "seen": ""})
    keys = [
        column
        for table in metadata.tables.values()
        for column in table.columns
        if column.name == "key" or column.name.endswith("_key")
    ]
    with app.app_context():
        found = [
            str(value)
            for column in keys
            if column.name != "name_key"
            for value in db.session.scalars(sa.select(column))
        ]
    assert len(found) >= 3 and not [value for value in found if secret in value]


@pytest.mark.parametrize(
    "name",
    [
        "%00",
        "css/%00.css",
        "a" * 300 + ".css",
        "a/" * 3000 + "x.css",
        "%2e%2e/pyproject.txt",
        "scss/%2e/x.css",
    ],
)
def test_a_name_that_no_file_can_have_is_not_found(client, name):
    client.get(f"/static/{name}", status=404)
