"""An administrator looks after staff and teams."""

import pytest

from jobunivers.identity.types import Grant
from jobunivers.messages import worker_jobs as worker
from jobunivers.shared import clock


@pytest.fixture
def admin(make):
    return make.staff(Grant.ADMIN, name="Anja Demo")


def test_administrator_invites_a_colleague_who_gets_a_link(app, admin, client_of):
    browser = client_of(admin)
    browser.post(
        "/admin/staff",
        {"name": "Bo Demo", "email": "Bo@Example.org", "grants": ["caseworker", "health_answers"]},
    )
    page = browser.get("/admin/staff")
    assert "Bo Demo" in page.words
    assert "May see answers about health" in page.words
    sent = app.config["SETTINGS"].smtp_url.removeprefix("file:")
    worker.run_once(app, clock.now())
    from pathlib import Path

    mails = [path.read_text() for path in Path(sent).glob("*.eml")]
    assert any("To: bo@example.org" in mail for mail in mails)


def test_invitation_without_a_role_or_with_a_used_address_is_refused(admin, client_of):
    browser = client_of(admin)
    page = browser.post(
        "/admin/staff",
        {"name": "Bo Demo", "email": "bo@example.org", "grants": ["health_answers"]},
        status=422,
    )
    assert "Choose at least one role" in page.words
    page = browser.post(
        "/admin/staff",
        {"name": "Bo Demo", "email": admin.email, "grants": ["caseworker"]},
        status=422,
    )
    assert "already has a log-in" in page.words


def test_new_roles_are_in_force_at_the_next_click(admin, make, client_of):
    colleague = make.caseworker()
    theirs = client_of(colleague)
    theirs.get("/admin", status=403)
    client_of(admin).post(f"/admin/staff/{colleague.id}", {"grants": ["caseworker", "admin"]})
    theirs.get("/admin")


def test_administrator_cannot_lock_herself_out(admin, client_of):
    browser = client_of(admin)
    browser.post(f"/admin/staff/{admin.id}", {"grants": ["caseworker"]}, status=403)
    browser.post(f"/admin/staff/{admin.id}/close", status=403)


def test_closed_colleague_is_logged_out_at_once(admin, make, client_of):
    colleague = make.caseworker()
    theirs = client_of(colleague)
    theirs.get("/caseworker/citizens")
    client_of(admin).post(f"/admin/staff/{colleague.id}/close")
    assert theirs.get("/caseworker/citizens", status=303).location.startswith("/log-in")


def test_citizen_is_no_colleague(admin, make, client_of):
    citizen = make.citizen()
    client_of(admin).get(f"/admin/staff/{citizen.user}", status=404)
