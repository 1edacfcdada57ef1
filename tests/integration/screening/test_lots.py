"""The week's places are drawn once, by needs, points and chance; the log proves it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobunivers.contact.models import Task
from jobunivers.extensions import db
from jobunivers.screening import flag_services, log_queries, queries, services
from jobunivers.screening import logbook_services as logbook
from jobunivers.screening import lot_services as lots
from jobunivers.screening.models import Flag, Screening, ScreeningDraw, ScreeningEvent
from jobunivers.screening.types import Choice
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from tests.integration.screening.conftest import switched
from tests.support.make_screening import CALM, FAR


@pytest.fixture
def staff(make):
    return make.caseworker()


@pytest.fixture
def capacity_of_two(app):
    before = switched(app, capacity_per_team_and_week=2, random_share=0.5)
    yield
    app.config["PROFILE"] = before


def draw(app, now=None):
    with app.app_context():
        return lots.draw_all(now=now or clock.now(), profile=current_profile())


def tasks(app):
    with app.app_context():
        return [
            (task.citizen_id, task.what)
            for task in db.session.scalars(sa.select(Task).order_by(Task.created_at))
        ]


def test_points_and_chance_get_the_places_and_the_week_is_drawn_once(
    app, make, staff, capacity_of_two
):
    far, *calm = [make.citizen(name=f"Citizen {n}", caseworker=staff) for n in range(4)]
    make.screening(far, FAR)
    for citizen in calm:
        make.screening(citizen, CALM)
    assert draw(app) == 2
    assert make.flags_of(far) == [
        ("points", "points", ["expect_job", "work36", "prev_long"], "open")
    ]
    assert [flag for citizen in calm for flag in make.flags_of(citizen)] == [
        ("random", "random", ["random"], "open")
    ]
    assert draw(app) == 0
    assert draw(app, clock.now() + timedelta(weeks=1)) == 2


def test_needs_use_up_places_first(app, make, staff, capacity_of_two):
    for number in range(2):
        make.screening(make.citizen(name=f"Need {number}", caseworker=staff), help_wanted="remote")
    far = make.citizen(name="Far", caseworker=staff)
    make.screening(far, FAR)
    assert draw(app) == 0
    assert make.flags_of(far) == []


@pytest.mark.parametrize(("days", "left"), [(3, 0), (6, 0), (8, 2)])
def test_wishes_of_the_past_week_take_places_also_when_the_week_is_drawn_on_a_monday(
    app, make, staff, capacity_of_two, days, left
):
    monday = clock.now() + timedelta(days=7 - clock.today().weekday())
    before = monday - timedelta(days=days)
    for number in range(2):
        wish = make.citizen(name=f"Need {number}", caseworker=staff)
        make.screening(wish, help_wanted="remote", now=before)
    for number in range(2):
        make.screening(make.citizen(name=f"Far {number}", caseworker=staff), FAR)
    assert draw(app, monday) == left


def test_a_small_team_draws_by_chance_every_few_weeks_and_the_log_says_how(app, make, staff):
    before = switched(app, capacity_per_team_and_week=1, random_share=0.1)
    for number in range(8):
        make.screening(make.citizen(name=f"C{number}", caseworker=staff), CALM)
    for week in range(8):
        assert draw(app, clock.now() + timedelta(weeks=week)) == 1
    with app.app_context():
        assert logbook.verify() == []
        log = [event.payload for event in log_queries.list_events() if event.kind == "draw"]
        assert [payload["by_chance"] for payload in log] == [0, 0, 0, 1, 0, 0, 0, 1]
        assert all(
            later["carried"] == earlier["rest"]
            for earlier, later in zip(log, log[1:], strict=False)
        )
    app.config["PROFILE"] = before


def test_who_was_flagged_once_is_drawn_again_in_a_later_round_and_never_twice_at_once(
    app, make, staff, capacity_of_two
):
    far = make.citizen(caseworker=staff)
    make.screening(far, FAR)
    assert draw(app) == 1
    later = clock.now() + timedelta(weeks=1)
    make.screening(far, FAR, now=later)
    assert draw(app, later) == 0  # the first one is still open
    with app.app_context(), write() as session:
        flag = session.scalars(sa.select(Flag)).one()
        flag_services.review_flag(
            flag.id,
            reviewer_id=staff.id,
            sees_health=False,
            seen=0,
            choice=Choice.OFFER_LATER,
            reason=None,
            offer_kind=None,
            note="",
            message="",
            now=later,
        )
        session.add(
            Screening(
                citizen_id=far.id,
                landmark="week-6",
                locale="en",
                version="1",
                created_at=later + timedelta(days=1),
                finished_at=later + timedelta(days=1),
            )
        )
    assert draw(app, later + timedelta(weeks=1)) == 1
    assert draw(app, later + timedelta(weeks=2)) == 0


def test_nothing_is_drawn_when_route_b_is_off(app, make, staff, without_route_b):
    far = make.citizen(caseworker=staff)
    make.screening(far, FAR)
    make.screening(make.citizen(caseworker=staff), {"goal": "exact"})
    assert draw(app) == 0
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(ScreeningDraw.id))) == 0
        assert {event.kind for event in log_queries.list_events()} == {"begun", "finished"}
    assert tasks(app) == []


def test_too_few_answers_ask_a_person_to_call_once_and_raise_no_flag(app, make, staff):
    citizen = make.citizen(caseworker=staff)
    make.screening(citizen, {"help_wanted": "not_now", "goal": "exact"})
    assert tasks(app) == [(citizen.id, "call_unclear")]
    draw(app)
    assert tasks(app) == [(citizen.id, "call_unclear")]
    assert [flag[0] for flag in make.flags_of(citizen)] in ([], ["random"])


def test_whoever_has_not_answered_in_time_is_called_and_never_taken_for_fine(app, make, staff):
    silent = make.citizen(name="Silent", caseworker=staff, weeks_out_of_work=3)
    make.citizen(name="New", caseworker=staff, weeks_out_of_work=1)
    make.citizen(name="Old", caseworker=staff, weeks_out_of_work=30)
    answered = make.citizen(name="Answered", caseworker=staff, weeks_out_of_work=3)
    make.screening(answered, CALM)
    draw(app)
    draw(app)
    assert tasks(app) == [(silent.id, "call_unclear")]


def test_log_is_whole_and_every_score_comes_out_again(app, make, staff):
    for number in range(3):
        make.screening(make.citizen(name=f"C{number}", caseworker=staff), FAR if number else CALM)
    draw(app)
    with app.app_context():
        assert logbook.verify() == []
        scored = [event.payload for event in log_queries.list_events() if event.kind == "scored"]
        assert len(scored) >= 3 and all(logbook.comes_out_again(payload) for payload in scored)


def test_score_of_the_stored_answers_equals_the_logged_one(app, make, staff):
    citizen = make.citizen(caseworker=staff)
    make.screening(citizen, FAR)
    with app.app_context():
        scored, _unclear = services.score_screening(
            queries.get_screening(citizen.id), profile=current_profile(), today=clock.today()
        )
        (logged,) = [
            event.payload for event in log_queries.events_of(citizen.id) if event.kind == "scored"
        ]
    assert (logged["points"], logged["total"]) == (dict(scored.points), scored.total)


@pytest.mark.parametrize("change", ["payload", "kind", "hash", "gap", "person"])
def test_changing_or_removing_a_link_is_found(app, make, staff, change):
    first, second = (make.citizen(name=name, caseworker=staff) for name in ("A", "B"))
    make.screening(first)
    make.screening(second)
    with app.app_context(), write() as session:
        link = session.scalar(sa.select(ScreeningEvent).where(ScreeningEvent.number == 3))
        if change == "payload":
            link.payload = {**link.payload, "total": 99}
        elif change == "kind":
            link.kind = "decided"
        elif change == "hash":
            link.hash = "0" * 64
        elif change == "gap":
            session.delete(link)
        else:
            link.citizen_id = second.id if link.citizen_id == first.id else first.id
    with app.app_context():
        assert logbook.verify() != []


def test_erasing_a_citizen_leaves_the_chain_whole(app, make, staff):
    citizen = make.citizen(caseworker=staff)
    make.screening(citizen, FAR)
    with app.app_context():
        with write():
            services.erase_citizen(citizen.id, now=clock.now())
        assert logbook.verify() == []
        assert log_queries.events_of(citizen.id) == []


def test_nightly_job_draws(app, make, staff):
    from jobunivers.messages import outbox_services as outbox
    from jobunivers.messages import worker_jobs as worker

    far = make.citizen(caseworker=staff)
    make.screening(far, FAR)
    with app.app_context(), write():
        outbox.enqueue("screening.draw", {}, run_at=clock.now(), key="now")
    worker.run_once(app, at_night_too=True)
    assert [flag[0] for flag in make.flags_of(far)] == ["points"]
