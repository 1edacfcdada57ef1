"""The questions come again at week 6, 13 and 22: what has changed, in one tap or six."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from jobunivers.extensions import db
from jobunivers.messages.models import Delivery, Message
from jobunivers.screening import again_services as again
from jobunivers.screening import (
    catalogue,
    flag_queries,
    flag_services,
    queries,
    round_queries,
)
from jobunivers.screening import logbook_services as logbook
from jobunivers.screening import lot_services as lots
from jobunivers.screening.models import Answer, Screening, ScreeningEvent
from jobunivers.screening.types import Choice
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from tests.support.make_screening import CALM, FAR

BASE = "/my/screening"
ROUND = [question.key for question in catalogue.questionnaire("week-6").core]


@pytest.fixture
def staff(make):
    return make.caseworker()


@pytest.fixture
def citizen(make, staff):
    """Seven weeks out of work, answered in the first one."""
    return make.citizen(name="Oksana Demo", locale="en", caseworker=staff, weeks_out_of_work=7)


@pytest.fixture
def answered(make, citizen):
    def answer(weeks_ago=6, **changed):
        return make.screening(citizen, now=clock.now() - timedelta(weeks=weeks_ago), **changed)

    return answer


@pytest.fixture
def visit(citizen, client_of):
    return client_of(citizen.user)


def rows(app, model, *where):
    with app.app_context():
        return list(
            db.session.scalars(select(model).where(*where).order_by(model.created_at, model.id))
        )


def own(app, landmark="week-6"):
    """question -> answer of the round's own set."""
    with app.app_context():
        screening = db.session.scalar(select(Screening).where(Screening.landmark == landmark))
        return queries.answers_of(screening)


def go_through(visit, **changed):
    """Begins the round and answers each question, as before unless changed."""
    page = visit.post(BASE)
    while "/questions/" in page.location:
        key = page.location.rsplit("/", 1)[1]
        page = visit.post(page.location, {"answer": {**CALM, **changed}[key]})
    return visit.post(f"{BASE}/finish")


def test_home_and_start_page_ask_what_has_changed_and_show_what_she_said(visit, answered):
    answered(goal="some")
    assert "Has anything changed since last time?" in visit.get("/my").words
    page = visit.get(BASE)
    assert page.soup.h1.text.strip() == "Has anything changed since last time?"
    told = page.one("last-time").get_text(" ")
    assert "I have some ideas" in told and catalogue.question_text("work36", "en").ask not in told
    assert "voluntary" in page.words


def test_nothing_has_changed_is_one_tap_with_its_own_answers_and_version(
    visit, answered, make, citizen, app
):
    answered(help_wanted="remote")
    assert visit.post(f"{BASE}/unchanged").location == f"{BASE}/result"
    first, second = rows(app, Screening)
    assert (
        second.landmark == "week-6"
        and second.finished_at is not None
        and second.version == catalogue.questionnaire("week-6").version != first.version
    )
    assert own(app) == {key: {**CALM, "help_wanted": "remote"}[key] for key in ROUND}
    assert len(make.flags_of(citizen)) == 1
    visit.post(f"{BASE}/unchanged")
    assert len(rows(app, Screening)) == 2
    assert "Has anything changed" not in visit.get("/my").words


def test_six_questions_begin_with_what_she_said_last_time(visit, answered, app):
    answered(goal="some")
    assert visit.post(BASE).location == f"{BASE}/questions/{ROUND[0]}"
    page = visit.get(f"{BASE}/questions/goal")
    assert "Question 3 of 6" in page.words and page.one("from-before")
    assert page.soup.select_one('button[value="some"][aria-pressed="true"]')
    assert own(app) == {}
    visit.post(f"{BASE}/questions/goal", {"answer": "exact"})
    assert visit.get(f"{BASE}/questions/goal").all("from-before") == []


def test_earlier_answers_stay_within_reach_and_what_is_new_stands_beside_what_was(visit, answered):
    answered(expect_job="one_to_three")
    go_through(visit, expect_job="later")
    page = visit.get(f"{BASE}/answers")
    assert [line.text for line in page.all("before")] == ["Last time: In 1 to 3 months"]
    assert catalogue.question_text("work36", "en").ask in page.words
    visit.post(f"{BASE}/questions/work36?from=answers", {"answer": "under3"})
    assert (
        catalogue.question_text("work36", "en").answers["under3"]
        in visit.get(f"{BASE}/answers").words
    )


def test_an_open_flag_of_an_earlier_round_is_not_doubled_and_keeps_the_reasons_that_hold(
    visit, answered, make, citizen
):
    answered(training="abroad")
    go_through(visit, help_wanted="in_person")
    assert make.flags_of(citizen) == [("needs", "needs", ["help_wanted", "recognition"], "open")]


def decide(app, citizen, staff):
    with app.app_context(), write():
        flag = flag_queries.list_own_flags(citizen.id)[0]
        decided = {
            "seen": 0,
            "choice": Choice.OTHER_SUPPORT,
            "reason": None,
            "offer_kind": None,
            "note": "",
            "message": "",
            "now": clock.now(),
        }
        flag_services.review_flag(flag.id, reviewer_id=staff.id, sees_health=False, **decided)


def test_what_was_decided_comes_up_again_only_when_she_says_it_anew(
    visit, answered, make, citizen, staff, app
):
    answered(training="abroad")
    decide(app, citizen, staff)
    go_through(visit)
    assert [flag[3] for flag in make.flags_of(citizen)] == ["decided"]
    visit.post(f"{BASE}/questions/help_wanted?from=answers", {"answer": "remote"})
    assert make.flags_of(citizen)[1] == ("needs", "needs", ["help_wanted"], "open")


def test_caseworker_reads_then_and_now_in_words_on_the_flag(
    visit, answered, client_of, staff, citizen, app
):
    answered(expect_job="one_to_three")
    go_through(visit, help_wanted="remote", expect_job="later")
    with app.app_context():
        flag_id = flag_queries.list_own_flags(citizen.id)[0].id
    told = [
        line.get_text(" ")
        for line in client_of(staff).get(f"/caseworker/flags/{flag_id}").all("then-now")
    ]
    assert len(told) == 2 and any(
        "Om 1 til 3 måneder" in line and "Senere end om 6 måneder" in line for line in told
    )


def test_health_that_is_not_asked_again_keeps_its_flag_and_can_still_be_deleted(
    visit, answered, make, citizen
):
    answered(func1={"mind": "lot"}, func3="yes")
    go_through(visit)
    assert make.flags_of(citizen) == [("adjustments", "needs", ["adjustments"], "open")]
    visit.post(f"{BASE}/health/delete")
    assert make.flags_of(citizen) == []


def test_staff_notes_with_her_that_nothing_has_changed(client_of, answered, citizen, staff, app):
    answered()
    desk, base = client_of(staff), f"/caseworker/screening/{citizen.id}"
    assert desk.get(f"{base}/questions").one("last-time")
    assert desk.post(f"{base}/unchanged").location == f"{base}/answers"
    assert {
        answer.typed_by_id for answer in rows(app, Answer, Answer.typed_by_id.is_not(None))
    } == {staff.id}
    assert [message.kind for message in rows(app, Message)] == ["screening.typed"]


def test_one_tap_without_any_round_is_not_found(visit, make, citizen):
    visit.post(f"{BASE}/unchanged", status=404)
    make.screening(citizen)
    visit.post(f"{BASE}/unchanged", status=404)


# --- at night
# ------------------------------------------------------------------------------


def invite(app, now=None):
    with app.app_context():
        return again.invite_all(now or clock.now())


def test_a_round_is_told_of_once_to_those_who_answered_before(app, make, staff, answered, citizen):
    answered()
    make.citizen(name="Never Answered", caseworker=staff, weeks_out_of_work=7)
    fresh = make.citizen(name="Fresh", caseworker=staff, weeks_out_of_work=7)
    make.screening(fresh, now=clock.now() - timedelta(days=5))
    for _night in range(2):
        invite(app)
    assert [(message.kind, message.citizen_id) for message in rows(app, Message)] == [
        ("screening.round", citizen.id)
    ]


def test_the_weekly_cap_holds_for_rounds(app, answered, citizen, make):
    answered()
    cap = app.config["PROFILE"].reminders_per_week
    for number in range(cap):
        make.save(
            Message(
                citizen_id=citizen.id,
                kind="need.invited",
                params={"kind": "follow-up"},
                key=str(number),
            )
        )
        make.save(Delivery(message_id=make_id(app, str(number)), channel="email", address={}))
    invite(app)
    assert len(rows(app, Delivery)) == cap


def make_id(app, key):
    with app.app_context():
        return db.session.scalar(select(Message.id).where(Message.key == key))


def test_points_rest_on_what_holds_by_now_and_the_log_can_compute_them_again(
    app, make, citizen, visit
):
    make.screening(citizen, FAR, now=clock.now() - timedelta(weeks=6))
    go_through(visit, expect_job="within_month")
    with app.app_context():
        assert lots.draw_all(now=clock.now(), profile=current_profile()) == 1
        scored = db.session.scalars(
            select(ScreeningEvent)
            .where(ScreeningEvent.kind == "scored")
            .order_by(ScreeningEvent.number.desc())
        ).first()
        assert (
            scored.payload["inputs"]["expect_job"] == "within_month"
            and scored.payload["inputs"]["work36"] == "under3"
        )
        assert logbook.verify() == []


def test_week_22_orders_no_places(app, make, staff, client_of):
    late = make.citizen(name="Late", caseworker=staff, weeks_out_of_work=21)
    make.screening(late, FAR, now=clock.now() - timedelta(weeks=20))
    visit = client_of(late.user)
    visit.post(f"{BASE}/unchanged")
    with app.app_context():
        assert lots.draw_all(now=clock.now(), profile=current_profile()) == 0
        screening = queries.find_screening(late.id)
        assert (
            screening.landmark == "week-22"
            and round_queries.standing_answers(screening)["work36"] == "under3"
        )
