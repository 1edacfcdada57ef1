"""Every address with an id, asked for by somebody whose thing it is not: 404, and nothing has
changed.
"""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobunivers.applications import services as letters
from jobunivers.booking import absence_services, diary_services
from jobunivers.booking import agenda_services as agenda
from jobunivers.caseload.models import WayInWish
from jobunivers.caseload.types import WayIn
from jobunivers.contact.models import Exemption
from jobunivers.cv import version_services as versions
from jobunivers.extensions import db
from jobunivers.identity import access
from jobunivers.identity.models import LoginSession
from jobunivers.identity.types import AuthMethod, Grant, Scope
from jobunivers.messages import services as messages
from jobunivers.messages.models import Delivery
from jobunivers.messages.types import Channel
from jobunivers.planner import services as planner
from jobunivers.screening import flag_services
from jobunivers.screening.types import Choice
from jobunivers.shared import clock
from tests.support.hostile import committed_writes

# Things of the whole house: whoever has the role may open them.
OF_THE_HOUSE = {
    "user_id",
    "team_id",
    "unmatched_id",
    "mistake_id",
    "closing_id",
    "edition_id",
    "job_id",
    "event_id",
}
NOTED = re.compile(
    r'(INSERT INTO|UPDATE) "?(audit_event|chain_head|login_session|owner)"?\b'
)  # who looked; one's own first row


@pytest.fixture
def others(app, make):
    """argument of a route -> the id of something that belongs to another citizen, in another team."""
    caseworker, now = make.caseworker(), clock.now()
    citizen = make.citizen(name="Olga Other", caseworker=caseworker)
    starts_at = (now + timedelta(days=3)).replace(hour=10, minute=0, second=0, microsecond=0)
    own = citizen.owner_id
    window = {
        "weekday": 1,
        "starts_minute": 600,
        "ends_minute": 720,
        "forms": ["phone"],
        "location": None,
        "valid_from": clock.today(),
    }
    found = {
        "citizen_id": citizen.id,
        "meeting_id": make.booking(citizen, caseworker, starts_at),
        "flag_id": make.flag(citizen),
    }
    found |= {
        "cv_id": make.cv_head(own, name="Olga Other"),
        "cv_entry_id": make.cv_job(own),
        "need_id": make.need(citizen),
    }
    found |= {
        "task_id": make.task(citizen, caseworker),
        "power_id": make.helper(citizen).powers[0],
        "review_id": _decision(make, caseworker, citizen),
    }
    found["version_id"] = make.keep(versions.start_version, own, "Olga’s version", now=now).id
    found |= {"cv_versions_entry_id": found["cv_entry_id"], "section_code": "experience"}
    found["planner_entry_id"] = make.keep(planner.add_entry, own, "tasks", what="Call the shop").id
    found["letter_id"] = make.keep(letters.start_letter, own, now=now, job_title="Cook").id
    found["key"] = "goal"  # of a question, behind the id of a citizen
    found["point_id"] = make.keep(
        agenda.add_point, own, "Olga\u2019s point", appointment_id=found["meeting_id"]
    ).id
    found["window_id"] = make.keep(diary_services.add_window, caseworker.id, **window).id
    found["absence_id"] = make.keep(
        absence_services.add_absence, caseworker.id, starts_at=now, ends_at=now + timedelta(days=1)
    ).id
    exempt = {
        "starts_on": clock.today(),
        "ends_on": clock.today() + timedelta(days=30),
        "by_user_id": caseworker.id,
    }
    found["exemption_id"] = make.save(
        Exemption(citizen_id=citizen.id, scope="self_booking", reason="language", **exempt)
    )
    found["wish_id"] = make.save(
        WayInWish(
            citizen_id=citizen.id,
            way=WayIn.ADDRESS,
            params={"email": "other@example.net"},
            reason="She called",
            by_user_id=caseworker.id,
            expires_at=now + timedelta(days=14),
        )
    )
    found["session_id"] = make.save(
        LoginSession(
            user_id=citizen.user, token_hash="x", method=AuthMethod.DEMO, seen_at=now, began_at=now
        )
    )
    make.keep(
        messages.write_to_citizen,
        make.recipient(citizen, channel=Channel.LETTER),
        "A letter",
        author_id=caseworker.id,
        now=now,
        key="k",
    )
    with app.app_context():
        found["delivery_id"] = db.session.scalar(
            sa.select(Delivery.id).where(Delivery.channel == Channel.LETTER)
        )
    return found


def _decision(make, caseworker, citizen):
    flag_id = make.flag(citizen, rule="talk_wanted")
    decided = {
        "seen": 0,
        "choice": Choice.OTHER_SUPPORT,
        "reason": None,
        "offer_kind": None,
        "note": "",
        "message": "",
        "now": clock.now(),
    }
    return make.keep(
        flag_services.review_flag, flag_id, reviewer_id=caseworker.id, sees_health=False, **decided
    ).id


def addresses(app, others):
    """(rule, method, address) of every route with an id of somebody's own thing."""
    adapter = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if (
            not rule.arguments
            or rule.arguments & OF_THE_HOUSE
            or not any(name.endswith("_id") for name in rule.arguments)
        ):
            continue
        area = rule.endpoint.partition(".")[0]
        values = {name: others.get(f"{area}_{name}") or others[name] for name in rule.arguments}
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield rule, method, adapter.build(rule.endpoint, values, method=method)


@pytest.mark.parametrize(
    "who", ["citizen", "visitor", "draft", "helper", "caseworker", "coordinator", "admin"]
)
def test_somebody_elses_thing_is_not_found_and_stays_as_it_is(
    app, make, client_of, client, others, who
):
    people = {
        "citizen": lambda: make.citizen().user,
        "visitor": make.visitor,
        "helper": lambda: make.helper(make.citizen()),
        "caseworker": make.caseworker,
        "coordinator": lambda: make.staff(Grant.COORDINATOR),
        "admin": lambda: make.staff(Grant.ADMIN),
    }
    if who == "draft":
        with app.test_request_context("/"):
            client.http.set_cookie(
                access.DRAFT_COOKIE, access._serializer().dumps(str(make.draft()))
            )
    browser = client if who == "draft" else client_of(people[who]())
    token, wrong, asked = browser._token(), [], 0
    with app.app_context():
        engine = db.engine
    for rule, method, address in addresses(app, others):
        data = (
            {"csrf_token": token, "because": "meeting", "text": "mine now", "body": "mine now"}
            if method == "POST"
            else None
        )
        with committed_writes(engine) as written:
            answer = browser.http.open(
                address, method=method, data=data, query_string={"because": "meeting"}
            )
        comes_in = answer.status_code not in (401, 403) and not answer.headers.get(
            "Location", ""
        ).startswith("/log-in")
        asked += comes_in
        changed = [statement for statement in written if not NOTED.match(statement)]
        if (
            (comes_in and answer.status_code != 404)
            or changed
            or "Olga" in answer.get_data(as_text=True)
        ):
            wrong.append((method, rule.rule, answer.status_code, changed))
    assert wrong == []
    assert asked or who in ("coordinator", "admin")


def test_ended_and_partial_powers_of_attorney_open_nothing_more(app, make, client_of, others):
    citizen = make.citizen(name="Olga Helped")
    ended = make.helper(citizen, valid_to=clock.today() - timedelta(days=1))
    partial = make.helper(citizen, scope=Scope.MEETINGS)
    cv_id, letter_id = (
        make.cv_head(citizen.owner_id, name="Secret", title="Secret"),
        make.keep(letters.start_letter, citizen.owner_id, now=clock.now(), job_title="Secret").id,
    )
    for person in (ended, partial):
        browser = client_of(person)
        for path in (
            "/my/data/everything.json",
            "/my/messages",
            "/my/screening",
            f"/my/cv/{cv_id}.json",
            f"/my/letters/{letter_id}",
            "/my/cv",
            "/my/data",
        ):
            assert "Secret" not in browser.http.get(path).get_data(as_text=True), path
