"""A helper with power of attorney acts for the citizen: as far, as long, and as visibly as the
paper says.
"""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobunivers.applications import services as letters
from jobunivers.caseload import queries as caseload
from jobunivers.cv import queries as cv
from jobunivers.cv import version_services as versions
from jobunivers.extensions import db
from jobunivers.identity import access, queries
from jobunivers.identity.models import PowerOfAttorney
from jobunivers.identity.types import Scope
from jobunivers.screening import catalogue
from jobunivers.screening import services as screening
from jobunivers.screening.types import Typist
from jobunivers.shared import audit, clock
from jobunivers.shared.db import write


def audits(app, citizen):
    with app.app_context():
        return [
            (row.action, row.actor_role, row.purpose)
            for row in reversed(audit.looks_at(citizen.id))
        ]


def test_helper_sees_whom_she_acts_for_and_the_citizen_reads_it(app, make, client_of):
    citizen = make.citizen(name="Peter Papir")
    helper = make.helper(citizen)
    browser = client_of(helper)
    assert "Peter Papir" in browser.get("/my/settings").words
    assert audits(app, citizen)[0] == ("helper.view", "helper", "settings.show_settings")
    browser.post("/my/settings/nothing", status=404)


def test_power_that_ended_or_ran_out_ends_at_once(app, make, client_of):
    citizen = make.citizen()
    helper = make.helper(citizen, valid_to=clock.today())
    browser = client_of(helper)
    assert "You act for" in browser.get("/my/settings").words
    with app.app_context(), write():
        db.session.get_one(PowerOfAttorney, helper.powers[0]).valid_to = clock.today() - timedelta(
            days=1
        )
    assert "You act for" not in browser.get("/my/settings").words


def test_helper_for_meetings_comes_nowhere_else(app, make, client_of):
    citizen = make.citizen()
    browser = client_of(make.helper(citizen, scope=Scope.MEETINGS))
    for path in ("/my/settings", "/my/cv", "/my/data"):
        browser.get(path, status=403)
    with app.app_context():
        assert (
            queries.find_viewer(
                db.session.scalar(sa.select(PowerOfAttorney.user_id)), clock.today()
            ).owner_id
            is None
        )


def test_helper_of_two_chooses_and_changes(app, make, client_of):
    first, second, stranger = (
        make.citizen(name="Anna A"),
        make.citizen(name="Bent B"),
        make.citizen(name="Carl C"),
    )
    browser = client_of(make.helper(first, second))
    page = browser.get("/log-in/for?next=/my/settings")
    assert [button["value"] for button in page.all("helped")] == [str(first.id), str(second.id)]
    assert (
        browser.post("/log-in/for", {"citizen": str(second.id), "next": "/my/settings"}).location
        == "/my/settings"
    )
    assert "Bent B" in browser.get("/my/settings").words
    browser.post("/log-in/for", {"citizen": str(stranger.id)}, status=404)
    browser.post("/log-in/for", {"citizen": str(first.id)})
    assert "Anna A" in browser.get("/my/settings").words
    assert [row[0] for row in audits(app, stranger)] == []


def test_citizen_who_also_helps_is_herself_until_she_chooses(app, make, client_of):
    helped, herself = make.citizen(name="Hjulpet H"), make.citizen(name="Selv S")
    with app.app_context(), write():
        db.session.add(PowerOfAttorney(user_id=herself.user, citizen_id=helped.id))
    browser = client_of(herself.user)
    with app.app_context():
        assert queries.find_viewer(herself.user, clock.today()).citizen_id == herself.id
        assert (
            queries.find_viewer(herself.user, clock.today(), acting_for=helped.id).citizen_id
            == helped.id
        )
    browser.post("/log-in/for", {"citizen": str(helped.id)})
    assert "Hjulpet H" in browser.get("/my/settings").words
    assert browser.post("/log-in/for", {"citizen": ""}).location == "/my"
    assert "Hjulpet H" not in browser.get("/my/settings").words


@pytest.mark.parametrize("acting_for_stranger", [True, False])
def test_helper_has_the_citizens_work_not_her_own(app, make, acting_for_stranger):
    citizen, stranger = make.citizen(), make.citizen()
    helper = make.helper(citizen)
    with app.app_context():
        found = queries.find_viewer(
            helper.id, clock.today(), acting_for=stranger.id if acting_for_stranger else None
        )
    assert (found.citizen_id, found.owner_id, found.is_helper) == (
        citizen.id,
        citizen.owner_id,
        True,
    )


def test_helper_for_meetings_writes_nothing_into_the_citizens_work(app, make):
    citizen = make.citizen()
    helper = make.helper(citizen, scope=Scope.MEETINGS)
    with app.test_request_context("/"):
        from jobunivers.identity.types import AuthMethod
        from jobunivers.identity.viewer_http import sign_in

        sign_in(helper.id, AuthMethod.DEMO)
        assert access.current_owner_id() is None
        with pytest.raises(Exception, match="403"):
            access.ensure_owner_id()


def test_helper_sees_what_we_know_of_the_citizen_and_her_own_log_in_apart(make, client_of):
    citizen = make.citizen(name="Peter Papir", phone="20 20 20 20")
    page = client_of(make.helper(citizen, name="Hanne Helper")).get("/my/data")
    citizens, helpers = page.soup.main.get_text(" ").split("You, the helper")
    assert "Peter Papir" in citizens and "Your log-in" not in citizens
    assert "20 20 20 20" not in page.words
    assert (
        "Your log-in" in helpers
        and "Hanne Helper" in helpers
        and not page.soup.select('a[href^="/my/data/"]')
    )


def test_no_power_of_attorney_reaches_what_is_the_citizens_alone(app, make, client_of):
    citizen = make.citizen(email="peter@example.org")
    browser = client_of(make.helper(citizen))
    for path in ("/my/data/everything.json", "/my/data/everything.zip", "/my/data/delete"):
        browser.get(path, status=403)
    browser.post("/my/data/delete", {"is_sure": "y"}, status=403)
    browser.post("/my/settings/contact", {"email": "mine@example.org"}, status=403)
    browser.post("/my/settings/channel", {"channel": "none"}, status=403)
    assert not browser.get("/my/settings").soup.select("#set-contact, #set-channel")
    assert browser.get("/my/settings").soup.select("#set-meetings")
    with app.app_context():
        assert caseload.recipient_of(citizen.id).email == "peter@example.org"


def test_a_helper_neither_deletes_a_version_of_the_cv_nor_takes_back_what_was_typed_in(
    app, make, client_of
):
    citizen, caseworker = make.citizen(), make.caseworker()
    typist, question = (
        Typist(caseworker.id, caseworker.name, "caseworker"),
        catalogue.questionnaire().find("lang"),
    )
    with app.app_context(), write():
        version = versions.start_version(citizen.owner_id, "For the hospital", now=clock.now()).id
        screening.record_answer(citizen.id, question, "da", locale="en", now=clock.now(), by=typist)
    browser = client_of(make.helper(citizen))
    assert not browser.get(f"/my/cv/versions/{version}").soup.select("form[action$='/delete']")
    assert not browser.get("/my/screening/answers").all("take-back")
    browser.post(f"/my/cv/versions/{version}/delete", {}, status=403)
    browser.post("/my/screening/take-back", {}, status=403)


def test_what_a_helper_reads_and_writes_in_a_lesson_is_in_the_citizens_log(app, make, client_of):
    citizen = make.citizen()
    browser = client_of(make.helper(citizen))
    browser.get("/modules/cv/profile-text")
    browser.post("/modules/cv/profile-text", {"answer": "written for her", "done": "1", "seen": ""})
    browser.post("/my/path/cv/choose")
    wanted = [
        ("helper.view", "learning.show_lesson"),
        ("helper.act", "learning.save_answer"),
        ("helper.act", "path.choose_module"),
    ]
    assert {(action, view) for action, _role, view in audits(app, citizen)} >= set(wanted)


def test_no_page_or_file_shows_a_helper_how_she_is_reached(app, make, client_of):
    """Address, phone and e-mail: of her record, her CV, her letters and her meetings."""
    hidden = ("+4520304051", "20 30 40 51", "hidden@example.org", "Skjult Vej 9", "Skjulteby")
    anna = make.caseworker()
    maja = make.citizen(
        caseworker=anna, email="hidden@example.org", phone="+4520304051", address="Skjult Vej 9"
    )
    cv_id = make.cv_head(
        maja.owner_id,
        name="Maja",
        email="hidden@example.org",
        phone="20 30 40 51",
        place="Skjulteby",
    )
    starts_at = (clock.now() + timedelta(days=3)).replace(hour=10, minute=0, second=0)
    make.booking(maja, anna, starts_at.replace(microsecond=0), phone="+4520304051")
    with app.app_context(), write():
        letter = letters.start_letter(maja.owner_id, now=clock.now(), job_title="Cook").id
    browser = client_of(make.helper(maja))
    with app.test_request_context("/"):
        paths = sorted(
            rule.rule
            for rule in app.url_map.iter_rules()
            if "GET" in rule.methods and not rule.arguments and rule.rule.startswith("/my")
        )
    paths += [f"/my/cv/{cv_id}.{kind}" for kind in ("txt", "json", "xml")]
    paths += [f"/my/cv/{cv_id}/paste", f"/my/letters/{letter}", f"/my/letters/{letter}/preview"]
    found, looked = [], 0
    for path in paths:
        answer = browser.http.get(path, follow_redirects=True)
        looked += answer.status_code == 200
        text = answer.get_data(as_text=True)
        found += [f"{path}: {word}" for word in hidden if word in text]
    assert found == [] and looked > 20
    herself = client_of(maja.user)
    assert "Skjulteby" in herself.http.get(f"/my/cv/{cv_id}.txt").get_data(as_text=True)


def test_what_a_helper_saves_at_the_top_of_the_cv_leaves_her_contact_as_it_was(
    app, make, client_of
):
    maja = make.citizen()
    make.cv_head(maja.owner_id, name="Maja", email="a@example.org", phone="20304050", place="X")
    browser = client_of(make.helper(maja))
    form = browser.get("/my/cv/head").soup.select_one("form[novalidate]")
    fields = {f["name"]: f.get("value", "") for f in form.select("input[name]")}
    assert not {"email", "phone", "place"} & set(fields)
    browser.post("/my/cv/head", {**fields, "name": "Maja M", "language": "da", "email": "x@y.zz"})
    with app.app_context():
        head = cv.head_of(cv.find_cv(maja.owner_id))
    assert (head["name"], head["email"], head["place"]) == ("Maja M", "a@example.org", "X")


def test_every_page_says_for_whom_the_helper_acts(make, client_of):
    maja = make.citizen(name="Peter Papir")
    browser = client_of(make.helper(maja))
    for path in ("/my", "/my/meetings", "/my/cv", "/my/settings", "/my/data", "/modules"):
        assert "You act for Peter Papir" in browser.get(path).one("acting-for").get_text(), path
    assert "Meetings of Peter Papir" in browser.get("/my/meetings").soup.h1.get_text()
    assert not client_of(maja.user).get("/my/meetings").all("acting-for")
