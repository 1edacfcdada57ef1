"""Caseworkers find, register and look at citizens."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobunivers.caseload import gate_access, queries
from jobunivers.caseload.models import Citizen
from jobunivers.contact import list_queries
from jobunivers.contact import queries as contact
from jobunivers.extensions import db
from jobunivers.identity import queries as identity
from jobunivers.identity.models import UnmatchedLogin
from jobunivers.identity.types import Grant
from jobunivers.shared import audit, clock


@pytest.fixture
def anna(make):
    return make.caseworker(team_id=make.team(groups=("insured",)), name="Anna")


@pytest.fixture
def screen(anna, client_of):
    return client_of(anna)


def intake(**more):
    return {
        "name": "Ole Demo",
        "target_group": "insured",
        "started_on": clock.today().isoformat(),
        "locale": "da",
        **more,
    }


def test_the_list_shows_the_own_citizens_and_the_team_on_request(make, anna, screen):
    make.citizen(name="Maja Demo", caseworker=anna, weeks_out_of_work=20)
    make.citizen(name="Ole Demo", caseworker=make.caseworker(team_id=anna.team_id))
    make.citizen(name="Someone Else", caseworker=make.caseworker())
    own = screen.get("/caseworker/citizens")
    assert [row.a.text for row in own.all("citizen")] == ["Maja Demo"]
    assert "20" in own.one("citizen").text
    assert [row.a.text for row in screen.get("/caseworker/citizens?who=team").all("citizen")] == [
        "Maja Demo",
        "Ole Demo",
    ]
    assert "Nobody by that name" in screen.get("/caseworker/citizens?name=xyz").words
    assert screen.htmx_get("/caseworker/citizens?name=maj").soup.select("tr[data-test=citizen]")


def test_opening_an_own_citizen_is_logged(app, make, anna, screen):
    maja = make.citizen(caseworker=anna, phone="20 20 20 20")
    page = screen.get(f"/caseworker/citizens/{maja.id}")
    assert "5 weeks out of work" in page.words
    assert "20 20 20 20" in page.words
    with app.app_context():
        looks = audit.looks_at(maja.id)
        assert [(look.action, look.purpose, look.actor_id) for look in looks] == [
            ("citizen.view", "own_caseload", anna.id)
        ]


def test_a_colleagues_citizen_opens_only_with_a_purpose(app, make, anna, screen):
    ole = make.citizen(caseworker=make.caseworker(team_id=anna.team_id))
    asked = screen.get(f"/caseworker/citizens/{ole.id}")
    assert "Why do you open this page?" in asked.words
    assert ole.email not in asked.text
    with app.app_context():
        assert audit.looks_at(ole.id) == []
    assert ole.email in screen.get(f"/caseworker/citizens/{ole.id}?because=standing_in").text
    with app.app_context():
        assert [look.purpose for look in audit.looks_at(ole.id)] == ["standing_in"]


def test_another_teams_citizen_does_not_exist(make, screen):
    other = make.citizen(caseworker=make.caseworker())
    for path in ("", "/contact", "/end-spell", "/helpers"):
        screen.get(f"/caseworker/citizens/{other.id}{path}", status=404)


def test_intake_registers_once_even_when_sent_twice(app, anna, screen):
    key = screen.get("/caseworker/citizens/new").soup.find(id="key")["value"]
    first = screen.post("/caseworker/citizens/new", intake(key=key, cpr="010190-1234"))
    again = screen.post("/caseworker/citizens/new", intake(key=key, cpr="010190-1234"))
    assert first.location == again.location
    assert "010190-••••" in screen.follow(first).words
    assert "1234" not in screen.follow(first).text
    with app.app_context():
        assert db.session.query(Citizen).count() == 1


def test_intake_of_somebody_known_says_so_and_she_can_read_that_it_was_asked(
    app, make, screen, client_of
):
    screen.post("/caseworker/citizens/new", intake(cpr="010190-1234"))
    other = client_of(curious := make.caseworker(name="Cora Curious"))  # of another team
    assert (
        "registered already"
        in other.post("/caseworker/citizens/new", intake(cpr="0101901234"), status=422).words
    )
    with app.app_context():
        known = db.session.scalar(sa.select(Citizen.id))
        (look,) = [row for row in audit.looks_at(known) if row.actor_id == curious.id]
        assert (look.action, look.purpose) == ("citizen.asked_cpr", "intake")


def test_what_one_said_counts_for_an_hour_and_for_a_form_begun_in_it(
    app, make, anna, screen, monkeypatch
):
    ole = make.citizen(caseworker=make.caseworker(team_id=anna.team_id))
    page, form = f"/caseworker/citizens/{ole.id}", f"/caseworker/citizens/{ole.id}/contact"
    details = {"email": "", "phone": "20202020", "address": ""}
    asked = screen.post(form, details, status=422)
    assert "Why do you open this page?" in asked.words and ole.email not in asked.text
    screen.get(f"{form}?because=post")  # only what stands there to choose counts
    assert "Why do you open this page?" in screen.get(page).words
    assert ole.email in screen.get(f"{form}?because=citizen_called").text
    assert ole.email in screen.get(page).text
    monkeypatch.setattr(gate_access, "SAID_FOR", timedelta(0))
    assert "Why do you open this page?" in screen.get(page).words
    screen.post(form, details)
    with app.app_context():
        assert {row.purpose for row in audit.looks_at(ole.id) if row.purpose} == {"citizen_called"}


def test_an_own_citizen_needs_no_reason_and_none_can_be_made_up(app, make, anna, screen):
    maja = make.citizen(caseworker=anna)
    screen.get(f"/caseworker/citizens/{maja.id}?because=supervision")
    with app.app_context():
        assert [row.purpose for row in audit.looks_at(maja.id)] == ["own_caseload"]


def test_a_list_logs_each_person_once_a_day_and_nobody_it_does_not_show(
    app, make, anna, screen, monkeypatch
):
    monkeypatch.setattr(queries, "PAGE", 2)
    citizens = [make.citizen(name=f"Person {n}", caseworker=anna, log_in=False) for n in range(3)]
    for _again in range(2):
        screen.get("/caseworker/citizens")
    with app.app_context():
        assert [len(audit.looks_at(one.id)) for one in citizens] == [1, 1, 0]
    screen.get("/caseworker/citizens?name=Person 2")
    with app.app_context():
        assert [row.purpose for row in audit.looks_at(citizens[2].id)] == ["search"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"cpr": "310290-1234"},
        {"target_group": "kings"},
        {"started_on": "yesterday"},
        {"started_on": "1899-01-01"},
        {"team_id": "x"},
        {"locale": "xx"},
    ],
)
def test_wrong_intake_is_explained_and_registers_nobody(app, screen, wrong):
    screen.post("/caseworker/citizens/new", intake(**wrong), status=422)
    with app.app_context():
        assert db.session.query(Citizen).count() == 0


def test_a_spell_ends_with_a_reason(app, make, anna, screen):
    maja = make.citizen(caseworker=anna)
    url = f"/caseworker/citizens/{maja.id}/end-spell"
    screen.post(url, {"ended_on": clock.today().isoformat()}, status=422)
    screen.post(
        url,
        {"outcome": "job", "ended_on": (clock.today() + timedelta(days=1)).isoformat()},
        status=422,
    )
    form = {"outcome": "job", "ended_on": clock.today().isoformat()}
    assert "Not ended yet" in screen.post(url, form, status=200).words
    with app.app_context():
        assert queries.current_spell(maja.id) is not None
    screen.post(url, form | {"confirmed": "1"})
    with app.app_context():
        assert queries.current_spell(maja.id) is None
    screen.post(url, form | {"confirmed": "1"})  # sent twice, it has ended once


def say_yes(colleague):
    """A second member of staff says yes to everything that waits."""
    for wish in colleague.get("/caseworker/ways-in").all("wish"):
        colleague.post(wish.form["action"], {"answer": "yes"})


def test_a_helper_sees_the_citizens_page_until_it_is_ended(app, make, anna, screen, client_of):
    ole = make.citizen(caseworker=anna, log_in=False)
    url = f"/caseworker/citizens/{ole.id}/helpers"
    eva = {"name": "Eva Demo", "email": "eva@example.org", "scope": "all", "reason": "Signed"}
    screen.post(url, eva)
    assert "Eva Demo waits for a yes" in screen.get(url).one("waiting").text
    say_yes(client_of(make.caseworker(team_id=anna.team_id)))
    with app.app_context():
        from jobunivers.identity.queries import find_user_by_email

        helper = find_user_by_email("eva@example.org").id
    client_of(helper).get("/my/settings")
    page = screen.get(url)
    screen.post(page.one("helper").form["action"])
    assert client_of(helper).get("/my/settings").soup.find(id="set-contact") is None
    screen.post(url, {**eva, "email": anna.email}, status=422)
    screen.post(url, {"name": "", "email": "x", "scope": "world"}, status=422)


def test_contact_details_are_written_down_for_a_citizen(app, make, anna, screen):
    maja = make.citizen(caseworker=anna)
    screen.get(f"/caseworker/citizens/{maja.id}/contact")
    screen.post(
        f"/caseworker/citizens/{maja.id}/contact", {"email": "", "phone": "20202020", "address": ""}
    )
    with app.app_context():
        assert queries.recipient_of(maja.id).phone == "+4520202020"


def test_a_log_in_that_matched_nobody_is_matched_by_a_coordinator(make, anna, screen, client_of):
    maja = make.citizen(name="Maja Demo", caseworker=anna, log_in=False)
    stranger = make.staff(name="Maja D.")
    waiting = make.save(UnmatchedLogin(user_id=stranger.id, name="Maja D.", seen_at=clock.now()))
    page = "/coordinator/log-ins"
    screen.get(page, status=403)  # names from outside any caseload
    lead = client_of(make.staff(Grant.COORDINATOR, team_id=anna.team_id))
    assert "Maja D." in lead.get(page).words
    assert "This is Maja Demo" in lead.get(f"{page}?name=maja").words
    lead.post(f"{page}/{waiting}", {"citizen_id": str(maja.id)}, status=422)
    hers = {"citizen_id": str(maja.id), "reason": "Date of birth and address fit"}
    lead.post(f"{page}/{waiting}", hers)
    assert "Maja D." in lead.get(page).words, "one alone matches nobody"
    say_yes(screen)
    lead.post(f"{page}/{waiting}", hers, status=409)
    assert "Nobody is waiting" in lead.get(page).words


def test_citizens_have_no_access(make, client_of):
    screen = client_of(make.citizen().user)
    for path in ("", "/new"):
        screen.get(f"/caseworker/citizens{path}", status=403)


def test_whoever_is_taken_in_knows_at_once_what_comes_next(app, anna, screen):
    screen.post(
        "/caseworker/citizens/new",
        intake(target_group="cash-benefit-ready", name="Ida Demo", team_id=str(anna.team_id)),
    )
    with app.app_context():
        ida = db.session.scalars(sa.select(Citizen).where(Citizen.name == "Ida Demo")).one()
        assert [need.kind for need in contact.list_open_needs(ida.id)] == ["first-meeting"]
        assert list_queries.count_without_next_contact(today=clock.today()) == 0


def test_contact_form_opened_before_the_citizens_own_change_answers_with_both_versions(
    app, make, anna, screen, client_of
):
    maja = make.citizen(caseworker=anna)
    path = f"/caseworker/citizens/{maja.id}/contact"
    version = screen.get(path).soup.select_one("input[name=version]")["value"]
    client_of(maja.user).post(
        "/my/settings/contact", {"email": "safe@example.org", "phone": "", "address": ""}
    )
    page = screen.post(
        path,
        {"email": "old@example.org", "version": version, "reason": "She called"},
        status=409,
    )
    assert "Saved now: safe@example.org" in page.words
    with app.app_context():
        assert queries.get_citizen(maja.id).email == "safe@example.org"


def test_staff_allows_a_link_by_email_to_open_the_case_and_takes_it_back(
    app, make, anna, screen, client_of
):
    maja = make.citizen(caseworker=anna, email="maja@example.org", log_in=False)
    path = f"/caseworker/citizens/{maja.id}"
    assert not screen.get(f"{path}/contact").all("opens")
    screen.post(f"{path}/email-log-in", {"is_allowed": "y"}, status=422)
    screen.post(f"{path}/email-log-in", {"is_allowed": "y", "why_mail": "No passport yet"})
    assert not screen.get(f"{path}/contact").all("opens")
    say_yes(client_of(make.caseworker(team_id=anna.team_id)))
    assert "maja@example.org" in screen.get(f"{path}/contact").one("opens").text
    with app.app_context():
        assert identity.email_that_opens(maja.id) == "maja@example.org"
    screen.post(f"{path}/email-log-in", {})
    with app.app_context():
        assert identity.email_that_opens(maja.id) is None


@pytest.mark.parametrize("address", ["", "taken@example.org"])
def test_link_by_email_needs_an_address_that_is_hers_alone(app, make, anna, screen, address):
    make.visitor(email="taken@example.org")
    maja = make.citizen(caseworker=anna, log_in=False, email=address)
    page = screen.post(
        f"/caseworker/citizens/{maja.id}/email-log-in",
        {"is_allowed": "y", "why_mail": "No passport yet"},
        status=422,
    )
    assert "an e-mail address that is hers alone" in page.words
    with app.app_context():
        assert identity.email_that_opens(maja.id) is None
