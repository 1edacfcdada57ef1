"""A protected name and address: nobody but her own caseworker and the coordinator reads how she is
reached, and colleagues do not find her.
"""

import pytest

from jobunivers.caseload import finding_queries, services
from jobunivers.identity.types import Grant
from jobunivers.messages import services as messages
from jobunivers.messages.types import Channel
from jobunivers.shared import clock
from jobunivers.shared.db import write

CONTACT = ("20 30 40 51", "hidden@example.org", "Skjult Vej 9")


@pytest.fixture
def anna(make):
    return make.caseworker(name="Anna")


@pytest.fixture
def bo(make, anna):
    return make.caseworker(name="Bo", team_id=anna.team_id)


@pytest.fixture
def lead(make, anna):
    return make.staff(Grant.COORDINATOR, Grant.CASEWORKER, team_id=anna.team_id)


@pytest.fixture
def maja(make, anna):
    return make.citizen(
        name="Maja Skjult",
        caseworker=anna,
        email="hidden@example.org",
        phone="+4520304051",
        address="Skjult Vej 9",
    )


def because(browser, citizen):
    """A colleague says why, so that the gate lets her in."""
    path = f"/caseworker/citizens/{citizen.id}"
    page = browser.get(path)
    if (radio := page.soup.find("input", attrs={"name": "because"})) is not None:
        form = radio.find_parent("form")
        fields = {f["name"]: f.get("value", "") for f in form.select("input[type=hidden]")}
        action = form.get("action") or path
        if (form.get("method") or "get").lower() == "post":
            browser.post(action, {**fields, "because": "citizen_called"})
        else:
            browser.get(action, query_string={**fields, "because": "citizen_called"})
    return browser


def protect(browser, citizen, wanted="yes", **more):
    path = f"/caseworker/citizens/{citizen.id}/protection"
    return browser.post(path, {"wanted": wanted, "reason": "She has moved into hiding"}, **more)


def shown(page):
    return [word for word in CONTACT if word in page.words]


def test_who_may_see_her_and_who_may_not(make, anna, bo, lead, maja, client_of):
    hers, colleague, leads = client_of(anna), client_of(bo), client_of(lead)
    path = f"/caseworker/citizens/{maja.id}"
    because(colleague, maja)
    because(leads, maja)
    assert shown(colleague.get(path)) == list(CONTACT), "before"
    hers.post(f"{path}/protection", {"wanted": "yes", "reason": ""}, status=422)
    protect(hers, maja)
    for browser in (hers, leads):
        page = browser.get(path)
        assert shown(page) == list(CONTACT) and page.one("protected")
        browser.get(f"{path}/contact")
    page = colleague.get(path)
    assert shown(page) == [] and page.one("protected")
    for door in ("contact",):
        assert not shown(colleague.get(f"{path}/{door}", status=403))
    colleague.post(f"{path}/email-log-in", {}, status=403)
    colleague.post(f"{path}/contact", {"email": "x@example.org", "reason": "x"}, status=403)


def test_a_stand_in_reads_how_she_is_reached_only_once_the_case_is_given_to_him(
    app, anna, bo, lead, maja, client_of
):
    """A reason at the gate opens the case, not the address; a substitute is given the case."""
    path = f"/caseworker/citizens/{maja.id}"
    protect(client_of(anna), maja)
    screen = because(client_of(bo), maja)
    page = screen.get(path)
    assert page.one("protected") and shown(page) == []
    screen.get(f"{path}/contact", status=403)
    with app.app_context(), write():
        services.assign(
            maja.id, bo.id, now=clock.now(), by_user_id=lead.id, reason="stands in for Anna"
        )
    assert shown(screen.get(path)) == list(CONTACT)
    former = because(client_of(anna), maja)
    assert shown(former.get(path)) == []


def test_she_is_in_no_list_and_search_of_a_colleague(anna, bo, lead, maja, client_of):
    protect(client_of(anna), maja)
    for query in ("?who=team", "?who=team&name=skjult"):
        assert not client_of(bo).get(f"/caseworker/citizens{query}").all("citizen")
        assert client_of(anna).get(f"/caseworker/citizens{query}").all("citizen")
        assert client_of(lead).get(f"/caseworker/citizens{query}").all("citizen")


def test_a_colleague_does_not_find_her_by_her_number_either(app, anna, bo, lead, maja, client_of):
    with app.app_context():
        assert finding_queries.find_by_number(bo.id, "20 30 40 51") == maja.id
    protect(client_of(anna), maja)
    with app.app_context():
        assert finding_queries.find_by_number(bo.id, "20 30 40 51") is None
        assert finding_queries.find_by_number(anna.id, "20 30 40 51") == maja.id
        assert finding_queries.find_by_number(lead.id, "20 30 40 51") == maja.id


def test_her_letters_are_posted_by_those_who_may_know_her_address(make, anna, bo, maja, client_of):
    recipient = make.recipient(maja, channel=Channel.LETTER, address="Skjult Vej 9")
    more = {"author_id": anna.id, "now": clock.now(), "key": "k"}
    make.keep(messages.write_to_citizen, recipient, "A letter", **more)
    protect(client_of(anna), maja)
    assert "Maja Skjult" in client_of(anna).get("/caseworker/letters").words
    page = client_of(bo).get("/caseworker/letters")
    assert "Maja Skjult" not in page.words and "Skjult Vej" not in page.words


def test_only_those_who_may_know_lift_it_and_she_is_told(app, anna, bo, maja, client_of):
    because(client_of(bo), maja)
    colleague = because(client_of(bo), maja)
    protect(colleague, maja)
    assert (
        "Only her own caseworker"
        in colleague.get(f"/caseworker/citizens/{maja.id}/protection").words
    )
    protect(colleague, maja, "no", status=403)
    assert (
        "Your name and address are now protected" in client_of(maja.user).get("/my/messages").words
    )
    protect(client_of(anna), maja, "no")
    protect(client_of(anna), maja, "no")
    words = client_of(maja.user).get("/my/messages").words
    assert words.count("are no longer protected here") == 1
    assert "She has moved into hiding" in client_of(maja.user).get("/my/data").words
