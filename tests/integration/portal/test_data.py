"""Everything known about me: to read, to take along, to delete."""

import io
import json
import uuid
import zipfile

import pytest

from jobunivers.extensions import db
from jobunivers.identity import services as identity
from jobunivers.identity.access import DRAFT_COOKIE, remember_draft
from jobunivers.identity.models import Owner, User
from jobunivers.identity.types import Grant
from jobunivers.shared import audit, clock
from jobunivers.shared.db import write


@pytest.fixture
def draft(app, client):
    """A browser with a draft and nobody logged in; gives the owner's id."""
    from flask import g

    with app.test_request_context("/"):
        with write():
            owner_id = identity.start_draft(clock.now()).id
        remember_draft(owner_id)
        client.http.set_cookie(DRAFT_COOKIE, g.draft_cookie)
    return owner_id


def test_citizen_reads_what_we_know_and_who_has_looked(make, client_of):
    anna = make.caseworker(name="Anna Caseworker")
    maja = make.citizen(caseworker=anna, phone="20 20 20 20")
    client_of(anna).get(f"/caseworker/citizens/{maja.id}")
    page = client_of(maja.user).get("/my/data")
    assert "20 20 20 20" in page.words
    look = page.one("look").text
    assert "Opened your page" in look
    assert "Anna Caseworker, Caseworker · your own caseworker" in look


def looked(app, citizen, count, *, role="caseworker", actor=None, purpose="own_caseload"):
    with app.app_context():
        for _number in range(count):
            with write():
                audit.record(
                    "citizen.view",
                    actor_id=actor,
                    actor_role=role,
                    citizen_id=citizen.id,
                    purpose=purpose,
                )


def test_one_look_among_hundreds_of_rows_of_the_system_is_found(app, make, client_of):
    maja, anna = make.citizen(), make.caseworker(name="Anna Caseworker")
    looked(app, maja, 1, actor=anna.id)
    looked(app, maja, 210, role="system")
    assert "Anna Caseworker" in client_of(maja.user).get("/my/data").one("look").text


def test_all_looks_stand_on_pages_and_in_the_files(app, make, client_of):
    maja, anna = make.citizen(), make.caseworker(name="Anna Caseworker")
    looked(app, maja, 120, actor=anna.id)
    screen = client_of(maja.user)
    path, counts = "/my/data", []
    while path:
        page = screen.get(path)
        counts.append(len(page.all("look")))
        later = page.soup.select('nav.actions a[rel="next"]')
        path = later[0]["href"] if later else None
    assert counts == [50, 50, 20]
    found = json.loads(screen.get("/my/data/everything.json").text)
    assert len(found["looks"]) == 120 and found["looks"][0]["name"] == "Anna Caseworker"
    archive = zipfile.ZipFile(io.BytesIO(screen.http.get("/my/data/everything.zip").data))
    readable = archive.read("everything.html").decode()
    assert readable.count("Opened your page · Anna Caseworker, Caseworker") == 120


@pytest.mark.parametrize("before", ["0", "-5", "x", str(2**40), ""])
def test_a_made_up_place_in_the_list_is_its_beginning(app, make, client_of, before):
    maja = make.citizen()
    looked(app, maja, 1)
    assert len(client_of(maja.user).get(f"/my/data?before={before}").all("look")) == 1


def test_where_a_name_is_withheld_role_and_team_stand_instead(app, make, client_of):
    team = make.team("Team Harbour")
    anna, admin = make.caseworker(team_id=team, name="Anna Secret"), make.staff(Grant.ADMIN)
    maja = make.citizen(caseworker=anna)
    client_of(anna).get(f"/caseworker/citizens/{maja.id}")
    office = client_of(admin)
    office.post(f"/admin/staff/{anna.id}/name", {"name_withheld": "gossip"}, status=422)
    office.post(f"/admin/staff/{anna.id}/name", {"name_withheld": "threatened"})
    screen = client_of(maja.user)
    look = screen.get("/my/data").one("look").text
    assert "Caseworker, Team Harbour · your own caseworker" in look and "Anna" not in look
    looks = json.loads(screen.get("/my/data/everything.json").text)["looks"]
    assert looks[0]["name"] == "" and looks[0]["team"] == "Team Harbour"
    office.post(f"/admin/staff/{anna.id}/name", {"name_withheld": ""})
    assert "Anna Secret" in screen.get("/my/data").one("look").text


def test_whoever_is_gone_keeps_her_role_in_the_log(app, make, client_of):
    maja = make.citizen()
    looked(app, maja, 1, actor=uuid.uuid4())
    assert "Opened your page · Caseworker" in client_of(maja.user).get("/my/data").one("look").text


def test_the_citizens_own_visits_are_not_looks(make, client_of):
    maja = make.citizen()
    screen = client_of(maja.user)
    screen.post("/my/settings/contact", {"email": "", "phone": "20202020", "address": ""})
    assert screen.get("/my/data").all("look") == []


def test_everything_comes_along_as_json_and_zip(make, client_of):
    maja = make.citizen(name="Maja Demo")
    screen = client_of(maja.user)
    assert json.loads(screen.get("/my/data/everything.json").text)["person"]["name"] == "Maja Demo"
    archive = zipfile.ZipFile(io.BytesIO(screen.http.get("/my/data/everything.zip").data))
    assert sorted(archive.namelist()) == ["everything.html", "everything.json"]
    readable = archive.read("everything.html").decode()
    assert "Maja Demo" in readable
    assert '<html lang="en"' in readable


def test_a_draft_can_be_read_and_deleted_without_log_in(app, client, draft):
    assert "Delete my draft" in client.get("/my/data").words
    client.post("/my/data/delete", {}, status=422)
    answer = client.post("/my/data/delete", {"is_sure": "y"})
    assert (
        answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    )  # answers that wait in the browser for a connection go, too
    with app.app_context():
        assert db.session.get(Owner, draft) is None
    client.get("/my/data", status=303)


def test_a_visitor_deletes_her_account_and_is_logged_out(app, make, client_of):
    sofie = make.staff(name="Sofie Demo")
    screen = client_of(sofie)
    assert "Delete my account" in screen.get("/my/data").words
    screen.post("/my/data/delete", {"is_sure": "y"})
    with app.app_context():
        assert db.session.get(User, sofie.id) is None
    screen.get("/my/data", status=303)


def test_a_citizen_deletes_her_own_work_but_not_her_case(app, make, client_of):
    maja = make.citizen()
    screen = client_of(maja.user)
    screen.post("/my/data/delete", {"is_sure": "y"})
    with app.app_context():
        assert db.session.get(Owner, maja.owner_id) is None
        assert db.session.get(User, maja.user) is not None
    assert "You and your case" in screen.get("/my/data").words


def test_without_draft_or_log_in_one_is_asked_to_log_in(client):
    for path in ("", "/everything.json", "/everything.zip", "/delete"):
        assert client.get(f"/my/data{path}", status=303).location.startswith("/log-in")


def test_staff_has_no_such_page(make, client_of):
    client_of(make.caseworker()).get("/my/data", status=403)
