"""MitID through a broker, and the municipality's directory: against a real OpenID provider in a
thread.
"""

from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity import gateways as authenticators
from jobunivers.identity import services
from jobunivers.identity.models import IdentityLink, Owner, UnmatchedLogin, User
from jobunivers.identity.types import Grant, OwnerKind
from jobunivers.shared.db import write
from tests.support.brokers import go

# The provider of the tests still uses names that its own library will drop.
pytestmark = [
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::authlib.deprecate.AuthlibDeprecationWarning"),
]


def test_known_citizen_comes_home(app, make, client, broker, person):
    citizen = make.citizen(log_in=False, person_uuid="uuid-1")
    back = client.get(
        go(client, person("s1", name="Maja Jensen", **{"mitid.uuid": "uuid-1"}), next_url="/my/cv"),
        status=303,
    )
    assert back.location == "/my/cv"
    with app.app_context():
        user = db.session.scalar(sa.select(User).where(User.citizen_id == citizen.id))
        assert (
            db.session.scalar(sa.select(IdentityLink.user_id).where(IdentityLink.subject == "s1"))
            == user.id
        )
    assert "Maja Jensen" in client.get("/").words


def test_second_log_in_finds_the_same_account_even_without_the_person_claim(
    app, make, client, broker, person
):
    make.citizen(log_in=False, person_uuid="uuid-2")
    client.get(go(client, person("s2", name="A", **{"mitid.uuid": "uuid-2"})), status=303)
    client.post("/log-out")
    client.get(go(client, person("s2", name="A")), status=303)
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(User)) == 1


def test_request_carries_state_nonce_pkce_level_and_language(client, broker):
    broker(citizen_acr_values="urn:substantial")
    client.http.set_cookie("ju_lang", "uk")
    wish = {
        name: values[0]
        for name, values in parse_qs(
            urlsplit(client.get("/log-in/with/citizen", status=302).location).query
        ).items()
    }
    assert wish["code_challenge_method"] == "S256"
    assert len(wish["state"]) > 20 and len(wish["nonce"]) >= 20 and wish["code_challenge"]
    assert (wish["acr_values"], wish["ui_locales"], wish["prompt"], wish["response_type"]) == (
        "urn:substantial",
        "uk",
        "login",
        "code",
    )


def test_unknown_person_is_a_visitor_who_reads_what_happens_now(app, client, broker, person):
    back = client.get(
        go(client, person("s3", name="Nina Ny", **{"mitid.uuid": "nobody"}), next_url="/my"),
        status=303,
    )
    page = client.follow(back)
    assert "We have not found your case yet" in page.words
    assert "Nina Ny" in page.words
    with app.app_context():
        assert db.session.scalar(sa.select(UnmatchedLogin.name)) == "Nina Ny"
        assert db.session.scalar(sa.select(Owner.kind)) == OwnerKind.VISITOR


def test_unmatched_person_is_found_later_and_her_work_comes_along(
    app, make, client, broker, person
):
    sub = person("s4", name="Nina Ny", **{"mitid.uuid": "uuid-4"})
    client.get(go(client, sub), status=303)
    with app.app_context():
        owner_id = db.session.scalar(sa.select(Owner.id))
    client.post("/log-out")
    citizen = make.citizen(log_in=False, person_uuid="uuid-4")
    assert client.get(go(client, sub), status=303).location == "/my/path/take-along?next=/my"
    with app.app_context():
        assert db.session.scalar(sa.select(User.citizen_id)) == citizen.id
        assert db.session.get_one(Owner, owner_id).kind == OwnerKind.DRAFT
        assert db.session.scalar(sa.select(UnmatchedLogin.resolved_at)) is not None


def test_visitor_by_email_who_adds_mitid_keeps_her_account(app, make, client_of, broker, person):
    visitor = make.visitor()
    browser = client_of(visitor)
    browser.get(go(browser, person("s5", name="Vera", **{"mitid.uuid": "nobody-5"})), status=303)
    with app.app_context():
        assert db.session.scalar(sa.select(IdentityLink.user_id)) == visitor.id


def test_citizen_with_a_log_in_by_email_is_opened_by_mitid_too(app, make, client, broker, person):
    citizen = make.citizen(person_uuid="uuid-6")
    client.get(go(client, person("s6", **{"mitid.uuid": "uuid-6"})), status=303)
    with app.app_context():
        assert db.session.scalar(sa.select(IdentityLink.user_id)) == citizen.user


def test_helper_with_mitid_is_not_in_the_list_of_the_unmatched(
    app, make, client_of, broker, person
):
    helper = make.helper(make.citizen())
    browser = client_of(helper)
    browser.get(go(browser, person("s7", name="H")), status=303)
    with app.app_context():
        assert db.session.scalar(sa.select(UnmatchedLogin.id)) is None


def test_forged_or_stale_state_is_refused_kindly(client, broker, person):
    back = go(client, person("s8"))
    client.get(back.replace("state=", "state=x"), status=400)
    fresh = go(client, "s8")
    client.get(fresh, status=303)
    client.post("/log-out")
    assert "did not work" in client.get(fresh, status=400).words, "an answer is good once"


def test_answer_meant_for_another_browser_is_refused(app, client, broker, person):
    from tests.support.client import PageClient

    PageClient(app).get(go(client, person("s9")), status=400)


def test_token_for_another_client_or_issuer_is_refused(client, broker, person):
    back = go(client, person("s10"))
    broker(citizen_client_id="somebody-else")
    client.get(back, status=400)


def test_level_of_assurance_must_be_reached(client, broker, person):
    for level in ("", "https://data.gov.dk/concept/core/nsis/loa/Low", "low"):
        client.get(go(client, person("s11", acr=level)), status=400)
    broker(citizen_accepted_acr="none")
    client.get(go(client, person("s11", acr="low")), status=303)
    broker(citizen_acr_values="substantial high")
    assert client.get(go(client, person("s11", acr="low")), status=400)
    assert client.get(go(client, person("s11", acr="high")), status=303)


def test_person_who_stops_at_the_broker_reads_that_nothing_happened(client, broker):
    client.get("/log-in/with/citizen", status=302)
    assert (
        "Nothing was changed" in client.get("/log-in/with/citizen/back?error=access_denied").words
    )


def test_broker_that_does_not_answer_leaves_the_other_ways(client, broker):
    broker(citizen_issuer="http://localhost:9")
    page = client.get("/log-in/with/citizen", status=503)
    assert page.soup.find("a", href="/log-in")


def test_provider_that_is_not_set_up_does_not_exist(client):
    client.get("/log-in/with/citizen", status=404)
    client.get("/log-in/with/staff/back", status=404)
    client.get("/log-in/with/nobody", status=404)


def test_staff_is_found_by_the_directorys_verified_address_once_and_then_by_identity(
    app, make, client, broker, person
):
    staff = make.caseworker(email="bo@example.org")
    client.get(
        go(
            client,
            person("d1", email="bo@example.org", email_verified=True),
            "staff",
            "/caseworker/flags",
        ),
        status=303,
    )
    client.post("/log-out")
    client.get(
        go(client, person("d1", email="new-name@example.org", email_verified=True), "staff"),
        status=303,
    )
    with app.app_context():
        assert db.session.scalar(sa.select(IdentityLink.user_id)) == staff.id


@pytest.mark.parametrize(
    ("email", "verified"),
    [("bo@example.org", False), ("nobody@example.org", True), ("visitor@example.org", True)],
)
def test_directory_opens_no_account_by_itself(make, client, broker, person, email, verified):
    make.caseworker(email="bo@example.org")
    make.visitor(email="visitor@example.org")
    page = client.get(
        go(client, person("d2", email=email, email_verified=verified), "staff"), status=403
    )
    assert "nobody has given you access" in page.words
    assert "Log out" not in client.get("/log-in").words


def test_an_address_that_came_to_somebody_else_never_opens_the_old_colleagues_account(
    app, make, client, broker, person
):
    old = make.caseworker(email="bo@example.org")
    hers = {"email": "bo@example.org", "email_verified": True}
    client.get(go(client, person("bo-1", **hers), "staff"), status=303)
    client.post("/log-out")
    client.get(go(client, person("bo-2", **hers), "staff"), status=403)
    with app.app_context():
        assert db.session.scalars(sa.select(IdentityLink.subject)).all() == ["bo-1"]
        with write():
            services.forget_directory(old.id, by_user_id=old.id)
    client.get(go(client, person("bo-3", **hers), "staff"), status=303)


def test_a_colleague_with_a_password_adds_the_directory_while_logged_in(
    make, client, broker, person, client_of
):
    anna = make.password_staff()
    hers = {"email": anna.email, "email_verified": True}
    client.get(go(client, person("a-1", **hers), "staff"), status=403)
    herself = client_of(anna)
    herself.get(go(herself, person("a-1", **hers), "staff"), status=303)
    client.get(go(client, person("a-1", **hers), "staff"), status=303)


def test_citizens_broker_never_opens_a_staff_account(app, make, client, broker, person, issuer):
    staff = make.staff(Grant.ADMIN)
    make.save(IdentityLink(user_id=staff.id, issuer=issuer, subject="d3"))
    client.get(go(client, person("d3")), status=403)


def test_next_is_kept_and_never_leads_away(make, client, broker, person):
    make.citizen(log_in=False, person_uuid="uuid-12")
    sub = person("s12", **{"mitid.uuid": "uuid-12"})
    assert (
        client.get(go(client, sub, next_url="https://evil.example"), status=303).location == "/my"
    )


def test_log_in_page_offers_what_is_set_up(client, broker, app):
    assert (
        client.get("/log-in?next=/my/cv").one("way-mitid").a["href"]
        == "/log-in/with/citizen?next=/my/cv"
    )
    authenticators.register(app, {})
    page = client.get("/log-in?next=/my/cv")
    assert not page.all("way-mitid")
    assert page.one("way-email").a["href"] == "/log-in/e-mail?next=/my/cv"
