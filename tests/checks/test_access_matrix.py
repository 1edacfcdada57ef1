"""Every route × every role, from the URL map: a new route without a guard, or with the wrong one,
fails here.

A guard says who may come in; whose objects she sees is the query's: an unknown id is 404, never
500.
"""

import pytest
from werkzeug.routing import BuildError

from jobunivers.identity import access
from jobunivers.identity.types import Grant, Scope
from jobunivers.shared.house import build
from jobunivers.wiring import FEATURES
from tests.support.client import PageClient

NOBODY, DRAFT, VISITOR, CITIZEN, HELPER = "nobody", "draft", "visitor", "citizen", "helper"
CASEWORKER, COORDINATOR, ADMIN = "caseworker", "coordinator", "admin"
ROLES = (NOBODY, DRAFT, VISITOR, CITIZEN, HELPER, CASEWORKER, COORDINATOR, ADMIN)
ENTER, LOG_IN, FORBIDDEN = "enters", "is sent to log in", "is refused"
FILES = {"statics.static_file"}
# They end the session of whoever calls them: tested in integration/identity.
ENDS_SESSION = {
    "identity.log_out",
    "log_ins.end_all",
    "demo.log_in",
    "data.delete",
    "identity.choose_language",
}
NOT_READY = {"operation.readyz"}  # answers 503 on purpose when no worker was seen
LED_BACK = {
    "unmatched.match_login"
}  # an id that somebody else dealt with in the meantime: back to the list, with a word about it
SAMPLES = {
    "UUIDConverter": "8f14e45f-ceea-467f-a9c8-1c1c5d6f0b3d",
    "IntegerConverter": 424242,
    "UnicodeConverter": "no-such-thing",
    "PathConverter": "no/such",
}


HERS_ALONE = build(FEATURES).hers_alone


def expected(guard, role, endpoint=""):
    """What a guard does with a role; a helper is refused what is the citizen's alone."""
    if role == HELPER and endpoint in HERS_ALONE:
        return FORBIDDEN
    everybody = {"public", "signed_link", "demo_only", "operator"}
    members = {
        "visitor": {DRAFT, VISITOR, CITIZEN, HELPER},
        "account_required": set(ROLES) - {NOBODY, DRAFT},
        "citizen_required": {CITIZEN, HELPER},
        "caseworker_required": {CASEWORKER},
        "coordinator_required": {COORDINATOR},
        "admin_required": {ADMIN},
    }
    if guard in everybody or role in members[guard]:
        return ENTER
    return LOG_IN if role in (NOBODY, DRAFT) else FORBIDDEN


def address_of(rule):
    """An address of the rule with ids that belong to nothing."""
    values = {}
    for name, converter in rule._converters.items():
        kind = type(converter).__name__
        values[name] = next(iter(converter.items)) if kind == "AnyConverter" else SAMPLES[kind]
    return values


@pytest.fixture
def people(app, make):
    """role -> a browser of somebody in that role."""
    citizen = make.citizen()
    users = {
        VISITOR: make.visitor(),
        CITIZEN: make.citizen().user,
        HELPER: make.helper(citizen, scope=Scope.ALL),
        CASEWORKER: make.caseworker(),
        COORDINATOR: make.staff(Grant.COORDINATOR),
        ADMIN: make.staff(Grant.ADMIN),
    }
    with app.test_request_context("/"):
        draft_cookie = access._serializer().dumps(str(make.draft()))
    browsers = {}
    for role in ROLES:
        browsers[role] = PageClient(app)
        if role in users:
            browsers[role].log_in(users[role])
        if role == DRAFT:
            browsers[role].http.set_cookie(access.DRAFT_COOKIE, draft_cookie)
    return browsers


def seen(answer):
    """What happened, in the words of `expected`."""
    if answer.status_code == 403:
        return FORBIDDEN
    target = answer.headers.get("Location", "")
    return LOG_IN if answer.status_code == 303 and target.startswith("/log-in?") else ENTER


def requests_of(app):
    """(rule, method) of every route."""
    for rule in sorted(
        app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods))
    ):
        if rule.endpoint in FILES or rule.endpoint in ENDS_SESSION:
            continue
        for method in sorted(rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            yield rule, method


@pytest.mark.parametrize("role", ROLES)
def test_every_route_lets_in_whom_its_guard_names(app, people, role):
    browser, wrong = people[role], []
    token = browser._token()
    with app.test_request_context("/"):
        adapter = app.url_map.bind("localhost")
        requests = []
        for rule, method in requests_of(app):
            try:
                requests.append(
                    (rule, method, adapter.build(rule.endpoint, address_of(rule), method=method))
                )
            except BuildError:  # a second rule of the same view
                continue
    for rule, method, path in requests:
        data = {"csrf_token": token} if method != "GET" else None
        answer = browser.http.open(
            path, method=method, data=data, headers={"Sec-Fetch-Site": "same-origin"}
        )
        want, got = (
            expected(app.view_functions[rule.endpoint].guard, role, rule.endpoint),
            seen(answer),
        )
        has_id = any(
            type(converter).__name__ in ("UUIDConverter", "IntegerConverter")
            for converter in rule._converters.values()
        )
        is_broken = answer.status_code >= 500 and rule.endpoint not in NOT_READY
        is_found = (
            has_id and got == ENTER and answer.status_code != 404 and rule.endpoint not in LED_BACK
        )
        if got != want or is_broken or is_found:
            wrong.append(
                f"{method} {path}: {role} should be {want}, {got} with {answer.status_code}"
            )
    assert wrong == []


def test_what_is_the_citizens_alone_names_views_that_exist(app):
    assert set(app.view_functions) >= HERS_ALONE
